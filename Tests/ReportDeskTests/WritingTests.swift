import Core
import Foundation
import HummingbirdTesting
import ReportDesk
import Storage
import TestKit
import Testing

struct WritingTests {
    @Test(arguments: Engine.available)
    func aReportBeginsForAUnitAndAPeriodThatThereAre(on engine: Engine) async throws {
        try await WritingDistrict.with(engine) { desk in
            for (fields, words) in [
                (["unit": "410102001", "period": "2015-W05"], "一年、半年"),
                (["unit": "410102001", "period": "2016-H1"], "还没有开始"),
                (["unit": "410102", "period": "2015-H1"], "不能为"),
                (["unit": "999", "period": "2015-H1"], "999"),
            ] {
                let answer = try await desk.client.submit(
                    "/reports/desk/new",
                    fields.merging(["begins_from": "small", "own_title": "我的标题"]) { $1 },
                    as: desk.writer)
                #expect(answer.status == 422 && answer.text.contains(words), "\(answer.text)")
                #expect(answer.text.contains("我的标题"))
            }
            #expect(try await desk.count("report_writing") == 0)
            let report = try await desk.begin()
            let page = try await desk.client.page(report, as: desk.writer)
            #expect(page.status == 200, "\(page.text)")
            #expect(page.text.contains("甲街道2015年上半年小结") && page.text.contains("一、走访"))
            #expect(page.text.contains(">41次</a>"))
            let english = try await desk.client.page(report, as: desk.writer, language: .en)
            #expect(english.text.contains("1. Visits") && english.text.contains("there were"))
            // Who does not read the street finds nothing.
            #expect(try await desk.client.page(report, as: desk.outside).status == 404)
            let list = try await desk.client.page("/reports/desk", as: desk.outside)
            #expect(list.status == 200 && !list.text.contains("小结"))
        }
    }

    @Test(arguments: Engine.available)
    func aTextThatIsWrongComesBackWithItsFaultsAndNothingIsSaved(on engine: Engine) async throws {
        try await WritingDistrict.with(engine) { desk in
            let report = try await desk.begin()
            for (text, words) in [
                ("走访[[no.such]]。", "没有指标"), ("上半年走访[[visit.count]]。", "不是每个报告时段都成立"),
                ("走访{nobody}。", "不能替换"), ("走访[[visit.count||2015-05]]。", "写死了时段"),
                ("走访[[visit.count|777]]。", "没有这个单位"), ("> 为零：没有", "句子下面"),
            ] {
                let answer = try await desk.write("1", text, in: report)
                #expect(answer.status == 422 && answer.text.contains(words), "\(answer.text)")
                let kept = text.replacing(">", with: "&gt;")
                #expect(answer.text.contains(kept), "\(answer.text)")
            }
            #expect(try await desk.count("report_writing_version") == 1)
            let english = try await desk.client.submit(
                "\(report)/sections/1",
                ["body_zh": "走访[[no.such]]。", "why_changed": "x"], as: desk.writer,
                language: .en)
            #expect(english.text.contains("is not known"))
            let saved = try await desk.write(
                "1", "走访居民[[visit.count]]。\n> 为零：没有走访。", in: report)
            #expect(saved.status == 303, "\(saved.text)")
            let page = try await desk.client.page(report, as: desk.writer)
            #expect(page.text.contains("走访居民<a class=\"figure\"") && page.text.contains("第2版"))
        }
    }

    @Test(arguments: Engine.available)
    func ofTwoEditorsTheSecondIsToldAndSeesBothTexts(on engine: Engine) async throws {
        try await WritingDistrict.with(engine) { desk in
            let report = try await desk.begin()
            let address = "\(report)/sections/1"
            let mine = try await desk.client.page(address, as: desk.writer).hidden(for: address)
            let theirs = try await desk.write("1", "他人的句子。", in: report, as: desk.reviewer)
            #expect(theirs.status == 303)
            let fields = ["body_zh": "我的句子。", "why_changed": "改", "section_heading": "走访"]
            let answer = try await desk.client.send(
                address, mine.merging(fields) { $1 }.map { ($0.key, $0.value) }, as: desk.writer)
            #expect(answer.status == 409, "\(answer.status)")
            #expect(answer.text.contains("我的句子。") && answer.text.contains("他人的句子。"))
            #expect(answer.text.contains("shen的名字"))
            #expect(try await desk.count("report_writing_version") == 2)
            // Having seen both, they save: the other's text stays among the versions.
            let again = answer.hidden(for: address).merging(fields) { $1 }
            let saved = try await desk.client.send(
                address, again.map { ($0.key, $0.value) }, as: desk.writer)
            #expect(saved.status == 303, "\(saved.text)")
            let versions = try await desk.client.page("\(report)/versions", as: desk.writer)
            #expect(versions.text.contains("他人的句子。") && versions.text.contains("删去"))
            // Another section is nobody's hindrance.
            let other = "\(report)/sections/2"
            let open = try await desk.client.page(other, as: desk.writer).hidden(for: other)
            _ = try await desk.write("1", "又改。", in: report, as: desk.reviewer)
            let free = try await desk.client.send(
                other, open.merging(fields) { $1 }.map { ($0.key, $0.value) }, as: desk.writer)
            #expect(free.status == 303)
        }
    }

