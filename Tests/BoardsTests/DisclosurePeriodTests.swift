import Core
import Storage
import TestKit
import Testing

/// Small numbers of persons are not told, and cannot be taken from two periods.
struct DisclosurePeriodTests {
    /// Six pairs in the street begin in January, and two more in April.
    private static let pairs: String = {
        var rows = ["编号,起始日期,单位,家庭同意,帮扶党员,家庭代码"]
        for index in 1...8 {
            let day = index <= 6 ? "2015-01-0\(index)" : "2015-04-0\(index)"
            rows.append("A-\(index),\(day),410102001,是,T-1,H-9\(index)")
        }
        return rows.joined(separator: "\n") + "\n"
    }()

    private static let indicator = """
        pair.begun:
          name: {zh: 新结对子, en: Pairs begun}
          source: {zh: 登记, en: Register}
          from: aid_pair
          when: started
          value: count
          unit: 对
        """

    /// Six are seconded in January, and one more in February.
    private static let secondments: (persons: String, rows: String) = {
        var persons = ["人员编号,姓名,单位"]
        var rows = ["编号,起始日期,单位,抽调去向,抽调人员"]
        for index in 1...7 {
            let day = index <= 6 ? "2015-01-0\(index)" : "2015-02-03"
            persons.append("S-\(index),抽调\(index),410102001")
            rows.append("C-\(index),\(day),410102,campaign_office,S-\(index)")
        }
        return (persons.joined(separator: "\n") + "\n", rows.joined(separator: "\n") + "\n")
    }()

    @Test(arguments: Engine.available)
    func aPartOfAPeriodIsToldOnlyWhereTheOthersCanBe(on engine: Engine) async throws {
        try await OwnFolder.with(["indicators/own.yaml": Self.indicator]) { folder in
            try await TestDistrict.with(engine, catalogue: [folder]) { test in
                try await test.foundSmallDistrict()
                try await test.accept(Furnished.persons, what: "persons")
                try await test.accept(Self.pairs, what: "aid_pair")
                try await test.withSite { client in
                    let reader = Reader(client: client, test: test)
                    func data(_ period: String) async throws -> String {
                        let page = try await reader.page(
                            "/figures/pair.begun?unit=410102&period=\(period)&lang=en")
                        let value = page.firstMatch(of: /class="value" data-value="([^"]*)"/)
                        return (value?.1).map(String.init) ?? "none"
                    }
                    let half = try await data("2015-H1")
                    #expect(half == "8")
                    for period in ["2015-Q2", "2015-04", "2015-Q1", "2015-01"] {
                        let told = try await data(period)
                        #expect(told != "6" && told != "2", "\(period)")
                    }
                    for period in ["2015-01-01..2015-04-07", "2015-01-03", "2015-W02"] {
                        let told = try await data(period)
                        #expect(told == "withheld", "\(period)")
                    }
                }
            }
        }
    }

    /// Three are seconded: a visitor is not told, and neither is who reads records elsewhere.
    @Test(arguments: Engine.available)
    func whoMayReadTheRecordsSeesTheNumber(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept(Self.secondments.persons, what: "persons")
            let three = Self.secondments.rows.split(separator: "\n").prefix(4)
            try await test.accept(three.joined(separator: "\n") + "\n", what: "secondment")
            let here = try await test.account("here", role: "organization_officer")
            let below = try await test.account("below", role: "street_staff", unit: "410102001")
            try await test.withSite { client in
                for (reader, data) in [(nil, "withheld"), (below, "withheld"), (here, "3")] {
                    for period in ["@2015-06-30", "@2015-06-17"] {
                        let page = try await client.page(
                            "/figures/secondment.in_force?unit=410102&period=\(period)",
                            as: reader)
                        #expect(page.text.contains("class=\"value\" data-value=\"\(data)\""))
                    }
                }
            }
        }
    }
}
