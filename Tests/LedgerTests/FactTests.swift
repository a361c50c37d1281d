import Core
import Ledger
import Storage
import TestKit
import Testing

struct FactTests {
    /// Whatever is posted, reversed, ended, imported and undone: the fragments say at each
    /// position what the view said when that position was the newest, and what a recount of the
    /// bare rows comes to.
    @Test(arguments: Engine.available, [1, 2, 3])
    func theLedgerAnswersAsItStoodAtAnyPosition(on engine: Engine, seed: Int) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            var chance = Dice(seed: UInt64(seed))
            var ledger = RandomLedger(test: test)
            var stood: [Int: [Standing]] = [:]
            for _ in 0..<80 {
                try await ledger.act(&chance)
                let (position, facts) = try await test.database.read { db in
                    let position = try Audit(db, key: test.district.key).position()
                    return (
                        position,
                        try db.rows("SELECT id, happened_on, last_on FROM fact ORDER BY id")
                            .map(Standing.init)
                    )
                }
                stood[position] = facts
            }
            try #require(stood.count > 20, "most of what was tried was accepted")
            try #require(ledger.undone > 0 && ledger.reversed > 0)
            let days = (0..<6).map { _ in Day(2015, 1, 1)! + chance.roll(0...180) }
            try await test.database.read { [stood] db in
                let rows = try BareLedger(db)
                #expect(rows.ends > 0)
                for (position, facts) in stood {
                    let fact = Fact("f", asOf: position)
                    let counted = try db.rows(
                        """
                        SELECT f.id, f.happened_on, \(fact.lastOn) AS last_on FROM \(fact.source)
                        WHERE \(fact.counts) ORDER BY f.id
                        """
                    ).map(Standing.init)
                    #expect(counted == facts, "at position \(position)")
                    #expect(rows.facts(at: position) == facts, "recounted at \(position)")
                    for day in days {
                        let inForce = try db.rows(
                            """
                            SELECT f.id FROM \(fact.source)
                            WHERE \(fact.counts) AND \(fact.inForce(on: "\(day)")) ORDER BY f.id
                            """
                        ).map { try $0.at(0, as: String.self) }
                        #expect(inForce == facts.filter { $0.inForce(on: day) }.map(\.id))
                    }
                }
            }
            #expect(try await test.database.read { try test.district.verify($0) } == [])
        }
    }
}
