import Core
import Figures
import Reports
import TestKit
import Testing

/// What a writer of such texts does: compares with the period before, gives the exact number, puts
/// what went well and what did not in their places, numbers the parts, and signs.
struct WritingTests {
    private static let template = """
        small:
          title: {zh: "{unit}{period}小结", en: "{unit}, {period}"}
          forms: [street]
          periods: [half]
          issuer: {zh: "{unit}党工委", en: "Work committee of {unit}"}
          sections:
            - paragraphs:
                - zh: "{span}走访[[visit.count]][[change visit.count]]，共[[exact visit.minutes]]。"
                  en: "[[number visit.count]] visits[[change visit.count]]; [[exact visit.minutes]]"
            - heading: {zh: "{number}、做法", en: "{number}. Done"}
              paragraphs:
                - head: {zh: "{item}另行通报。", en: "{item} Told apart."}
                  sentences:
                    - zh: "{last month}共[[visit.minutes||last month]]。"
                      en: "{last month}: [[visit.minutes||last month]]."
                - zh: "{item}重要的占[[visit.share]][[change visit.share]]。"
                  en: "{item} Weighty: [[visit.share]][[change visit.share]]."
                  from: 50
                - zh: "{item}{last month}走访[[visit.count||last month]]。"
                  en: "{item} {last month}: [[visit.count||last month]]."
                - zh: "{item}逐次登记。"
                  en: "{item} Each is entered."
            - heading: {zh: "{number}、问题", en: "{number}. Problems"}
              paragraphs:
                - sentences:
                    - zh: "{point}重要的只占[[visit.share]]。"
                      en: "{point} only [[visit.share]] were weighty."
                      below: 50
                    - zh: "{point}走访不多。"
                      en: "{point} few visits were made."
                      of: "visit.count"
                      below: 3
            - heading: {zh: 附注, en: Notes}
              notes: true
              paragraphs:
                - zh: "按当时的单位统计。"
                  en: "Units are those of the time."

        """

    private func with(_ engine: Engine, _ body: (ReportDistrict) async throws -> Void) async throws
    {
        let files = ReportDistrict.files.merging([
            "reports/small.yaml": Self.template,
            "indicators/small.yaml": ReportDistrict.indicators(unit: "次").replacing(
                "unit: 分钟", with: "unit: 分钟, qualifier: over, step: 10"),
        ]) { $1 }
        try await ReportDistrict.withFolder(files) { folder in
            try await TestDistrict.with(engine, catalogue: [folder]) { district in
                try await district.foundSmallDistrict()
                let reports = try Reports(district.figures, folders: [folder])
                try await body(ReportDistrict(district: district, reports: reports))
            }
        }
    }

    private func text(
        _ small: ReportDistrict, _ period: String, _ language: Language = .zh
    ) async throws -> String {
        try await small.district.database.read { [reports = small.reports] db in
            let draft = try reports.draft(
                try reports.template("small"), unit: ReportDistrict.street, period: period,
                try reports.figures.reading(db))
            return draft.template.text(draft.pins, language)
        }
    }

