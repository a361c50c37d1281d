import Core
import Ledger
import Organization
import Storage
import TestKit
import Testing

/// Files as clerks send them: every row is a way in which a text was once misread.
struct WrittenTextTests {
    @Test(
        arguments: [
            "2015-03-01,S1\u{200B},5,国槐,T-1", "2015-03-01,\u{FEFF}S1\u{200E},5,国槐,T-1",
            "2015-03-01,Ｓ１,5,国槐,T-1", "2015-03-01,s1,5,国槐,Ｔ-１", "2015-03-01,东街街道,5,国槐,T-1",
            "2015-03-01,东街街道（S1）,5,国槐,T-1", "２０１５-０３-０１,S1,５,国槐,T-1",
            "2015 年 3 月 1 日,S1,5件,国槐,T-1", "2015年3月1日星期日,S1,5,国槐,T-1",
            "2015/3/1 上午 12:00:00,S1,5,国槐,T-1", "2015-03-01T00:00:00,S1,5,国槐,T-1",
            "2015—3—1,S1,5,国槐,T-1", "2015．3．1,S1,5,国槐,T-1", "2015-03-01\u{200E},S1,5,国槐,T-1",
            "2015-03-01,S1,5,国\u{200B}槐\u{200E},T-1", "2015-03-01,S1,5,国槐,=\"T-1\"",
            "2015-03-01,S1,5,国槐,\"=\"\"T-1\"\"\"", "2015-03-01,S1,5,国槐,'T-1",
        ])
    func theSameRowIsWrittenInManyWays(row: String) async throws {
        try await TreeDistrict.with { test in
            #expect(try await test.plant(TreeDistrict.head + row + "\n") == [])
            let facts = try await test.facts("tree_planting")
            #expect(facts.count == 1)
            #expect(facts.first?.fields["species"] == "国槐")
            #expect(facts.first?.measures[0] == 5)
            #expect(facts.first?.ref == "T-1")
            #expect(facts.first?.happenedOn == Day(2015, 3, 1))
            // Whatever was not seen does not make another entry of it.
            let again = try await test.plant(
                TreeDistrict.head + "2015-03-01,S1,5,国槐,t-2\n2015-03-01,S1,5,国\u{200D}槐,t-2\n")
            #expect(again.contains { $0.hasPrefix("3 编号: ") }, "\(again)")
        }
    }

    @Test(
        arguments: [
            "*日期,*单位,*棵数,树种,编号", "日期\u{200B},单位：,棵数:,树种 ,编号", "⽇期,单位,棵数,树种,编号",
            "ＤＡＴＥ,ｕｎｉｔ,棵数,树种,编号", "日期;单位;棵数;树种;编号", "日期，单位，棵数，树种，编号",
            "日期\t单位\t棵数\t树种\t编号", "日期（年,月,日）\t单位\t棵数\t树种\t编号",
            "\"日期\n（年，月，日）\"\t单位\t棵数\t树种\t编号", "sep=,\n日期,单位,棵数,树种,编号",
            "sep=;\r\n日期;单位;棵数;树种;编号", "\u{FEFF}\u{FEFF}\"日期\",单位,棵数,树种,编号",
            "日期；年月日,单位,棵数,树种,编号".replacing("；年月日", with: "（年；月；日）"),
        ])
    func theSameHeadingsAreWrittenInManyWays(head: String) async throws {
        try await TreeDistrict.with { test in
            let sign =
                ["\t", ";", "，"].first { sign in head.contains("编号") && head.hasSuffix(sign + "编号")
                } ?? ","
            let row = ["2015-03-01", "S1", "5", "国槐", "T-1"].joined(separator: sign)
            let said = try await test.plant(head + "\n" + row + "\n")
            let refs = try await test.facts("tree_planting").map(\.ref)
            #expect(said == [])
            #expect(refs == ["T-1"])
        }
    }

