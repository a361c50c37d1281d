import Storage
import TestKit
import Testing

struct IsolationTests {
    @Test(arguments: Engine.available)
    func twoTestDatabasesDoNotSeeEachOther(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { first in
            try await first.write { try $0.addPage(1) }
            try await engine.withDatabase { second in
                #expect(try await second.read { try $0.tables() } == ["storage_migration"])
                try await second.migrate([notebook])
                #expect(try await second.count(of: "page") == 0)
            }
            #expect(try await first.count(of: "page") == 1)
        }
    }
}
