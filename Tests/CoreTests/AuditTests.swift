import Core
import Storage
import TestKit
import Testing

/// The chain and the positions, on every engine.
@Suite struct AuditTests {
    private static let key = AuditKey(bytes: [UInt8](repeating: 9, count: 32))
    private static let actor = Actor(name: "tester", standing: .system)

    private struct Abandoned: Error {}

    private func withChain(
        _ engine: Engine, _ body: (Database) async throws -> Void
    ) async throws {
        try await engine.withDatabase(migrations: coreMigrations, body)
    }

    @Test(arguments: Engine.available)
    func positionsFollowEachOtherWithoutAGap(on engine: Engine) async throws {
        try await withChain(engine) { database in
            let firsts = try await database.write { db in
                let audit = Audit(db, key: Self.key)
                return [try audit.claim(3), try audit.claim(1), try audit.claim(2)]
            }
            #expect(firsts == [1, 4, 5])
            #expect(try await database.read { try Audit($0, key: Self.key).position() } == 6)
        }
    }

    @Test(arguments: Engine.available)
    func anAbandonedChangeTakesNoPositionAndLeavesNoRow(on engine: Engine) async throws {
        try await withChain(engine) { database in
            await #expect(throws: Abandoned.self) {
                try await database.write { db in
                    let audit = Audit(db, key: Self.key)
                    _ = try audit.claim(5)
                    try audit.record("a", "b", by: Self.actor, at: Moment(milliseconds: 0))
                    throw Abandoned()
                }
            }
            #expect(try await database.write { try Audit($0, key: Self.key).claim(1) } == 1)
            let rows = try await database.read {
                try $0.value("SELECT COUNT(*) FROM audit", as: Int.self)
            }
            #expect(rows == 0)
        }
    }

    @Test(arguments: Engine.available)
    func writersAtOnceNeverShareAPosition(on engine: Engine) async throws {
        try await withChain(engine) { database in
            let claimed = try await withThrowingTaskGroup(of: [Int].self) { group in
                for count in 1...40 {
                    group.addTask {
                        try await database.write { db in
                            let audit = Audit(db, key: Self.key)
                            let first = try audit.claim(count)
                            try audit.record(
                                "test", "\(first)", by: Self.actor,
                                at: Moment(milliseconds: 0))
                            return Array(first..<(first + count))
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.sorted() == Array(1...820))
            #expect(try await recount(database) == 40)
        }
    }

    @Test(arguments: Engine.available)
    func everyRowIsLinkedToTheOneBefore(on engine: Engine) async throws {
        try await withChain(engine) { database in
            try await database.write { db in
                let audit = Audit(db, key: Self.key)
                let first = try audit.claim(2)
                try audit.record(
                    "record.posted", "x", by: Self.actor, at: Moment(milliseconds: 1),
                    covering: .init(first: first, last: first + 1, digest: "d"))
                try audit.record(
                    "evidence.added", "y", by: .visitor, at: Moment(milliseconds: 2),
                    evidence: "e")
                try audit.record("signed.out", "甲", by: .visitor, at: Moment(milliseconds: 3))
            }
            #expect(try await recount(database) == 3)
            let rows = try await database.read { db in
                try db.rows("SELECT * FROM audit ORDER BY seq").map(AuditRow.init)
            }
            #expect(rows.map(\.seq) == [1, 2, 3])
            #expect(rows.map(\.first) == [1, nil, nil] && rows.map(\.last) == [2, nil, nil])
            #expect(rows.map(\.digest) == ["d", "e", nil])
            #expect(rows.map(\.actor) == ["tester", "visitor", "visitor"])
        }
    }

    /// The second time the clock stands behind, so that a row of its own comes between.
    @Test(arguments: Engine.available)
    func whatIsPostedBehindTheEndTakesThePositionsAfterIt(on engine: Engine) async throws {
        try await withChain(engine) { database in
            for (count, milliseconds) in [(3, 900_000_000), (2, 1_000), (1, 2_000)] {
                try await database.write { db in
                    let audit = Audit(db, key: Self.key)
                    let end = try audit.end()
                    try audit.record(
                        "record.posted", "x", by: Self.actor,
                        at: Moment(milliseconds: Int64(milliseconds)),
                        covering: .init(
                            first: end.position + 1, last: end.position + count, digest: "d"),
                        behind: end)
                }
            }
            #expect(try await recount(database) == 4)
            let rows = try await database.read { db in
                try db.rows("SELECT * FROM audit ORDER BY seq").map(AuditRow.init)
            }
            #expect(rows.map(\.action)[1] == "clock.behind")
            #expect(rows.compactMap(\.first) == [1, 4, 6] && rows.compactMap(\.last) == [3, 5, 6])
            #expect(try await database.read { try Audit($0, key: Self.key).position() } == 6)
        }
    }

    @Test(
        arguments: Engine.available,
        [
            "UPDATE audit SET actor = 'somebody else'", "DELETE FROM audit",
            "UPDATE audit SET seq = 2",
        ])
    func whatWasAuditedIsNeitherChangedNorRemoved(
        on engine: Engine, attempt: String
    ) async throws {
        try await withChain(engine) { database in
            try await database.write { db in
                try Audit(db, key: Self.key).record(
                    "a", "b", by: Self.actor, at: Moment(milliseconds: 0))
            }
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { try $0.script(attempt) }
            }
            #expect(error.map { "\($0)" }?.contains("audit is append-only") == true)
            #expect(try await recount(database) == 1)
        }
    }

    @Test(arguments: Engine.available)
    func theLedgerHasOneHeadAndNothingIsAuditedWithoutIt(on engine: Engine) async throws {
        try await withChain(engine) { database in
            await #expect(throws: DatabaseError.self) {
                try await database.write {
                    try $0.script(
                        "INSERT INTO ledger_head (id, position, seq, hash) VALUES (2, 0, 0, '')")
                }
            }
            try await database.write { try $0.script("DELETE FROM ledger_head") }
            await #expect(throws: DatabaseError.self) {
                try await database.write { db in
                    try Audit(db, key: Self.key).record(
                        "a", "b", by: Self.actor, at: Moment(milliseconds: 0))
                }
            }
        }
    }

    /// Links the whole chain anew and answers its length; notes where it does not hold.
    private func recount(_ database: Database) async throws -> Int {
        let rows = try await database.read { db in
            try db.rows("SELECT * FROM audit ORDER BY seq").map { row in
                (row: try AuditRow(row), hash: try row.get("hash", as: String.self))
            }
        }
        var previous = ""
        for (row, hash) in rows {
            #expect(Self.key.link(previous, row.parts) == hash)
            previous = hash
        }
        let head = try await database.read { db in
            try db.first("SELECT seq, hash FROM ledger_head").map { row in
                (seq: try row.get("seq", as: Int.self), hash: try row.get("hash", as: String.self))
            }
        }
        #expect(head?.seq == rows.count && head?.hash == previous)
        return rows.count
    }
}