    @Test(
        arguments: [
            ("2015-03-01,S1,\"5,0\",国槐,T-1", "2 棵数", "小数请用点"),
            ("2015-03-01,S1,3 4,国槐,T-1", "2 棵数", "小数请用点"),
            ("2015-03-01,S1,-,国槐,T-1", "2 棵数", "没有数的请留空"),
            ("2015-03-01,S1,无,国槐,T-1", "2 棵数", "没有数的请留空"),
            ("2015-03-01,S1,／,国槐,T-1", "2 棵数", "没有数的请留空"),
            ("2015-03-01,S1,5小时,国槐,T-1", "2 棵数", "单位“小时”不对"),
            ("2015-03-01,S1,5,国槐,4.10102E+17", "2 编号", "科学计数"),
            ("2015-03-01,S1,5,国槐,410102199003080000.000000", "2 编号", "科学计数"),
            ("2015-03-01,S1,5,#REF!,T-1", "2 树种", "公式出错（#REF!）"),
            ("2015-03-01,S1,5,国槐,＃N/A", "2 编号", "公式出错（#N/A）"),
            ("########,S1,5,国槐,T-1", "2 日期", "列宽不够"),
            ("42064,S1,5,国槐,T-1", "2 日期", "应为 2015-03-01"),
            ("2015-03-01,甲社区,5,国槐,T-1", "2 单位", "请填编码：C1、C3"),
            ("2015-03-01,S1,5,国槐\u{FFFD},T-1", "2 树种", "第3个字符 U+FFFD"),
            ("2015-03-01,S1,5,\u{E000},T-1", "2 树种", "第1个字符 U+E000"),
            ("2015-03-01,S1,5,国\u{202E}槐,T-1", "2 树种", "改变书写方向"),
            ("2015-03-01,S1,5,国\u{1B}槐,T-1", "2 树种", "控制字符"),
            ("2015-03-01,S1,5,国槐,../../x", "2 编号", "路径"),
            ("2015-03-01,S1,5,国槐," + String(repeating: "9", count: 101), "2 编号", "最多100个字符"),
            (
                "2015-03-01,S1,5,a" + String(repeating: "\u{301}", count: 900) + ",T-1", "2 树种",
                "附加符号"
            ),
        ])
    func whatCannotBeMeantIsSaidBesideIt(row: String, place: String, words: String) async throws {
        try await TreeDistrict.with { test in
            let said = try await test.plant(TreeDistrict.head + row + "\n")
            #expect(said.count == 1 && said[0].hasPrefix(place + ": "), "\(said)")
            #expect(said.first?.contains(words) == true, "\(said)")
            #expect(try await test.facts("tree_planting").isEmpty)
        }
    }

    @Test func yesAndNoAreTickedInManyWays() async throws {
        try await TreeDistrict.with { test in
            let yes = ["TRUE", "True", "√", "Y", "是", "ｙｅｓ", "1"]
            let no = ["FALSE", "否", "N", "×", "no", "0"]
            let rows = (yes + no).enumerated().map { "2015-03-01,S1,5,\($1),T-\($0)\n" }
            #expect(try await test.plant("日期,单位,棵数,已浇水,编号\n" + rows.joined()) == [])
            let watered = try await test.facts("tree_planting").map { $0.fields["watered"] }
            #expect(watered.count { $0 == "true" } == yes.count)
            #expect(watered.count { $0 == "false" } == no.count)
            let said = try await test.plant("日期,单位,棵数,已浇水\n2015-03-01,S1,5,也许\n")
            #expect(said == ["2 已浇水: “也许”不清楚，请填“是”或“否”。"])
        }
    }

    @Test(
        arguments: [
            "阿依古丽•买买提", "阿依古丽・买买提", "阿依古丽．买买提", "阿依古丽.买买提", "阿依古丽‧买买提",
            "阿依古丽⋅买买提", "王⼀", "王一\u{200B}", "王\u{E863}", "王\u{E5E5}一", "ｐ-１", "\"王一,李二\"",
            "王一，李二", "\"王一\n李二\"", "王一、李二",
        ])
    func aPersonIsFoundHoweverTheNameIsTyped(name: String) async throws {
        try await TreeDistrict.with { test in
            let text = "日期,单位,棵数,植树人\n2015-03-01,S1,5,\(name)\n"
            let said = try await test.plant(text)
            #expect(said == [])
        }
    }

    @Test(arguments: ["王一/李二", "王一和李二"])
    func severalPersonsInOneWordAreToldHow(names: String) async throws {
        try await TreeDistrict.with { test in
            let said = try await test.plant("日期,单位,棵数,植树人\n2015-03-01,S1,5,\(names)\n")
            #expect(said == ["2 植树人: 没有找到“\(names)”；多人请用；隔开。"])
        }
    }

