import App
import Catalogue
import Core
import Foundation
import Ledger
import Rights
import Storage
import TestKit
import Testing

/// Duties that the schema, the forms and the routes keep as a whole.
struct DutyTests {
    private let catalogue: Catalogue

    init() throws { catalogue = try Catalogue(folders: [TestDistrict.home.catalogue]) }

    @Test(arguments: Engine.available)
    func noColumnOfAnyTableNamesWhatIsRefused(on engine: Engine) async throws {
        let refused = try #require(catalogue.refused)
        let path = TestDistrict.home.folder + "/docs/schema/\(engine.rawValue).sql"
        _ = path
        try await RightsTown.with(engine) { town in
            let columns = try await town.test.database.read(RightsTown.textColumns)
            #expect(columns.count > 100)
            let hits = columns.flatMap { column in
                column.split(separator: ".").flatMap {
                    refused.found(inName: String($0), at: column, isPart: true)
                        .map { "\(column): \($0)" }
                }
            }
            #expect(hits == [])
        }
        #expect(refused.found(inName: "face_image", at: "person.x", isPart: true) == ["face"])
    }

    @Test func noFieldOfAFormNamesWhatIsRefused() throws {
        let refused = try #require(catalogue.refused)
        let sources = TestDistrict.home.folder + "/Sources"
        var names: [String] = []
        for file in try FileManager.default.subpathsOfDirectory(atPath: sources)
        where file.hasSuffix(".mustache") || file.hasSuffix(".swift") {
            let text = try String(contentsOfFile: sources + "/" + file, encoding: .utf8)
            names += text.matches(of: /name="([a-z_]+)"/).map { String($0.output.1) }
            names += text.matches(
                of: /(?:Form(?:Field|Text|Choice)|state\.(?:line|lines|choice))\(\s*"([a-z_]+)"/
            ).map { String($0.output.1) }
        }
        #expect(names.contains("recipient") || names.contains("words"))
        #expect(
            names.flatMap { refused.found(inName: $0, at: "form", isPart: true) } == [])
    }

    /// A person exists by being named in records, by an account, or by asking: no table lists
    /// residents, and every table that names a person says why in the register.
    @Test(arguments: Engine.available)
    func thereIsNoTableOfResidents(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let columns = try await town.test.database.read(RightsTown.textColumns)
            let tables = Set(columns.compactMap { $0.split(separator: ".").first.map(String.init) })
            for word in ["resident", "residents", "population", "household", "people"] {
                #expect(!tables.contains(word))
            }
            let named = columns.filter { $0.hasSuffix(".person_id") }
            #expect(named.allSatisfy { declarations.personalColumns[$0] != nil }, "\(named)")
            let kinds = town.test.district.catalogue.kinds.values
            #expect(kinds.allSatisfy { $0.persons.allSatisfy { !$0.register.isEmpty } })
        }
    }

    /// Who is helped is a code that no public kind carries beside a name.
    @Test func hardshipStandsInNoPublicKind() {
        let exposed = catalogue.kinds.values.filter { kind in
            kind.visibility == .public
                && (!kind.privates.isEmpty || kind.subjects.contains { $0.id == "household" })
        }
        #expect(exposed.map(\.id) == [])
    }

    @Test func aDisclosureWithoutRecipientPurposeOrBasisIsRefused() throws {
        func disclosure(_ recipient: String, _ purpose: String, _ basis: String) throws(Refusal) {
            _ = try DataDisclosure(
                what: "audit", recipient: recipient, purpose: purpose, basis: basis,
                fields: "all", extent: "2015", rows: 1, expiresOn: nil)
        }
        for (recipient, purpose, basis) in [("", "检查", "依据"), ("甲", "", "依据"), ("甲", "检查", "")] {
            #expect(throws: Refusal.self) { try disclosure(recipient, purpose, basis) }
        }
        try disclosure("甲", "检查", "依据")
    }

    @Test(arguments: Engine.available)
    func aDisclosureIsNeverChanged(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            try await town.test.database.write { db in
                let disclosure = try DataDisclosure(
                    what: "audit", recipient: "区纪委", purpose: "检查", basis: "监察法",
                    fields: "all", extent: "2015", rows: 3, expiresOn: Day(2015, 8, 1))
                let ledger = DisclosureLedger(db, key: town.test.district.key)
                for number in 1...2 {
                    let given = try ledger.record(
                        disclosure, digest: "d", by: TestDistrict.actor, at: town.clock.moment)
                    #expect(given == number)
                }
            }
            for statement in ["UPDATE disclosure SET recipient = 'x'", "DELETE FROM disclosure"] {
                let isRefused = await town.refuses(statement)
                #expect(isRefused)
            }
            let officer = try await town.test.account("officer", role: "protection_officer")
            try await town.test.withSite { client in
                let page = try await client.page("/rights/disclosures", as: officer)
                #expect(page.text.contains("区纪委") && page.text.contains("2015-08-01"))
            }
        }
    }

    @Test(arguments: Engine.available)
    func aDisclosureTakenAwayByHandIsMissed(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            try await town.test.database.write { db in
                let disclosure = try DataDisclosure(
                    what: "audit", recipient: "区纪委", purpose: "检查", basis: "监察法",
                    fields: "all", extent: "2015", rows: 3, expiresOn: nil)
                try DisclosureLedger(db, key: town.test.district.key).record(
                    disclosure, digest: "d", by: TestDistrict.actor, at: town.clock.moment)
            }
            #expect(try await town.findings() == [])
            try await town.test.database.write { db in
                switch db.dialect {
                case .sqlite: try db.script("DROP TRIGGER disclosure_refuses_delete")
                case .postgres:
                    try db.script("DROP TRIGGER disclosure_refuses_change ON disclosure")
                }
                try db.script("DELETE FROM disclosure")
            }
            let findings = try await town.findings()
            #expect(findings.count == 1 && findings[0].contains("is gone (data.disclosed)"))
        }
    }
}
