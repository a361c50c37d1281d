import Storage
import TestKit
import Testing

struct ConstraintTests {
    @Test(
        arguments: Engine.available,
        [
            ("INSERT INTO page (id, title) VALUES (1, 'again')", ConstraintKind.unique),
            ("INSERT INTO page (id, title) VALUES (2, 'first')", .unique),
            ("INSERT INTO line (id, page_id) VALUES (1, 99)", .foreignKey),
            ("DELETE FROM page WHERE id = 1", .foreignKey),
            ("INSERT INTO page (id, title) VALUES (3, NULL)", .notNull),
            ("INSERT INTO page (id, title, weight) VALUES (4, 'light', 0)", .check),
        ] as [(SQL, ConstraintKind)])
    func aRefusedRowSaysWhichKindOfRuleRefusedIt(
        on engine: Engine, attempt: (sql: SQL, kind: ConstraintKind)
    ) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            try await database.write { connection in
                try connection.addPage(1, title: "first")
                try connection.execute("INSERT INTO line (id, page_id) VALUES (7, 1)")
            }
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { try $0.execute(attempt.sql) }
            }
            #expect(error?.constraint?.kind == attempt.kind)
            if [.unique, .notNull].contains(attempt.kind) {
                #expect(error?.constraint?.table == "page")
            }
            #expect(try await database.count(of: "page") == 1)
        }
    }

    @Test(arguments: Engine.available)
    func aStatementThatFailedDoomsItsClosureEvenWhenCaught(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { connection in
                    try connection.addPage(1)
                    do { try connection.addPage(1) } catch is DatabaseError { return }
                }
            }
            #expect(error?.constraint?.kind == .unique)
            let count = try await database.count(of: "page")
            #expect(count == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aMistakeInAStatementIsReportedWithItsMessage(on engine: Engine) async throws {
        try await engine.withDatabase { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.read { try $0.rows("SELECT nonsense FROM nowhere") }
            }
            #expect(error?.message?.contains("nowhere") == true)
        }
    }

    @Test(arguments: Engine.available)
    func executeSaysHowManyRowsItChanged(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            let changed = try await database.write { connection in
                for id in 1...3 { try connection.addPage(id) }
                return [
                    try connection.execute("UPDATE page SET weight = 2 WHERE id > 1"),
                    try connection.execute("UPDATE page SET weight = 2 WHERE id > 10"),
                    try connection.execute("CREATE TABLE other (id BIGINT)"),
                    try connection.execute(
                        "INSERT INTO page (id, title) VALUES (1, 'x') ON CONFLICT DO NOTHING"),
                    try connection.execute("DELETE FROM page"),
                ]
            }
            #expect(changed == [2, 0, 0, 0, 3])
        }
    }
}

extension DatabaseError {
    var constraint: (kind: ConstraintKind, table: String?, message: String)? {
        if case .constraint(let kind, let table, let message) = self {
            (kind, table, message)
        } else {
            nil
        }
    }

    var message: String? {
        if case .other(_, let message) = self { message } else { nil }
    }
}
