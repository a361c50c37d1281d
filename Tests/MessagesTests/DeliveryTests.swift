import Accounts
import Core
import Messages
import Storage
import TestKit
import Testing

/// That nothing is lost and nothing marked twice, whatever ends a program in the middle.
struct DeliveryTests {
    /// What a program has under way.
    private struct Held: Sendable {
        let delivery: Delivery
        let until: Moment
    }

    private static func take(_ db: Database, _ clock: TestClock) async throws -> Delivery? {
        let moment = clock.moment
        return try await db.write { db in
            let store = DeliveryStore(db)
            guard let next = try store.next(at: moment, without: []) else { return nil }
            return try store.take(next, at: moment) ? next : nil
        }
    }

    private static func put(_ count: Int, _ db: Database, _ clock: TestClock) async throws {
        let moment = clock.moment
        try await db.write { db in
            for index in 0..<count {
                try DeliveryStore(db).put(
                    DeliveryStore.New(
                        key: "event \(index)", event: Message.Event("case_late"),
                        channel: .webhook, place: "webhook:\(index % 3)", account: nil,
                        body: "sealed"), at: moment)
            }
        }
    }

    private static func states(_ db: Database) async throws -> [String: Int] {
        try await db.read { db in
            var states: [String: Int] = [:]
            for row in try db.rows("SELECT state, COUNT(*) FROM delivery GROUP BY state") {
                states[try row.at(0)] = try row.at(1)
            }
            return states
        }
    }

    @Test(arguments: Engine.available, [1, 2, 3, 4, 5] as [UInt64])
    func noEndOfAProgramLosesADeliveryOrTakesItUpTwiceAtOnce(
        on engine: Engine, seed: UInt64
    ) async throws {
        let clock = TestClock()
        var dice = Dice(seed: seed)
        try await TestDistrict.with(engine, now: { clock.moment }) { test in
            let db = test.database
            let count = 12
            try await Self.put(count, db, clock)
            var sent: [Delivery.ID: Int] = [:]
            var held: [Held] = []
            for _ in 0..<150 {
                // What happened is told again, as after a restart in the middle of the plan.
                if dice.roll(1...10) == 1 { try await Self.put(count, db, clock) }
                clock.advance(Int64(dice.roll(0...60)) * 1_000)
                held.removeAll { $0.until <= clock.moment }
                guard let next = try await Self.take(db, clock) else { continue }
                #expect(!held.contains { $0.delivery.id == next.id })
                let end = clock.moment.milliseconds + MessageLimits.leaseSeconds * 1_000
                let mine = Held(delivery: next, until: Moment(milliseconds: end))
                // Killed before it was sent, behind it, answered by a fault, or all went well.
                switch dice.roll(1...4) {
                case 1: held.append(mine)
                case 2:
                    sent[next.id, default: 0] += 1
                    held.append(mine)
                case 3:
                    let moment = clock.moment
                    let fault = DeliveryFault(.later)
                    try await db.write { db in
                        try DeliveryStore(db).finish(
                            next.id, tries: next.tries + 1, fault, rest: 30, at: moment)
                    }
                default:
                    sent[next.id, default: 0] += 1
                    let moment = clock.moment
                    try await db.write { db in
                        try DeliveryStore(db).finish(
                            next.id, tries: next.tries + 1, nil, rest: 0, at: moment)
                    }
                }
            }
            // At last everything that was not given up arrives.
            for _ in 0..<count {
                clock.advance(MessageLimits.leaseSeconds * 1_000 + 1)
                while let next = try await Self.take(db, clock) {
                    sent[next.id, default: 0] += 1
                    let moment = clock.moment
                    try await db.write { db in
                        try DeliveryStore(db).finish(
                            next.id, tries: next.tries + 1, nil, rest: 0, at: moment)
                    }
                }
            }
            let states = try await Self.states(db)
            #expect(states.values.reduce(0, +) == count)
            #expect(Set(states.keys).isSubset(of: ["sent", "dead"]))
            // What is marked was sent; what was given up stands there to be seen.
            let marked = try await db.read { db in
                try db.rows("SELECT id FROM delivery WHERE state = 'sent'").map {
                    try $0.at(0, as: Delivery.ID.self)
                }
            }
            #expect(Set(marked).isSubset(of: sent.keys))
            #expect(marked.count >= count / 2)
        }
    }

    @Test(arguments: Engine.available)
    func whoComesBackLateChangesNothingButThatItArrived(on engine: Engine) async throws {
        let clock = TestClock()
        try await TestDistrict.with(engine, now: { clock.moment }) { test in
            let db = test.database
            try await Self.put(1, db, clock)
            let first = try #require(try await Self.take(db, clock))
            #expect(try await Self.take(db, clock) == nil)
            clock.advance(MessageLimits.leaseSeconds * 1_000)
            let second = try #require(try await Self.take(db, clock))
            #expect(second.id == first.id && second.tries == first.tries + 1)
            let moment = clock.moment
            // A fault of the first try says nothing of the second.
            try await db.write { db in
                try DeliveryStore(db).finish(
                    first.id, tries: first.tries + 1, DeliveryFault(.refused, isFinal: true),
                    rest: 0, at: moment)
            }
            #expect(try await Self.states(db) == ["sending": 1])
            try await db.write { db in
                try DeliveryStore(db).finish(
                    first.id, tries: first.tries + 1, nil, rest: 0, at: moment)
            }
            #expect(try await Self.states(db) == ["sent": 1])
        }
    }

    @Test(arguments: Engine.available)
    func whatFailsAsOftenAsItMayIsGivenUpAndTriedAnewOnlyWhenAsked(
        on engine: Engine
    ) async throws {
        let clock = TestClock()
        try await TestDistrict.with(engine, now: { clock.moment }) { test in
            let db = test.database
            try await Self.put(1, db, clock)
            for _ in 0..<MessageLimits.tries {
                clock.advance(86_400_000)
                let next = try #require(try await Self.take(db, clock))
                let moment = clock.moment
                try await db.write { db in
                    try DeliveryStore(db).finish(
                        next.id, tries: next.tries + 1, DeliveryFault(.later), rest: 60,
                        at: moment)
                }
            }
            clock.advance(86_400_000)
            #expect(try await Self.take(db, clock) == nil)
            #expect(try await Self.states(db) == ["dead": 1])
            let moment = clock.moment
            #expect(try await db.write { try DeliveryStore($0).again(nil, at: moment) } == 1)
            #expect(try await Self.take(db, clock)?.tries == 0)
        }
    }
}
