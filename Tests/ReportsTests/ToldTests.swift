import Core
import Figures
import Foundation
import Reports
import TestKit
import Testing

/// What is printed of a sentence whose figure is nothing, and for which unit and period at all.
struct ToldTests {
    private static let template = """
        small:
          title: {zh: "{unit}{period}小结", en: "{unit}, {period}"}
          forms: [street]
          periods: [half]
          sections:
            - heading: {zh: "{span}走访", en: "Visits of {span}"}
              paragraphs:
                - sentences:
                    - zh: "走访[[visit.count]]。"
                      en: "Visits: [[visit.count]]."
                      zero: {zh: "{span}没有走访。", en: "No visit in {span}."}
                    - zh: "{month 2}[[visit.minutes||month 2]]。"
                      en: "{month 2}: [[visit.minutes||month 2]]."
                    - zh: "重要的占[[visit.share]]。"
                      en: "Weighty: [[visit.share]]."
                      else: {zh: "没有可比的。", en: "Nothing to compare."}
            - heading: {zh: 末月, en: Last month}
              paragraphs:
                - zh: "{last month}[[visit.count||last month]]。"
                  en: "{last month}: [[visit.count||last month]]."

        """

    private func with(
        _ engine: Engine, template: String = Self.template,
        _ body: (ReportDistrict) async throws -> Void
    ) async throws {
        let files = ReportDistrict.files.merging(["reports/small.yaml": template]) { $1 }
        try await ReportDistrict.withFolder(files) { folder in
            try await TestDistrict.with(engine, catalogue: [folder]) { district in
                try await district.foundSmallDistrict()
                let reports = try Reports(district.figures, folders: [folder])
                try await body(ReportDistrict(district: district, reports: reports))
            }
        }
    }

    private func draft(
        _ small: ReportDistrict, _ period: String, unit: String = ReportDistrict.street
    ) async throws -> ReportDraft {
        try await small.district.database.read { [reports = small.reports] db in
            try reports.draft(
                try reports.template("small"), unit: unit, period: period,
                try reports.figures.reading(db))
        }
    }

    @Test(arguments: Engine.available)
    func aSentenceIsToldWholeOrSaysItsOwnWordsOrNothing(on engine: Engine) async throws {
        try await with(engine) { small in
            try await small.visits(
                "V1,2014-02-10,\(ReportDistrict.grid),30,重,S1",
                "V2,2015-03-10,\(ReportDistrict.grid),40,重,")
            func text(_ period: String, _ language: Language = .zh) async throws -> String {
                let draft = try await draft(small, period)
                return draft.template.text(draft.pins, language)
            }
            #expect(
                try await text("2014-H1") == """
                    甲街道2014年上半年小结

                    上半年走访
                    走访1次。2月30分钟。重要的占100%。

                    """)
            #expect(
                try await text("2015-H1") == """
                    甲街道2015年上半年小结

                    上半年走访
                    走访1次。重要的占100%。

                    """)
            let empty = try await text("2014-H2")
            #expect(empty.contains("下半年没有走访。"))
            #expect(!empty.contains("无") && !empty.contains("8月"))
            #expect(
                try await text("2014-H1", .en).contains("Visits: 1 time. February: 30 minutes."))
            try await small.visits("V3,2015-06-10,\(ReportDistrict.grid),,轻,")
            #expect(try await text("2015-H1").contains("末月\n6月1次。"))
        }
    }

    @Test(arguments: Engine.available)
    func whatIsIssuedKeepsTheWordsItWasIssuedWith(on engine: Engine) async throws {
        try await with(engine) { small in
            try await small.visits("V1,2015-02-10,\(ReportDistrict.grid),30,重,S1")
            let id = try await small.issue()
            let report = try await small.find(id)
            #expect(report.template.title.zh == "甲街道2015年上半年小结")
            #expect(try await small.reports.list().map(\.title.zh) == ["甲街道2015年上半年小结"])
            try await small.visits("V2,2015-06-10,\(ReportDistrict.grid),,轻,")
            let again = try await small.find(id)
            #expect(again.template.text(again.pins, .zh) == report.template.text(report.pins, .zh))
            #expect(!again.template.text(again.pins, .zh).contains("末月"))
        }
    }

    /// A report issued before templates said for whom they hold.
    @Test func aTextOfBeforePrintsAsItDidAndKeepsItsVersion() throws {
        let kept = """
            {"id":"small","title":{"zh":"小结","en":"Brief"},"sections":[{"heading":
            {"zh":"走访","en":"Visits"},"paragraphs":[{"zh":"走访[[visit.count]]。",
            "en":"[[visit.count]]."}]}]}
            """
        let template = try JSONDecoder().decode(ReportTemplate.self, from: Data(kept.utf8))
        #expect(template.text([], .zh).contains("走访无数据。"))
        let parts = [
            "small", "小结", "Brief", "走访", "Visits", "走访[[visit.count]]。", "[[visit.count]].",
        ]
        #expect(template.version == String(Fingerprint(parts).text.prefix(12)))
    }

    @Test(arguments: Engine.available)
    func nothingIsIssuedForWhatTheTemplateWasNotWrittenFor(on engine: Engine) async throws {
        try await with(engine) { small in
            for (unit, period) in [
                ("410102", "2015-H1"), ("410102001001", "2015-H1"), ("BUR-EDU", "2015-H1"),
                (ReportDistrict.street, "2015"), (ReportDistrict.street, "2015-Q1"),
                (ReportDistrict.street, "2015-01-01..2015-06-30"),
                (ReportDistrict.street, "2013-H1"), (ReportDistrict.street, "2015-H2"),
                (ReportDistrict.street, "2016-H1"),
            ] {
                await #expect(throws: Refusal.self, "\(unit) \(period)") {
                    try await small.reports.issue(
                        "small", unit: unit, period: period, by: TestDistrict.actor)
                }
            }
            let kept = try await small.reports.list()
            #expect(kept.isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func theSameReportIsIssuedOnceEvenWhenTwoDoSoAtOnce(on engine: Engine) async throws {
        try await with(engine) { small in
            try await small.visits("V1,2015-02-10,\(ReportDistrict.grid),30,重,S1")
            let done = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask { (try? await small.issue()) != nil }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(done == 1)
            await #expect(throws: Refusal.self) { try await small.issue() }
            try await small.visits("V2,2015-06-10,\(ReportDistrict.grid),,轻,")
            _ = try await small.issue()
            #expect(try await small.reports.list().count == 2)
        }
    }

    @Test(
        arguments: [
            ("[[visit.count|X-9]]", "X-9"), ("[[visit.count||before:R9]]", "R9"),
            ("[[visit.count|BUR-EDU]]", "BUR-EDU"),
        ])
    func aUnitOrADocumentThatTheDistrictDoesNotHaveIsRefusedByName(
        slot: String, name: String
    ) async throws {
        let template = """
            small:
              title: {zh: 小结, en: Brief}
              forms: [street]
              periods: [half]
              sections:
                - heading: {zh: 走访, en: Visits}
                  paragraphs:
                    - {zh: "走访\(slot)", en: "\(slot)"}

            """
        try await with(.sqlite, template: template) { small in
            do {
                _ = try await draft(small, "2015-H1")
                Issue.record("\(slot) was taken")
            } catch let refusal as Refusal {
                #expect(refusal.text(.zh).contains(name) && refusal.text(.en).contains(name))
            }
            await #expect(throws: Refusal.self) { try await small.issue() }
        }
    }
}