    @Test(arguments: Engine.available)
    func numbersThatMovedAreToldApartFromWordsThatWereChanged(on engine: Engine) async throws {
        try await WritingDistrict.with(engine) { desk in
            let report = try await desk.begin()
            try await desk.test.accept(
                "编号,日期,单位\nV99,2015-05-20,410102001001001\n", what: "visit")
            let saved = try await desk.write(
                "2", "巡游热闹。", why: "换一句", in: report, heading: "{number}、巡游")
            #expect(saved.status == 303, "\(saved.text)")
            let page = try await desk.client.page(
                "\(report)/versions?from=1&to=2", as: desk.writer)
            #expect(page.text.contains("记录变动") && page.text.contains("上半年走访居民42次。"))
            #expect(page.text.contains("原为：上半年走访居民41次。"))
            #expect(page.text.contains("加写") && page.text.contains("巡游热闹。"))
            #expect(page.text.contains("删去") && page.text.contains("巡游照常举行。"))
            #expect(page.text.contains("换一句") && page.text.contains("xie的名字"))
        }
    }

    @Test(arguments: Engine.available)
    func aSentenceWithoutItsFigureIsNamedUntilItSaysSomethingElse(
        on engine: Engine
    ) async throws {
        try await WritingDistrict.with(engine) { desk in
            let report = try await desk.begin()
            let page = try await desk.client.page(report, as: desk.writer)
            #expect(page.text.contains("缺数字不印") && page.text.contains("组织巡游…。"))
            let shape = "\(report)/sections/2/sentence?at=1"
            let fields = [
                "body_zh": "组织巡游[[parade.count]]。", "body_en": "There were [[parade.count]].",
                "zero": "没有组织巡游。", "zero_en": "There was no parade.",
                "otherwise": "尚无巡游登记。", "otherwise_en": "No parade is known.", "at_least": "",
                "below": "", "of": "",
                "why_changed": "写明为零",
            ]
            let wrong = try await desk.client.submit(
                shape, fields.merging(["below": "很少"]) { $1 },
                to: "\(report)/sections/2/sentence", as: desk.writer)
            #expect(wrong.status == 422 && wrong.text.contains("请写整数"))
            #expect(wrong.text.contains("没有组织巡游。"))
            let saved = try await desk.client.submit(
                shape, fields, to: "\(report)/sections/2/sentence", as: desk.writer)
            #expect(saved.status == 303, "\(saved.text)")
            let told = try await desk.client.page(report, as: desk.writer)
            #expect(told.text.contains("尚无巡游登记。") && !told.text.contains("缺数字不印"))
            let english = try await desk.client.page(report, as: desk.writer, language: .en)
            #expect(english.text.contains("No parade is known."))
        }
    }

    @Test(arguments: Engine.available)
    func aFigureIsFoundByItsNameAndPutIntoASentence(on engine: Engine) async throws {
        try await WritingDistrict.with(engine) { desk in
            let report = try await desk.begin()
            let found = "\(report)/sections/2/figures"
            let none = try await desk.client.page("\(found)?q=%E6%B2%A1%E6%9C%89", as: desk.writer)
            #expect(none.text.contains("没有这样的指标"), "\(none.text)")
            let hits = try await desk.client.page(
                "\(found)?q=%E8%B5%B0%E8%AE%BF%E5%B1%85%E6%B0%91&term=last%20month&form=number",
                as: desk.writer)
            #expect(hits.text.contains("[[number visit.count||last month]]"), "\(hits.text)")
            let plain = try await desk.client.page(
                "\(found)?q=visit.count", as: desk.writer)
            #expect(plain.text.contains(">41次</a>"))
            let put = "\(report)/sections/2/sentence"
            let page = try await desk.client.page("\(put)?slot=visit.count", as: desk.writer)
            #expect(page.text.contains("走访居民[[visit.count]]。"))
            let saved = try await desk.client.submit(
                "\(put)?slot=visit.count",
                [
                    "body_zh": "走访居民[[visit.count]]。", "body_en": "Visits: [[visit.count]].",
                    "sentence_after": "0", "at_least": "100", "why_changed": "加一句",
                ], to: put, as: desk.writer)
            #expect(saved.status == 303, "\(saved.text)")
            let section = try await desk.client.page("\(report)/sections/2", as: desk.writer)
            #expect(
                section.text.contains("巡游照常举行。\n走访居民[[visit.count]]。\n&gt; 不低于：100"),
                "\(section.text)")
        }
    }

    @Test(arguments: Engine.available)
    func commentsAreAnsweredAndSettled(on engine: Engine) async throws {
        try await WritingDistrict.with(engine) { desk in
            let report = try await desk.begin()
            let section = "\(report)/sections/1"
            let bare = try await desk.client.submit(
                section, ["text": " "], to: "\(section)/comments", as: desk.reviewer)
            #expect(bare.status == 422)
            let said = try await desk.client.submit(
                section, ["text": "这里要写五月。"], to: "\(section)/comments", as: desk.reviewer)
            #expect(said.status == 303, "\(said.text)")
            let open = try await desk.client.page(report, as: desk.writer)
            #expect(open.text.contains("签发前请处理") && open.text.contains("这里要写五月。"))
            let id = try await desk.test.database.read { db in
                try db.value("SELECT id FROM report_comment", as: String.self)
            }
            let answer = try await desk.client.submit(
                "\(section)?answers=\(try #require(id))", ["text": "已经补上。"],
                to: "\(section)/comments", as: desk.writer)
            #expect(answer.status == 303, "\(answer.text)")
            let page = try await desk.client.page(section, as: desk.writer)
            #expect(page.text.contains("<blockquote>已经补上。"))
            let outside = try await desk.client.send(
                "\(section)/settlement",
                page.hidden(for: "\(section)/settlement").map { ($0.key, $0.value) },
                as: desk.outside)
            #expect(outside.status != 303)
            let settled = try await desk.client.submit(
                section, [:], to: "\(section)/settlement", as: desk.writer)
            #expect(settled.status == 303, "\(settled.text)")
            let done = try await desk.client.page(report, as: desk.writer)
            #expect(!done.text.contains("这里要写五月。"))
        }
    }
}
