import Core
import TestKit
import Testing

/// What a figure says in its heading, and how far it is from its target.
struct TargetTests {
    private static func target(
        _ id: String, _ value: Int, _ more: String, of indicator: String = "honor.count",
        unit: String = "piece"
    ) -> String {
        """
        \(id):
          name: {zh: 荣誉目标, en: Target of honors}
          value: \(value)
          unit: \(unit)
          from: 2015-01-01
          until: 2016-01-01
          source: {zh: 本区安排。, en: The district's plan.}
        \(more)
          target: {indicator: \(indicator), \(most(id))forms: [district, street]}
        """
    }

    private static func most(_ id: String) -> String {
        id.hasSuffix("most") ? "most: true, " : ""
    }

    private func reading(
        _ engine: Engine, _ rules: String,
        _ body: @escaping @Sendable (Reader) async throws -> Void
    ) async throws {
        try await OwnFolder.with(["rules/own.yaml": rules]) { folder in
            try await TestDistrict.with(engine, catalogue: [folder], example: true) { test in
                try await test.foundSmallDistrict()
                let rows = [
                    "R-1,2014-03-02", "R-2,2014-09-02", "R-3,2015-01-02", "R-4,2015-06-03",
                ].map { "\($0),410102001001,市级,称号" }
                try await test.accept(
                    (["编号,日期,单位,级别,称号"] + rows).joined(separator: "\n"), what: "honor")
                try await test.withSite { client in
                    try await body(Reader(client: client, test: test))
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func aFigureSaysInItsHeadingWhatItFound(on engine: Engine) async throws {
        try await reading(engine, Self.target("honors", 5, "")) { reader in
            let path = "/figures/honor.count?unit=410102&period="
            let page = try await reader.page("\(path)2015-H1&lang=zh")
            #expect(page.contains("<h1>荣誉称号2项，比2014年下半年增加1项</h1>"))
            let english = try await reader.page("\(path)2015-H1&lang=en")
            #expect(english.contains("2 items, 1 item more than before ("))
            let alone = try await reader.page("\(path)2014-H1&lang=zh")
            #expect(alone.contains("<h1>荣誉称号1项</h1>"))
        }
    }

    @Test(arguments: Engine.available)
    func aTargetHoldsOnItsDaysInUnitsOfItsForms(on engine: Engine) async throws {
        try await reading(engine, Self.target("honors", 5, "")) { reader in
            let path = "/figures/honor.count?lang=zh&period="
            let later = try await reader.page("\(path)2014-H2&unit=410102")
            #expect(!later.contains("荣誉目标"))
            let community = try await reader.page("\(path)2015-H1&unit=410102001001")
            #expect(!community.contains("荣誉目标"))
            let page = try await reader.page("\(path)2015-H1&unit=410102")
            #expect(page.contains("5项，还差3项"))
            #expect(page.contains("href=\"/rules#honors-2015-01-01\">荣誉目标</a>"))
            #expect(page.contains("class=\"chart target-bar\""))
            let year = try await reader.page("\(path)2015&unit=410102")
            #expect(year.contains("5项，还差3项"))
        }
    }

    /// Of the most that should be the number is on the other side.
    @Test(arguments: Engine.available, [(1, "1项，超出1项"), (2, "2项，没有超过")])
    func aNumberMayBeAboveWhatIsTheMost(on engine: Engine, most: (Int, String)) async throws {
        try await reading(engine, Self.target("the_most", most.0, "")) { reader in
            let page = try await reader.page(
                "/figures/honor.count?lang=zh&period=2015-H1&unit=410102")
            #expect(page.contains(most.1))
        }
    }

    /// Of two it is the one that was made for the unit.
    @Test(arguments: Engine.available)
    func theTargetOfTheNearestUnitHolds(on engine: Engine) async throws {
        let rules = [
            Self.target("honors", 5, ""), Self.target("own", 2, "  scope: \"410102001\""),
        ].joined(separator: "\n")
        try await reading(engine, rules) { reader in
            let path = "/figures/honor.count?lang=zh&period=2015-H1&unit="
            let street = try await reader.page("\(path)410102001")
            #expect(street.contains("2项，已达到"))
            let district = try await reader.page("\(path)410102")
            #expect(district.contains("5项，还差3项"))
        }
    }

    /// Nothing is held against a number that is not told, and no heading tells it.
    @Test(arguments: Engine.available)
    func aWithheldNumberIsHeldAgainstNoTarget(on engine: Engine) async throws {
        let rules = Self.target("pairs", 5, "", of: "aid_pair.in_force")
        try await OwnFolder.with(["rules/own.yaml": rules]) { folder in
            try await TestDistrict.with(engine, catalogue: [folder], example: true) { test in
                try await test.foundSmallDistrict()
                try await test.accept(Furnished.persons, what: "persons")
                try await test.accept(Furnished.pairs, what: "aid_pair")
                try await test.withSite { client in
                    let page = try await Reader(client: client, test: test).page(
                        "/figures/aid_pair.in_force?unit=410102&period=@2015-06-30&lang=zh")
                    #expect(page.contains("data-value=\"withheld\""))
                    #expect(!page.contains("荣誉目标") && !page.contains("还差"))
                    #expect(page.contains("<h1>帮扶对子</h1>"))
                }
            }
        }
    }
}
