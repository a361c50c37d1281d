import Catalogue
import Core
import Ledger
import TestKit
import Testing

struct ReadingTests {
    @Test(
        arguments: [
            "", "2015", "2015-02-29", "2015-13-01", "2015-00-10", "15-3-1", "1/3/2015", "2015-3",
            "2015--3-1", "-2015-3-1", "2015-+3-1", "2015-3-1-", "+201-3-1", "+2015031",
            "2015-03-01 at noon", "2015-03-01T13:30:00", "2015/3/1 下午 12:00:00", "2015-03-01T",
            "2015-03-01 13:30", "2015年3月", "42064", "2015-3-1日晚",
            "二〇一五年三月一日",
        ])
    func whatIsNoDayIsRefused(text: String) {
        #expect(Reading.day(text) == nil)
    }

    @Test(
        arguments: [
            "2015-03-01", "2015-3-1", "2015/03/01", "2015/3/1", "2015.3.1", "2015.03.01",
            "2015年3月1日", "2015年03月01日", "20150301", "2015 年 3 月 1 日", "2015年3月1日星期日",
            "2015年3月1日 周日", "2015年3月1号", "2015-03-01 (星期日)", "２０１５年３月１日", "2015．3．1",
            "2015—3—1", "2015–03–01", "2015－03－01", "2015/3/1 上午 12:00:00",
            "2015/3/1 12:00:00 AM", "2015-03-01T00:00:00", "2015-03-01T00:00:00.000",
            "2015-03-01T00:00:00+08:00", "2015-03-01\u{200B}", "2015年3⽉1⽇", "2015-03-01 00:00:00",
            "2015/3/1 0:00",
        ])
    func aDayIsReadAsPeopleWriteIt(text: String) {
        #expect(Reading.day(text) == Day(2015, 3, 1))
    }

    @Test(
        arguments: [
            ("", MeasureUnit.piece, Reading.NumberFault.notANumber), ("许多", .piece, .notANumber),
            (".5", .fen, .notANumber), ("1.2.3", .fen, .notANumber),
            ("5人", .piece, .otherUnit("人")),
            ("1e3", .piece, .notANumber), ("+-5", .piece, .notANumber),
            ("0x10", .piece, .notANumber),
            ("-5", .piece, .negative), ("－5", .piece, .negative), ("−5", .fen, .negative),
            ("5,0", .piece, .unclear), ("1,5", .fen, .unclear), ("3 4", .piece, .unclear),
            ("1,2345", .piece, .unclear), ("1,234 567", .piece, .unclear),
            ("12,34", .fen, .unclear),
            ("-", .piece, .nothing), ("—", .fen, .nothing), ("无", .person, .nothing),
            ("／", .piece, .nothing), ("12人", .minute, .otherUnit("人")),
            ("人", .person, .notANumber), ("约5人", .person, .notANumber),
            ("1.5", .person, .tooManyDigits), ("1.005", .fen, .tooManyDigits),
            ("0.001", .dm2, .tooManyDigits), ("12.5", .minute, .tooManyDigits),
            ("3小时", .person, .otherUnit("小时")), ("12 hours", .piece, .otherUnit("hours")),
            ("5岁", .person, .otherUnit("岁")), ("2.33小时", .minute, .tooManyDigits),
            ("5倍半", .person, .notANumber),
            ("100000000001", .piece, .tooLarge), ("99999999999999999999999", .fen, .tooLarge),
        ])
    func whatIsNoMeasureSaysWhy(
        text: String, unit: MeasureUnit, fault: Reading.NumberFault
    ) {
        #expect(throws: fault) { try Reading.measure(text, unit) }
    }

    @Test(
        arguments: [
            ("0", MeasureUnit.piece, 0), ("12", .person, 12), ("+7", .time, 7),
            ("１２３", .piece, 123), ("1,234,567", .piece, 1_234_567), ("1，234", .piece, 1_234),
            ("1 234", .piece, 1_234), ("12.00", .person, 12), ("12.", .person, 12),
            ("1", .fen, 100), ("12.3", .fen, 1_230), ("12.34", .fen, 1_234),
            ("12.340", .fen, 1_234), ("0.01", .fen, 1), ("１２．３４", .fen, 1_234),
            ("12人", .person, 12), ("12 人次", .person, 12), ("３次", .time, 3), ("12.5元", .fen, 1_250),
            ("1,234.5 元", .fen, 123_450), ("2小时", .hour, 2), ("90分钟", .minute, 90),
            ("85.6㎡", .dm2, 8_560), ("85.6 m²", .dm2, 8_560), ("5个", .unit, 5), ("'12", .piece, 12),
            ("1\u{A0}234", .piece, 1_234), ("12\u{200B}", .piece, 12), ("25％", .percent, 25),
            ("1000", .dm2, 100_000), ("85.6", .dm2, 8_560), ("90", .minute, 90),
            ("100000000000", .fen, 10_000_000_000_000), ("2小时", .minute, 120),
            ("1.5 小时", .minute, 90), ("2 hours", .minute, 120), ("88.5万元", .fen, 88_500_000),
            ("12 persons", .person, 12), ("10名", .person, 10), ("4项", .piece, 4),
            ("３ 名", .person, 3), ("2公里", .meter, 2_000), ("8家", .unit, 8),
        ])
    func aMeasureComesOutInTheStoredUnit(text: String, unit: MeasureUnit, stored: Int) throws {
        #expect(try Reading.measure(text, unit) == stored)
    }

    /// No binary fraction comes between what was written and what is stored.
    @Test func moneyIsExactToTheFen() throws {
        var chance = Dice(seed: 2)
        for _ in 0..<2_000 {
            let fen = chance.roll(0...9_999_999_999)
            let cents = fen % 100
            let text = "\(fen / 100)." + (cents < 10 ? "0" : "") + "\(cents)"
            #expect(try Reading.measure(text, .fen) == fen)
        }
    }

    @Test func severalNamesStandInOneCell() {
        #expect(Reading.list("甲; 乙；丙、丁;") == ["甲", "乙", "丙", "丁"])
        #expect(Reading.list("甲，乙,丙\n丁\r\n戊") == ["甲", "乙", "丙", "丁", "戊"])
        #expect(Reading.list(" ；") == [])
    }
}
