import Catalogue
import Core
import TestKit
import Testing

/// The page of the rules.
struct RuleTests {
    private static let own = """
        study.weekly_hours:
          name: {zh: 每周集中学习时间, en: Weekly hours of study}
          value: 5
          unit: hour
          from: 2015-06-01
          until: 2015-07-01
          scope: BUR-EDU
          source: {zh: 本区六月学习安排。, en: The district's plan for June.}
        """

    /// The row of the rules' page that stands at a place.
    private func row(_ anchor: String, _ page: String) -> String? {
        let parts = page.components(separatedBy: "<tr id=\"\(anchor)\">")
        return parts.count == 2 ? parts[1].components(separatedBy: "</tr>")[0] : nil
    }

    @Test(arguments: Engine.available)
    func aDistrictsOwnValueSaysWhatHoldsOtherwise(on engine: Engine) async throws {
        try await OwnFolder.with(["rules/own.yaml": Self.own]) { folder in
            try await TestDistrict.with(engine, catalogue: [folder], example: true) { test in
                try await test.withSite { client in
                    let page = try await client.page("/rules").text
                    let before = row("study.weekly_hours-2015-03-30-BUR-EDU", page)
                    #expect(before?.contains("2015-03-30 至 2015-05-31") == true)
                    #expect(before?.contains("本区：") == false)
                    let own = row("study.weekly_hours-2015-06-01-BUR-EDU", page)
                    #expect(own?.contains("本区：5小时；否则：3小时") == true)
                    #expect(own?.contains("教体局专题教育活动安排") == true)
                    let after = row("study.weekly_hours-2015-07-01-BUR-EDU", page)
                    #expect(after?.contains("2015-07-01 起") == true)
                    #expect(after?.contains("3小时") == true)
                    let english = try await client.page("/rules", language: .en).text
                    #expect(english.contains("This district: 5 hours; otherwise 3 hours"))
                }
            }
        }
    }

    /// The sentence tells the value that was made for the unit, and not the one for all.
    @Test(arguments: Engine.available)
    func aFigureSaysTheValueThatHoldsInItsUnit(on engine: Engine) async throws {
        let own = Self.own.replacing("study.weekly_hours", with: "premises.area_required")
            .replacing("value: 5", with: "value: 1500").replacing("hour", with: "square_meter")
            .replacing("BUR-EDU", with: "410102001")
        try await OwnFolder.with(["rules/own.yaml": own]) { folder in
            try await TestDistrict.with(engine, catalogue: [folder]) { test in
                try #require(test.district.catalogue.rules["premises.area_required"]?.count == 2)
                try await test.foundSmallDistrict()
                try await test.withSite { client in
                    func says(_ area: String, _ unit: String, _ day: String) async throws -> Bool {
                        let page = try await client.page(
                            "/figures/premises.at_standard?unit=\(unit)&period=@\(day)")
                        return page.text.replacing(",", with: "").contains("\(area)平方米")
                    }
                    for (area, unit, day, isTold) in [
                        ("1500", "410102001", "2015-06-15", true),
                        ("1000", "410102001", "2015-05-31", true),
                        ("1500", "410102001", "2015-05-31", false),
                        ("1500", "410102", "2015-06-15", false),
                    ] {
                        let told = try await says(area, unit, day)
                        #expect(told == isTold, "\(area) \(unit) \(day)")
                    }
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func whatIsToBeVerifiedIsMarkedCountedAndListedWithTheReason(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            let rules = test.district.catalogue.rules.values.flatMap { $0 }
            let open = rules.filter { !$0.toVerify.isEmpty }
            let sure = rules.filter { $0.toVerify.isEmpty }
            #expect(!open.isEmpty && !sure.isEmpty)
            let anchors = open.map(\.anchor)
            let sureAnchors = sure.map(\.anchor)
            try await test.withSite { client in
                for (language, mark) in [(Language.zh, "待核实</span>"), (.en, "verified</span>")] {
                    let page = try await client.page("/rules", language: language).text
                    let list = page.components(separatedBy: "id=\"to-verify\"").last?
                        .components(separatedBy: "</details>").first
                    #expect(list?.contains("\(anchors.count)") == true)
                    for anchor in anchors {
                        #expect(list?.contains("href=\"#\(anchor)\"") == true, "\(anchor)")
                        #expect(row(anchor, page)?.contains(mark) == true, "\(anchor)")
                    }
                    for anchor in sureAnchors {
                        #expect(row(anchor, page)?.contains(mark) == false, "\(anchor)")
                        #expect(list?.contains("href=\"#\(anchor)\"") == false, "\(anchor)")
                    }
                }
            }
        }
    }
}
