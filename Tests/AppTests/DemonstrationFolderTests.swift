import Core
import Ledger
import Storage
import TestKit
import Testing

/// Which folder is the demonstration, the folder itself knows.
struct DemonstrationFolderTests {
    @Test(arguments: Engine.available)
    func anEmptyDistrictMayBecomeItAndOneWithDataNever(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            #expect(try await !test.district.isDemonstration())
            try await test.district.becomeDemonstration()
            #expect(try await test.district.isDemonstration())
            try await test.foundSmallDistrict()
            try await test.district.becomeDemonstration()
        }
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            await #expect(throws: Refusal.self) { try await test.district.becomeDemonstration() }
            // Nor by a row that somebody wrote by hand.
            try await test.database.write { db in
                try db.execute("INSERT INTO demonstration (id, mark) VALUES (1, 'x')")
            }
            #expect(try await !test.district.isDemonstration())
        }
    }
}
