import Core
import Ledger
import Storage
import TestKit
import Testing

/// What one record asks of the ledger is looked up, however much the ledger holds.
struct LookUpTests {
    @Test(arguments: Engine.available)
    func theEndOfARecordIsLookedUpByTheRecord(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            let plan = try await test.database.write { db in
                try db.plan("SELECT f.id, f.last_on FROM fact f WHERE f.kind = 'a' AND f.ref = 'b'")
            }
            let text = plan.joined(separator: "\n")
            #expect(!text.contains("MATERIALIZE") && !text.contains("GroupAggregate"), "\(text)")
            #expect(text.contains("record_ends"), "\(text)")
        }
    }

    @Test(arguments: Engine.available)
    func whetherAKindHasGrownIsAskedOfTheNewestPositions(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            let plan = try await test.database.write { db in
                try db.plan(RecordStore.growth("material", since: 100))
            }
            let text = plan.joined(separator: "\n")
            // PostgreSQL takes any index of a table without rows.
            if engine == .sqlite { #expect(text.contains("ordinal>?"), "\(text)") }
            try await test.foundSmallDistrict()
            func hasGrown(_ kind: String, since position: Int) async throws -> Bool {
                try await test.database.read { db in
                    try RecordStore(db: db).hasGrown(kind, since: position)
                }
            }
            let start = try await test.position()
            #expect(try await !hasGrown("material", since: start))
            try await test.postLeaflet("甲")
            let one = try await test.position()
            #expect(try await hasGrown("material", since: start))
            #expect(try await !hasGrown("inspection", since: start))
            #expect(try await !hasGrown("material", since: one))
            let file = try await test.accept(TestDistrict.leaflets(3), what: "material")
            #expect(try await hasGrown("material", since: one))
            #expect(try await hasGrown("material", since: one + 2))
            #expect(try await !hasGrown("material", since: one + 3))
            try await test.district.reverseImport(file, by: TestDistrict.actor)
            #expect(try await !hasGrown("material", since: one))
        }
    }
}