    @Test(
        arguments: [
            ("C9\u{200B},丁社区,community,Ｓ１", ""), ("Ｃ９,丁社区,社区,东街街道", ""),
            ("c1,丁社区,community,S1", "2 编码: 编码 c1 在这段时间已属于“甲社区”"),
            ("Ｃ１,丁社区,community,S1", "2 编码: 编码 C1"),
            ("4.10102E+11,丁社区,community,S1", "2 编码: “4.10102E+11”：长编号"),
            ("../../x,丁社区,community,S1", "2 编码: “../../x”不能作"),
            ("C9,丁\u{202E}社区,community,S1", "2 名称: 含有无法识别的字符：第2个字符 U+202E"),
            ("C9,丁\u{7}社区,community,S1", "2 名称: 含有无法识别的字符：第2个字符 U+0007"),
            ("C9,丁社区,community,S9", "2 领土上级: 没有编码为 S9 的单位"),
            ("C9,丁社区,community,甲社区", "2 领土上级: “甲社区”是单位的名称，请填编码：C1、C3"),
            (String(repeating: "9", count: 9_000) + ",丁社区,community,S1", "2 编码: 编号过长"),
        ])
    func aUnitHasACodeThatCanBeTyped(row: String, words: String) async throws {
        try await TreeDistrict.with { test in
            let said = try await test.plant(
                "编码,名称,形式,领土上级,起始日期\n\(row),2010-01-01\n", what: "units")
            if words.isEmpty {
                #expect(said == [])
                let code = try await test.database.read { db in
                    try test.district.structure(db).unit(code: "c9", on: Day(2015, 1, 1)!)?.code
                }
                #expect(code == "C9")
            } else {
                #expect(said.count == 1 && said[0].hasPrefix(words), "\(said)")
            }
        }
    }

    @Test func columnsAreNamedAsTheFileNamesThem() async throws {
        try await TreeDistrict.with { test in
            let head = "编码,名称,形式,领土上级,起始日期,截止日期\n"
            let twice = try await test.plant(
                head + "C9,子社区,community,S1,2010-01-01,\nC9,丑社区,community,S1,2010-01-01,\n",
                what: "units")
            #expect(twice.count == 1 && twice[0].hasPrefix("3 编码: "), "\(twice)")
            let forever = try await test.plant(
                head + "C9,子社区,community,S1,2010-01-01,至今\n", what: "units")
            #expect(forever == ["2 截止日期: 没有截止日期的，请留空。"])
        }
    }