    @Test(arguments: Engine.available)
    func aFigureIsComparedWithThePeriodBeforeOrNothingIsSaid(on engine: Engine) async throws {
        try await with(engine) { small in
            let grid = ReportDistrict.grid
            try await small.visits(
                "V1,2014-02-10,\(grid),30,重,", "V2,2014-09-10,\(grid),41,轻,",
                "V3,2014-09-11,\(grid),22,重,", "V4,2015-03-10,\(grid),15,轻,")
            #expect(try await text(small, "2014-H1").contains("上半年走访1次，共30分钟。"))
            let second = try await text(small, "2014-H2")
            #expect(second.contains("下半年走访2次，比上半年增加1次，共63分钟。"))
            #expect(second.contains("（一）重要的占50%，比上半年下降50.0个百分点。"))
            #expect(
                try await text(small, "2014-H2", .en).contains(
                    "2 visits, 1 more than in the first half; 63 minutes"))
            let third = try await text(small, "2015-H1")
            #expect(third.contains("走访1次，比上年下半年减少1次，共15分钟。"))
            for number in 0..<20 {
                try await small.visits("W\(number),2015-06-10,\(grid),5,轻,")
            }
            #expect(try await text(small, "2015-H1").contains("走访21次，共115分钟。"))
        }
    }

    @Test(arguments: Engine.available)
    func whatIsTooLowIsAProblemAndNumbersLeaveNoGap(on engine: Engine) async throws {
        try await with(engine) { small in
            let grid = ReportDistrict.grid
            try await small.visits(
                "V1,2015-02-10,\(grid),30,重,", "V2,2015-02-11,\(grid),30,轻,",
                "V3,2015-06-11,\(grid),30,轻,")
            #expect(
                try await text(small, "2015-H1") == """
                    甲街道2015年上半年小结

                    上半年走访3次，共90分钟。

                    一、做法
                    （一）另行通报。6月共30分钟。
                    （二）6月走访1次。
                    （三）逐次登记。

                    二、问题
                    一是重要的只占33%。

                    附注
                    按当时的单位统计。

                    """)
            try await small.visits("V0,2014-08-10,\(grid),30,重,")
            let before = try await text(small, "2014-H2", .en)
            #expect(before.contains("(1) Weighty: 100%."))
            #expect(before.contains("(2) Each is entered."))
            #expect(before.contains("First, few visits were made."))
            #expect(!before.contains("only"))
        }
    }

    @Test(arguments: Engine.available)
    func whatIsIssuedIsSignedAndKeepsItsComparison(on engine: Engine) async throws {
        try await with(engine) { small in
            let grid = ReportDistrict.grid
            try await small.visits(
                "V1,2014-09-10,\(grid),30,重,", "V2,2015-02-11,\(grid),30,重,",
                "V3,2015-06-11,\(grid),30,轻,")
            let id = try await small.issue()
            let report = try await small.find(id)
            let day = report.issuedAt.day
            let said = report.template.text(report.pins, .zh, on: day)
            #expect(said.contains("走访2次，比上年下半年增加1次"))
            #expect(said.contains("甲街道党工委\n\(day.chinese)\n\n附注"))
            #expect(try await small.compare(id).values.allSatisfy(\.isUntouched))
            try await small.visits("V4,2014-09-12,\(grid),30,重,")
            let again = try await small.find(id)
            #expect(again.template.text(again.pins, .zh, on: day) == said)
            let moved = try await small.compare(id).values.filter { !$0.isSame }
            #expect(
                moved.map(\.pin.slot).sorted() == ["change visit.count||", "change visit.share||"])
            #expect(moved.first { $0.pin.slot == "change visit.count||" }?.now.zh == "2次")
        }
    }

    @Test(
        arguments: [
            ("[[change visit.count||..]]", "", "nothing comes before"),
            ("[[change visit.count||before:R1]]", "", "nothing comes before"),
            ("走访", "from: 3", "need a figure"), ("走访", "of: visit.count", "says nothing"),
            ("走访", "of: visit.none\n          below: 3", "not known"),
        ])
    func whatCannotBeComparedOrDecidedIsAFaultOfTheTemplate(
        text: String, more: String, fault: String
    ) async throws {
        let report = """
            small:
              title: {zh: 小结, en: Brief}
              forms: [street]
              periods: [half]
              sections:
                - paragraphs:
                    - zh: "\(text)"
                      en: "\(text)"
                      \(more)

            """
        let files = ReportDistrict.files.merging(["reports/small.yaml": report]) { $1 }
        try await ReportDistrict.withFolder(files) { folder in
            try await TestDistrict.with(.sqlite, catalogue: [folder]) { district in
                let broken = #expect(throws: (any Error).self) {
                    _ = try Reports(district.figures, folders: [folder])
                }
                #expect("\(broken as Any)".contains(fault))
            }
        }
    }
}
