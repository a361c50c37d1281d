import Core
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing

/// A page that does not tell a number says nothing else of it: not by a part that is there or
/// missing, not by its status, not by a list of what stands behind it.
struct SilentPageTests {
    private static let figures = ["care.count", "care.kept", "care.kept_share"]
    private static let units = ["410102", "410102001", "410102001002", "BUR-EDU"]

    /// A page without its digits: days, positions and codes differ, whatever is told.
    private func words(_ client: some TestClientProtocol, _ address: String) async throws -> String
    {
        let page = try await client.page(address, language: .en)
        return "\(page.status == 200) " + page.text.filter { !$0.isNumber }
    }

    @Test(arguments: Engine.available)
    func aDayWithoutEntriesLooksLikeOneThatHasSome(on engine: Engine) async throws {
        try await CareDistrict.with(seed: 4, on: engine) { town in
            try await town.test.withSite { client in
                for figure in Self.figures {
                    for unit in Self.units {
                        for map in ["then", "now"] {
                            let address = "/figures/\(figure)?unit=\(unit)&structure=\(map)&period="
                            let some = try await words(client, address + "2015-03-11")
                            let none = try await words(client, address + "2015-03-12")
                            #expect(some.contains("withheld"))
                            #expect(some == none, "\(figure) \(unit) \(map)")
                        }
                    }
                }
            }
        }
    }

    /// Whoever asks of the half-year under way, waits and asks again sees no entry come.
    @Test func waitingShowsNothing() async throws {
        try await CareDistrict.with(seed: 5) { town in
            try await town.test.withSite { client in
                var addresses = ["/", "/themes/department", "/units/410102001?on=2015-07-01"]
                for figure in Self.figures + ["stay.count"] {
                    for period in ["2015-H2", "2015-07", "2015", "..2015-07-01", "@2015-07-01"] {
                        addresses.append("/figures/\(figure)?unit=410102&period=\(period)")
                    }
                }
                var before: [String: String] = [:]
                for address in addresses { before[address] = try await words(client, address) }
                try await town.test.accept(
                    "编号,日期,单位,结果\nC-900-1,2015-07-01,410102001,按约\n", what: "care")
                try await town.test.accept(
                    "编号,起始日期,单位\nS-900-1,2015-07-01,410102001\n", what: "stay")
                for address in addresses {
                    let after = try await words(client, address)
                    #expect(after == before[address], "\(address)")
                }
            }
        }
    }

    /// A class of three: who finds the address of its entry counts no heads.
    @Test(arguments: Engine.available)
    func anEntryCountsItsPersonsForWhoMayReadIt(on engine: Engine) async throws {
        try await TestDistrict.with(engine, example: true) { test in
            try await test.foundSmallDistrict()
            try await test.accept(Furnished.persons, what: "persons")
            try await test.accept(Furnished.lectures, what: "lecture")
            let id = try await test.database.read { db in
                try db.value("SELECT id FROM record WHERE kind = 'lecture'", as: String.self)
            }
            let address = "/records/\(try #require(id))"
            let officer = try await test.account("here", role: "organization_officer")
            try await test.withSite { client in
                let page = try await client.page(address, language: .en)
                #expect(page.status == 200 && !page.text.contains("names are not public"))
                let whole = try await client.page(address, as: officer, language: .en)
                #expect(whole.text.contains("1 (names are not public)"))
            }
        }
    }

    private static let groups = """
        records.groups:
          name: {zh: 抽调去向, en: Groups}
          source: {zh: 登记, en: Register}
          from: secondment
          when: started
          value: distinct(group)
          unit: 种

        """

    /// How many groups people were lent to is no number of persons; how many records stand behind
    /// it is.
    @Test(arguments: Engine.available)
    func aFigureOfOtherThingsGuardsThePersonsBehindIt(on engine: Engine) async throws {
        try await OwnFolder.with(["indicators/own.yaml": Self.groups]) { folder in
            try await TestDistrict.with(engine, catalogue: [folder]) { test in
                try await test.foundSmallDistrict()
                var persons = ["人员编号,姓名,单位"]
                var rows = ["编号,起始日期,单位,抽调去向,抽调人员"]
                for index in 1...8 {
                    persons.append("S-\(index),抽调\(index),410102001")
                    rows.append("C-\(index),2015-01-0\(index),410102,campaign_office,S-\(index)")
                }
                try await test.accept(persons.joined(separator: "\n") + "\n", what: "persons")
                try await test.accept(rows.joined(separator: "\n") + "\n", what: "secondment")
                try await test.withSite { client in
                    func page(_ period: String) async throws -> String {
                        let asked = "/figures/records.groups?unit=410102&period=\(period)"
                        return try await client.page(asked, language: .en).text
                    }
                    let half = try await page("2015-H1")
                    #expect(half.contains("<dd>8</dd>") && half.contains("Fingerprint"))
                    for period in ["2015-01-03", "2015-W02", "2015-01-01..2015-01-03"] {
                        let part = try await page(period)
                        #expect(part.contains("withheld") && !part.contains("Fingerprint"))
                    }
                }
            }
        }
    }
}