    @Test(arguments: Engine.available)
    func aNameWithoutNumberIsNewInItsUnit(on engine: Engine) async throws {
        try await TreeDistrict.with(engine) { test in
            let twice = try await test.plant("姓名,单位\n赵四,S1\n赵 四,S1\n", what: "persons")
            #expect(twice.count == 1 && twice[0].hasPrefix("3 姓名: 与第2行"), "\(twice)")
            #expect(try await test.plant("姓名,单位\n赵四,S1\n赵四,S2\n", what: "persons") == [])
            let again = try await test.plant("姓名,单位\n赵四,S1\n钱五,S1\n", what: "persons")
            #expect(again.count == 1 && again[0].hasPrefix("2 姓名: “东街街道”已有“赵四”"), "\(again)")
            let numbered = try await test.plant("人员编号,姓名,单位\np-1,某,S1\n", what: "persons")
            #expect(numbered.count == 1, "\(numbered)")
            #expect(
                numbered.first?.hasPrefix("2 人员编号: “P-1”已有人使用：姓名将由“王一”改为“某”") == true)
            #expect(try await test.plant("人员编号,姓名,单位\nP-9,赵四,S1\n", what: "persons") == [])
            let lost = try await test.plant(
                "人员编号,姓名,单位\nQ-1,王?,S1\nQ-2,王\u{FFFD},S1\n4.10102E+17,张,S1\n", what: "persons")
            #expect(lost.count == 3, "\(lost)")
        }
    }

    @Test(arguments: Engine.available)
    func whatAnAnswerPrintsTheNextCommandTakes(on engine: Engine) async throws {
        try await TreeDistrict.with(engine) { test in
            #expect(try await test.plant("姓名,单位\n赵四,S1\n赵四,S2\n", what: "persons") == [])
            let said = try await test.plant("日期,单位,棵数,植树人\n2015-03-01,C1,5,赵四\n")
            let ids = try #require(said.first?.split(separator: "：").last?.dropLast())
                .split(separator: "、").map(String.init)
            #expect(ids.count == 2, "\(said)")
            let today = test.district.now().day
            #expect(
                try await test.plant("日期,单位,棵数,植树人\n2015-03-01,C1,5,\(ids[0])\n") == [])
            _ = try await test.district.join(
                ids[0], into: ids[1], on: today, by: TestDistrict.actor)
            let no = await #expect(throws: Refusal.self) {
                try await test.district.join("NO-1", into: "P-1", on: today, by: TestDistrict.actor)
            }
            #expect(no?.text(.zh).contains("没有编号为“NO-1”的人员") == true)
        }
    }

    @Test func aFileSaysWhatItsEncodingIs() async throws {
        try await TreeDistrict.with { test in
            let good = Array((TreeDistrict.head + "2015-03-01,S1,5,国槐").utf8)
            let damaged = try await test.plant(good + [0xE7, 0x99] + Array(",T-1\n".utf8))
            #expect(damaged.count == 1, "\(damaged)")
            #expect(damaged.first?.contains("第2行第19个字符已损坏（字节 0xE7）") == true, "\(damaged)")
            let gb: [UInt8] = [0xB9, 0xFA, 0xBB, 0xB1]
            var rows = Array(TreeDistrict.head.utf8)
            for number in 0..<5 {
                rows += Array("2015-03-01,S1,5,".utf8) + gb + Array(",T-\(number)\n".utf8)
            }
            let mixed = try await test.plant(rows)
            #expect(mixed.count == 1 && mixed[0].contains("混用了两种文字编码"), "\(mixed)")
            #expect(mixed.first?.contains("第2行") == true)
            let big5: [UInt8] =
                [
                    0xA4, 0xE9, 0xB4, 0xC1, 0x2C, 0xB3, 0xE6, 0xA6, 0xEC, 0x2C, 0xB4, 0xCA, 0xBC,
                    0xC6,
                ]
                + Array("\n2015-03-01,S1,5\n".utf8)
            let other = try await test.plant(big5)
            #expect(other.count == 1 && other[0].contains("可能是繁体 Big5"), "\(other)")
            for (order, isBig) in [("LE", false), ("BE", true)] {
                var bytes: [UInt8] = []
                for unit in ("日期\t单位\t棵数\t编号\n2015-03-01\tS1\t5\tU-\(order)\n").utf16 {
                    let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
                    bytes += isBig ? pair.reversed() : pair
                }
                #expect(try await test.plant(bytes) == [])
            }
        }
    }

    @Test func aLongCellIsNotCalledAnOpenQuote() async throws {
        try await TreeDistrict.with { test in
            let long = String(repeating: "国槐，", count: 4_000)
            let said = try await test.plant(TreeDistrict.head + "2015-03-01,S1,5,\"\(long)\",T-1\n")
            #expect(said == ["文件: 第2行有一格超过10000个字符。"])
            let fits = String(repeating: "槐", count: 2_000)
            #expect(try await test.plant(TreeDistrict.head + "2015-03-01,S1,5,\(fits),T-1\n") == [])
            let over = try await test.plant(TreeDistrict.head + "2015-03-01,S1,5,\(fits)树,T-2\n")
            #expect(over == ["2 树种: 内容过长（最多2000个字符）。"])
        }
    }

    @Test func aRowEndsWithItsLastValue() async throws {
        try await TreeDistrict.with { test in
            let short = "2015-03-01,S1,5,国槐,T-1\n2015-03-02,S1,5,国槐\n2015-03-03,S1,5\n"
            let first = try await test.plant(TreeDistrict.head + short)
            #expect(first == [])
            let trailing = try await test.plant(
                "日期,单位,棵数,树种,编号,,,\n2015-03-01,S1,6,国槐,T-2,,,\n")
            #expect(trailing == [])
            let long = try await test.plant(TreeDistrict.head + "2015-03-01,S1,7,国槐,T-3,,多\n")
            #expect(long.count == 1, "\(long)")
            let stray = try await test.plant("日期,单位,棵数,,编号\n2015-03-01,S1,6,国槐,T-4\n")
            #expect(stray.count == 1 && stray[0].contains("没有标题"), "\(stray)")
            #expect(try await test.facts("tree_planting").count == 4)
        }
    }

    /// Whatever comes, there is an answer.
    @Test func anyBytesGiveAnAnswer() async throws {
        try await TreeDistrict.with { test in
            var chance = Dice(seed: 11)
            let good = Array((TreeDistrict.head + TreeDistrict.row).utf8)
            for _ in 0..<150 {
                var bytes = chance.flip() ? good : []
                for _ in 0..<chance.roll(0...12) {
                    let at = chance.roll(0...bytes.count)
                    bytes.insert(UInt8(chance.roll(0...255)), at: at)
                }
                for what in ["tree_planting", "units", "persons"] {
                    _ = try await test.plant(bytes, what: what)
                }
            }
        }
    }
}
