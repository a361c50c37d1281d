import Catalogue
import Core
import Figures
import Foundation
import TestKit
import Testing

struct PhraseTests {
    @Test(
        arguments: [
            ("元", 110_000_000, "1.1亿元", "110,000,000 yuan"),
            ("元", 5_000_000, "500万元", "5,000,000 yuan"),
            ("元", 10_000, "1万元", "10,000 yuan"),
            ("元", 100_010_000, "10001万元", "100,010,000 yuan"),
            ("元", 12_500, "1.25万元", "12,500 yuan"), ("元", 12_345, "12345元", "12,345 yuan"),
            ("元", 9_999, "9999元", "9,999 yuan"),
            ("份", 20_000, "20000份", "20,000 copies"),
            ("次", 222, "222次", "222 times"), ("期", 1, "1期", "1 session"),
            ("批次", 1, "1批次", "1 batch"), ("人次", 230, "230人次", "230 person-times"),
        ])
    func anExactFigureFoldsOnlyMoneyAndOnlyWithoutLoss(
        unit: String, value: Int, zh: String, en: String
    ) throws {
        let indicator = try Indicator.printing(unit)
        #expect(Phrase(Answer(numerator: value), indicator, .zh).text == zh)
        #expect(Phrase(Answer(numerator: value), indicator, .en).text == en)
    }

    @Test func anythingElseFoldsWhenTheIndicatorAsks() throws {
        let indicator = try Indicator.printing("份", fold: true)
        #expect(Phrase(Answer(numerator: 20_000), indicator, .zh).text == "2万份")
    }

    @Test(
        arguments: [
            (222, 10, "220余次", "over 220 times"), (220, 10, "220次", "220 times"),
            (219, 10, "210余次", "over 210 times"), (7, 10, "7次", "7 times"),
            (2_310, 100, "2300余次", "over 2,300 times"),
        ])
    func overNeverReachesPastTheValue(value: Int, step: Int, zh: String, en: String) throws {
        let indicator = try Indicator.printing("次", .over, step: step)
        #expect(Phrase(Answer(numerator: value), indicator, .zh).text == zh)
        #expect(Phrase(Answer(numerator: value), indicator, .en).text == en)
    }

    @Test(
        arguments: [
            (222, "超过220次", "more than 220 times"), (220, "达到220次", "as many as 220 times"),
            (7, "7次", "7 times"),
        ])
    func moreThanSaysReachedWhenTheValueIsRound(value: Int, zh: String, en: String) throws {
        let indicator = try Indicator.printing("次", .moreThan, step: 10)
        #expect(Phrase(Answer(numerator: value), indicator, .zh).text == zh)
        #expect(Phrase(Answer(numerator: value), indicator, .en).text == en)
    }

    /// 138,630 minutes are 2310.5 hours: the comparison uses the exact value, not the rounded.
    @Test func aScaledValueIsComparedExactly() throws {
        let over = try Indicator.printing("小时", .over, step: 10)
        let half = Answer(numerator: 138_630, denominator: 60)
        #expect(Phrase(half, over, .zh).text == "2310余小时")
        let round = Answer(numerator: 138_600, denominator: 60)
        #expect(Phrase(round, over, .zh).text == "2310小时")
        let moreThan = try Indicator.printing("小时", .moreThan, step: 100)
        #expect(Phrase(half, moreThan, .zh).text == "超过2300小时")
    }

    @Test func eachTakesItsWordFromTheIndicator() throws {
        let yuan = try Indicator.printing("元", .each)
        #expect(Phrase(Answer(numerator: 1_000_000), yuan, .zh).text == "各100万元")
        #expect(Phrase(Answer(numerator: 1_000_000), yuan, .en).text == "1,000,000 yuan each")
        let month = try Indicator.printing("名", .each, word: "每月")
        #expect(Phrase(Answer(numerator: 10), month, .zh).text == "每月10名")
        #expect(Phrase(Answer(numerator: 10), month, .en).text == "10 persons a month")
    }

    @Test(
        arguments: [
            (57, 91, 0, "63%"), (1, 8, 0, "13%"), (1, 8, 1, "12.5%"), (125, 1000, 0, "13%"),
            (124, 1000, 0, "12%"), (91, 91, 0, "100%"), (0, 91, 0, "0%"),
        ])
    func aShareRoundsHalfUpOnTheExactRatio(part: Int, whole: Int, round: Int, text: String) throws {
        let indicator = try Indicator.printing("%", .share, round: round)
        let answer = Answer(numerator: part, denominator: whole, isRatio: true)
        #expect(Phrase(answer, indicator, .zh).text == text)
        #expect(Phrase(answer, indicator, .en).text == text)
    }

    @Test(
        arguments: [
            (9_995, 10_000, 0, "99%"), (9_995, 10_000, 1, "99.9%"), (9_999, 10_000, 2, "99.99%"),
            (1, 10_000, 0, "1%"), (1, 10_000, 1, "0.1%"), (1, 10_000, 2, "0.01%"),
        ])
    func aShareThatIsNotWholeNeverPrintsAsWholeNorAsNothing(
        part: Int, whole: Int, round: Int, text: String
    ) throws {
        let indicator = try Indicator.printing("%", .share, round: round)
        let answer = Answer(numerator: part, denominator: whole, isRatio: true)
        #expect(Phrase(answer, indicator, .zh).text == text)
    }

