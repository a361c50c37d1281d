import Core
import Storage
import TestKit
import Testing

/// The time of the audit never runs backwards, whatever the clock does.
@Suite struct ClockBackTests {
    private static let key = AuditKey(bytes: [UInt8](repeating: 9, count: 32))
    private static let actor = Actor(name: "tester", standing: .system)

    @Test(arguments: Engine.available)
    func aClockThatSteppedBackIsNoticedOnce(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: coreMigrations) { database in
            // In seconds: a small step is none; a day is one; after it was set right another is.
            for second: Int64 in [1_000_000, 999_950, 900_000, 900_010, 1_000_001, 800_000] {
                try await database.write { db in
                    try Audit(db, key: Self.key).record(
                        "a", "b", by: Self.actor, at: Moment(milliseconds: second * 1_000))
                }
            }
            let rows = try await database.read { db in
                try db.rows("SELECT action, subject, at FROM audit ORDER BY seq").map {
                    (
                        try $0.at(0, as: String.self), try $0.at(1, as: String.self),
                        try $0.at(2, as: Int64.self) / 1_000
                    )
                }
            }
            let times = rows.map(\.2)
            #expect(times == times.sorted())
            let noticed = rows.filter { $0.0 == "clock.behind" }.map(\.1)
            #expect(noticed == ["100000", "200001"], "\(rows)")
        }
    }
}
