import Core
import Ledger
import Rights
import Storage
import TestKit
import Testing

/// Audit rows go after three years; the chain goes on through what is left of them.
struct AuditRedactionTests {
    /// Looks and sign-ins of 2015, then the retention of a later day.
    private func aged(
        _ engine: Engine, to day: String,
        _ body: @escaping @Sendable (RightsTown) async throws -> Void
    ) async throws {
        try await RightsTown.with(engine) { town in
            for index in 1...5 {
                try await town.test.database.write { db in
                    try Audit(db, key: town.test.district.key).record(
                        "session.opened", "s\(index)", by: TestDistrict.actor,
                        at: town.clock.moment, quietly: true)
                }
            }
            town.clock.set(day)
            _ = try await town.confirmedRun()
            try await body(town)
        }
    }

    private static let seen: SQL = "SELECT COUNT(*) FROM audit WHERE action = 'session.opened'"

    @Test(arguments: Engine.available, [("2018-07-01", 5), ("2018-07-02", 0)])
    func aRowIsKeptThreeYearsAndNoLonger(
        on engine: Engine, expected: (day: String, left: Int)
    ) async throws {
        try await aged(engine, to: expected.day) { town in
            let kept = try await town.count(Self.seen)
            let redacted = try await town.count("SELECT COUNT(*) FROM audit_spent")
            #expect(kept == expected.left && redacted == 5 - expected.left)
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func whatCoversPositionsOrProvesSomethingStays(on engine: Engine) async throws {
        try await aged(engine, to: "2030-01-01") { town in
            let kept = try await town.count(
                "SELECT COUNT(*) FROM audit WHERE action IN ('record.posted', 'evidence.added')")
            #expect(kept == 7)
            #expect(
                try await town.count(
                    """
                    SELECT COUNT(*) FROM audit
                    WHERE first_position IS NULL AND digest IS NULL
                    """) == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aRowThatWasNotSpentCannotBeDeleted(on engine: Engine) async throws {
        try await aged(engine, to: "2015-07-02") { town in
            for statement in [
                "DELETE FROM audit WHERE action = 'session.opened'",
                "UPDATE audit SET actor = 'x' WHERE action = 'session.opened'",
                "DELETE FROM audit_spent WHERE seq = 1; DELETE FROM audit WHERE seq = 1",
            ] {
                let isRefused = await town.refuses(statement)
                #expect(isRefused)
            }
            let findings = try await town.findings()
            #expect(findings == [])
        }
    }

    /// Who may write to the database can make a row of the redacted, but not its keyed hash.
    @Test(arguments: Engine.available)
    func aForgedGapIsNamed(on engine: Engine) async throws {
        try await aged(engine, to: "2015-07-02") { town in
            try await town.test.database.write { db in
                try db.script(
                    """
                    INSERT INTO audit_spent (seq, hash, mac)
                        SELECT seq, hash, hash FROM audit WHERE subject = 's3';
                    DELETE FROM audit WHERE subject = 's3';
                    """)
            }
            let findings = try await town.findings()
            #expect(
                findings.contains { $0.contains("was not redacted by the holder of the key") },
                "\(findings)")
        }
    }

    @Test(arguments: Engine.available)
    func aMarkDoesNotServeAnotherRow(on engine: Engine) async throws {
        try await aged(engine, to: "2018-07-02") { town in
            try await town.test.database.write { db in
                try Self.unprotect("audit_spent", db)
                try db.script(
                    """
                    UPDATE audit_spent SET mac = (SELECT MIN(mac) FROM audit_spent);
                    """)
            }
            let findings = try await town.findings()
            #expect(findings.filter { $0.contains("was not redacted by") }.count == 4)
        }
    }

    @Test(arguments: Engine.available)
    func aSpentRowTakenAwayOrLeftBesideItsRowIsNamed(on engine: Engine) async throws {
        try await aged(engine, to: "2018-07-02") { town in
            try await town.test.database.write { db in
                try Self.unprotect("audit_spent", db)
                try db.script(
                    "DELETE FROM audit_spent WHERE seq = (SELECT MIN(seq) FROM audit_spent)")
                try db.script(
                    "INSERT INTO audit_spent (seq, hash, mac) SELECT seq, hash, 'x' FROM audit "
                        + "WHERE seq = 1")
            }
            let findings = try await town.findings()
            #expect(findings.contains { $0.contains("is missing or out of order") })
            #expect(findings.contains { $0.contains("outside the chain") || $0.contains("both") })
        }
    }

    static func unprotect(_ table: String, _ db: Connection) throws {
        switch db.dialect {
        case .sqlite:
            try db.script("DROP TRIGGER \(table)_refuses_update")
            try db.script("DROP TRIGGER \(table)_refuses_delete")
        case .postgres: try db.script("DROP TRIGGER \(table)_refuses_change ON \(table)")
        }
    }
}
