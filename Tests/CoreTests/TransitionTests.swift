import Core
import Storage
import TestKit
import Testing

/// A slip of paper that is open, then taken up, then closed with a word.
private struct Slip: Transitional {
    enum State: String, Hashable, Sendable, CaseIterable { case open, taken, closed }

    static let table = "slip"

    static func condition(_ state: State) -> SQL { "state = \(state.rawValue)" }

    static let transitions: [Transition<State>] = [
        Transition(from: [.open], to: .taken),
        Transition(
            from: [.open, .taken], to: .closed, as: "slip.closed", needs: .confirm,
            asks: [.init("reason", zh: "请写明理由。", en: "Say why.")]),
    ]
}

@Suite struct TransitionTests {
    private static let key = AuditKey(bytes: [UInt8](repeating: 9, count: 32))
    private static let actor = Actor(name: "tester", standing: .system)
    private static let moment = Moment(milliseconds: 0)
    private static let migrations =
        coreMigrations + [
            Migration(id: "2026-01-01-slip") { _ in
                "CREATE TABLE slip (id TEXT PRIMARY KEY, state TEXT NOT NULL, reason TEXT);"
            }
        ]

    private func withSlip(
        _ engine: Engine, _ body: (Database) async throws -> Void
    ) async throws {
        try await engine.withDatabase(migrations: Self.migrations) { database in
            try await database.write {
                try $0.execute("INSERT INTO slip (id, state) VALUES ('s', 'open')")
            }
            try await body(database)
        }
    }

    private func take(
        _ database: Database, from old: Slip.State, to new: Slip.State, access: Access? = nil
    ) async throws -> Bool {
        try await database.write { db in
            try TransitionStore<Slip>(db, key: Self.key).take(
                "s", from: old, to: new, setting: "state = \(new.rawValue)", access: access,
                by: Self.actor, at: Self.moment)
        }
    }

    private func state(_ database: Database) async throws -> String? {
        try await database.read { try $0.value("SELECT state FROM slip", as: String.self) }
    }

    private func audited(_ database: Database) async throws -> [String] {
        try await database.read { db in
            try db.rows("SELECT action, subject FROM audit ORDER BY seq").map {
                "\(try $0.at(0, as: String.self)) \(try $0.at(1, as: String.self))"
            }
        }
    }

    @Test func onlyDeclaredStepsLeadOnAndAStateWithoutOneIsFinal() {
        #expect(Slip.next(after: .open) == [.taken, .closed])
        #expect(Slip.next(after: .taken) == [.closed])
        #expect(Slip.isFinal(.closed) && !Slip.isFinal(.open))
        #expect(Slip.transition(from: .taken, to: .open) == nil)
    }

    @Test func whatAStepAsksForIsMissedBesideItsField() throws {
        let closing = try #require(Slip.transition(from: .open, to: .closed))
        #expect(closing.faults(given: []).map(\.place) == ["reason"])
        #expect(closing.faults(given: ["reason"]) == [])
    }

    @Test(arguments: Engine.available)
    func aStepThatNobodyDeclaredIsRefusedAndChangesNothing(on engine: Engine) async throws {
        try await withSlip(engine) { database in
            _ = try await take(database, from: .open, to: .closed)
            await #expect(throws: Refusal.self) {
                _ = try await take(database, from: .closed, to: .open)
            }
            #expect(try await state(database) == "closed")
            #expect(try await audited(database) == ["slip.closed s"])
        }
    }

    @Test(arguments: Engine.available)
    func whoHasNotTheRightFindsNothing(on engine: Engine) async throws {
        try await withSlip(engine) { database in
            await #expect(throws: Refusal.self) {
                _ = try await take(database, from: .open, to: .closed, access: Access.none)
            }
            let found = try await state(database)
            #expect(found == "open")
            #expect(try await audited(database) == [])
        }
    }

    /// Of several who close it at once, one does, and the audit says so once.
    @Test(arguments: Engine.available)
    func ofSeveralAtOnceOneTakesTheStep(on engine: Engine) async throws {
        try await withSlip(engine) { database in
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await take(database, from: .open, to: .closed) }
                }
                return try await group.reduce(0) { $1 ? $0 + 1 : $0 }
            }
            #expect(taken == 1)
            #expect(try await audited(database) == ["slip.closed s"])
        }
    }

    /// Whatever is tried in whatever order, the row is always where the taken steps led.
    @Test(arguments: Engine.available)
    func aRowIsAlwaysWhereItsStepsLed(on engine: Engine) async throws {
        try await withSlip(engine) { database in
            var dice = Dice(seed: 13)
            var stands = Slip.State.open
            for _ in 0..<40 {
                let old = Slip.State.allCases.randomElement(using: &dice)!
                let new = Slip.State.allCases.randomElement(using: &dice)!
                let isStep = Slip.transition(from: old, to: new) != nil
                let taken = try? await take(database, from: old, to: new)
                #expect(taken == (isStep ? old == stands : nil))
                if taken == true { stands = new }
                #expect(try await state(database) == stands.rawValue)
                if stands == .closed {
                    stands = .open
                    _ = try await database.write {
                        try $0.execute("UPDATE slip SET state = 'open'")
                    }
                }
            }
        }
    }
}