    @Test(
        arguments: [
            (5_100, 392, 0, "13倍", "13 times"), (5, 2, 0, "3倍", "3 times"),
            (5, 4, 1, "1.3倍", "1.3 times"), (1_204, 1_000, 2, "1.20倍", "1.20 times"),
        ])
    func aMultipleIsTheQuotientHalfUp(
        above: Int, below: Int, round: Int, zh: String, en: String
    ) throws {
        let indicator = try Indicator.printing("倍", .multiple, round: round)
        let answer = Answer(numerator: above, denominator: below, isRatio: true)
        #expect(Phrase(answer, indicator, .zh).text == zh)
        #expect(Phrase(answer, indicator, .en).text == en)
    }

    @Test func aStreakAndAFirstHaveWordsOfTheirOwn() throws {
        let streak = try Indicator.printing("天", .streak)
        #expect(Phrase(Answer(numerator: 5), streak, .zh).text == "连续5天")
        #expect(Phrase(Answer(numerator: 5), streak, .en).text == "5 days running")
        let first = try Indicator.printing("家", .first, word: "全区首家")
        #expect(Phrase(Answer(numerator: 1), first, .zh).text == "全区首家")
        #expect(Phrase(Answer(numerator: 1), first, .en).text == "the first of the district")
        #expect(Phrase(Answer(numerator: 0), first, .zh).text == "0家")
    }

    @Test func zeroPrintsAsNoneWithItsUnitWhateverTheQualifier() throws {
        for qualifier in [Indicator.Qualifier.exact, .over, .moreThan, .each, .streak, .first] {
            let indicator = try Indicator.printing("次", qualifier, step: 10)
            #expect(Phrase(Answer(numerator: 0), indicator, .zh).text == "0次")
            #expect(Phrase(Answer(numerator: 0), indicator, .en).text == "0 times")
        }
    }

    @Test(
        arguments: [
            (Answer.State.noData, "无数据", "no data"),
            (.notComparable, "不可比", "not comparable"), (.differs, "各不相同", "not all equal"),
            (.tie, "并列", "a tie"), (.notAPart, "定义有误", "definition does not fit"),
        ])
    func whatHasNoValuePrintsAsSuchAndNeverAsZero(state: Answer.State, zh: String, en: String)
        throws
    {
        for qualifier in Indicator.Qualifier.allCases {
            let indicator = try Indicator.printing("次", qualifier)
            #expect(Phrase(.none(state), indicator, .zh).text == zh)
            #expect(Phrase(.none(state), indicator, .en).text == en)
        }
    }

    @Test func everyCountingUnitHasItsEnglish() {
        let units =
            "人 名 人次 期 期次 批次 场次 节 次 篇 份 对 支 部 户 件 个 家 项 种 倍 天 小时 分钟 元 平方米 %"
        for unit in units.split(separator: " ").map(String.init) {
            #expect(CountingUnit.known.contains(unit), "\(unit)")
        }
        #expect(CountingUnit.words("人").en != CountingUnit.words("人次").en)
    }

    /// The floor is a multiple of the step, not above the exact value, and less than a step away.
    @Test func theFloorIsTheLargestStepThatTheValueReaches() throws {
        var dice = Dice(seed: 11)
        let indicators = try [1, 5, 10, 50, 100, 1_000].map { step in
            try Indicator.printing("小时", .over, step: step)
        }
        for _ in 0..<20_000 {
            let indicator = indicators[dice.roll(0...5)]
            let step = indicator.step
            let denominator = [1, 60, 100, 7][dice.roll(0...3)]
            let numerator = dice.roll(0...3_000_000)
            let answer = Answer(numerator: numerator, denominator: denominator)
            let floor = answer.floor(to: step, indicator)
            #expect(floor % step == 0)
            #expect(floor * denominator <= numerator)
            #expect(numerator < (floor + step) * denominator)
            let text = Phrase(answer, indicator, .zh).text
            if floor > 0 {
                let isRound = numerator == floor * denominator
                #expect(text == (isRound ? "\(floor)小时" : "\(floor)余小时"))
                #expect(answer.isAbove(floor, indicator) != isRound)
            } else {
                #expect(!text.contains("余"))
            }
        }
    }
}

extension Indicator {
    /// An indicator that prints in a way of its own, read as the catalogue reads one.
    static func printing(
        _ unit: String, _ qualifier: Qualifier = .exact, step: Int = 1, round: Int = 0,
        word: String? = nil, fold: Bool? = nil
    ) throws -> Indicator {
        var definition =
            "{name: {zh: 试, en: Trial}, from: rule, value: count, unit: \"\(unit)\","
            + " qualifier: \(qualifier.rawValue), step: \(step), round: \(round)"
        if let word { definition += ", word: \(word)" }
        if let fold { definition += ", fold: \(fold)" }
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "indicator_\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "indicators/trial.yaml")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("trial: \(definition)}\n".utf8).write(to: file)
        return try #require(Catalogue(folders: [folder.path]).indicators["trial"])
    }
}
