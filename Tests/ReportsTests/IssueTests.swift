import Core
import Figures
import Reports
import TestKit
import Testing

struct IssueTests {
    @Test(arguments: Engine.available)
    func whatCannotBeAReportIsRefused(on engine: Engine) async throws {
        try await ReportDistrict.with(engine) { small in
            for (template, unit, period) in [
                ("none", ReportDistrict.street, "2015-H1"), ("small", "X-9", "2015-H1"),
                ("small", ReportDistrict.street, "2015-H3"),
                ("small", ReportDistrict.street, "..2015-06-30"),
            ] {
                await #expect(throws: Refusal.self) {
                    try await small.reports.issue(
                        template, unit: unit, period: period, by: TestDistrict.actor)
                }
            }
            let kept = try await small.reports.list()
            #expect(kept.isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func anIssuedReportPinsEverySlotWithItsWordsAndItsPlaceInTheLedger(
        on engine: Engine
    ) async throws {
        try await ReportDistrict.with(engine) { small in
            try await small.visits(
                "V1,2015-02-10,\(ReportDistrict.grid),30,重,S1",
                "V2,2015-03-10,\(ReportDistrict.elsewhere),40,轻,",
                "V3,2015-03-11,\(ReportDistrict.elsewhere),,轻,")
            try await small.care("C1,2015-01-01,\(ReportDistrict.grid),S1")
            let position = try await small.district.position()
            let id = try await small.issue()
            let report = try await small.find(id)
            #expect(report.position == position)
            #expect(report.issuedBy == TestDistrict.actor.name)
            #expect(report.issuedAt == TestDistrict.moment)
            #expect(report.template.version == report.templateVersion)
            #expect(
                report.pins.map(\.slot) == [
                    "visit.count||", "visit.count|410102001001|", "visit.minutes||02",
                    "visit.count||05", "visit.share||", "visit.kept||",
                ])
            #expect(report.pins.map(\.zh) == ["3次", "1次", "30分钟", "0次", "33%", "17%"])
            #expect(report.pins.map(\.en)[4] == "33%")
            #expect(report.pins.map(\.count) == [3, 1, 1, 0, 1, 1])
            #expect(report.pins.map(\.answer.numerator) == [3, 1, 30, 0, 1, 1])
            #expect(report.pins.map(\.answer.denominator) == [1, 1, 1, 1, 3, 6])
            #expect(report.pins.allSatisfy { $0.question.position == position })
            #expect(
                report.template.text(report.pins, .zh) == """
                    小结

                    走访
                    上半年走访3次，其中一社区1次。
                    二月30分钟，五月没有走访。
                    重要的占33%，逐月走访17%。

                    """)
            let english = report.template.text(report.pins, .en)
            #expect(english.contains("In the half-year 1 time of 3 times."))
            #expect(english.contains("February 30 minutes; May no visit."))
            let list = try await small.reports.list()
            #expect(list.map(\.id) == [id])
            #expect(list.map(\.title.zh) == ["小结"])
        }
    }

    @Test(arguments: Engine.available)
    func aDraftShowsFiguresAsTheyAreAndKeepsNothing(on engine: Engine) async throws {
        try await ReportDistrict.with(engine) { small in
            let template = try small.reports.template("small")
            func draft() async throws -> [String] {
                try await small.district.database.read { [reports = small.reports] db in
                    try reports.draft(
                        template, unit: ReportDistrict.street, period: "2015-H1",
                        try reports.figures.reading(db)
                    ).pins.map(\.zh)
                }
            }
            #expect(try await draft() == Array(repeating: "无数据", count: 6))
            try await small.visits("V1,2015-02-10,\(ReportDistrict.grid),30,重,")
            #expect(try await draft()[0] == "1次")
            #expect(try await small.reports.list().isEmpty)
        }
    }
}
