import Accounts
import Cases
import Core
import Ledger
import Storage
import TestKit
import Testing

/// Lists and clocks are what the records say, after whatever was done.
struct DerivedTests {
    /// Whatever may be tried, in whatever order: the tables say what the fold says.
    @Test(arguments: Engine.available, [11, 12, 13])
    func theTablesEqualTheFoldAfterRandomHistories(_ engine: Engine, _ seed: UInt64) async throws {
        try await FellingDistrict.with(engine) { town in
            var dice = Dice(seed: seed)
            var cases: [Record.ID] = []
            var taken = 0
            for _ in 0..<70 {
                if dice.roll(0...5) == 0 { town.clock.pass(days: dice.roll(0...8)) }
                if cases.isEmpty || dice.roll(0...7) == 0 {
                    let person = ["P-1", "P-2", "P-3", "R-1"][dice.roll(0...3)]
                    var made: Record.ID?
                    _ = await refused { made = try await town.open(person) }
                    if let made { cases.append(made) }
                    continue
                }
                let id = cases[dice.roll(0...cases.count - 1)]
                let act = dice.roll(0...8)
                let answer = await refused { try await Self.act(act, town, id) }
                if answer == nil { taken += 1 }
            }
            #expect(taken > 10)
            let findings = try await town.findings()
            #expect(findings == [], "\(findings)")
            let rows = try await town.count("SELECT COUNT(*) FROM case_state")
            #expect(rows == cases.count)
        }
    }

    private static func act(_ act: Int, _ town: Town, _ id: Record.ID) async throws {
        let machine = CaseActor.machine(TestDistrict.actor)
        let district = town.district
        switch act {
        case 0: try await town.survey(id)
        case 1...3:
            try await town.decide(
                id, ["allowed", "refused", "again"][act - 1], reasons: ["not_before": "急"])
        case 4: try await town.take("report", in: id)
        case 5: try await town.take("object", in: id)
        case 6:
            try await district.takeBack(
                in: id, shown: try await town.newest(id), because: "误录", by: machine)
        case 7:
            let day = town.clock.now.day + 3
            try await town.test.database.write { db in
                try district.pause(
                    AskedPause("survey", on: "storm", until: day), in: id,
                    shown: try town.newest(id, db), because: "大风", by: machine, db: db)
            }
        default:
            let unit = try await town.unit("C2")
            try await town.test.database.write { db in
                try district.handOn(
                    "report", to: unit, in: id, shown: try town.newest(id, db), because: "调整",
                    by: machine, db: db)
            }
        }
    }

    @Test(arguments: Engine.available)
    func anEditedRowIsFound(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            let other = try await town.open("P-3")
            try await town.test.database.write { db in
                try db.execute("UPDATE case_state SET stage = 'decided' WHERE case_id = \(id)")
                try db.execute("DELETE FROM obligation WHERE case_id = \(other)")
            }
            let findings = try await town.district.verifyCases().map(\.sentence)
            #expect(findings.count == 2, "\(findings)")
            #expect(findings.contains { $0.contains("line of the case \(id)") })
            #expect(findings.contains { $0.contains("what the case \(other) owes") })
            // Reading them off anew mends both.
            _ = try await town.district.refoldCases(always: true)
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func aWriteThatFailsLeavesNothing(_ engine: Engine) async throws {
        struct Stopped: Error {}
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            let position = try await town.test.position()
            await #expect(throws: Stopped.self) {
                try await town.test.database.write { db in
                    try town.district.takeStep(
                        "survey", in: id, shown: 1, values: [.measure(0): "3"],
                        by: .machine(TestDistrict.actor), db: db)
                    throw Stopped()
                }
            }
            #expect(try await town.test.position() == position)
            #expect(try await town.row(id).seq == 1)
            #expect(try await town.owed(id) == ["survey"])
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func aPauseStandsTheClockAndHandingOnDoesNot(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            let machine = CaseActor.machine(TestDistrict.actor)
            func latest() async throws -> Moment? {
                try await town.test.database.read { db in
                    try CaseStore(db).obligations(of: [id])[id]?.first?.latest
                }
            }
            let first = try #require(try await latest())
            let foreign = await refused {
                try await town.test.database.write { db in
                    try town.district.pause(
                        AskedPause("survey", on: "holiday", until: town.clock.now.day + 2), in: id,
                        shown: 1,
                        because: "放假", by: machine, db: db)
                }
            }
            #expect(foreign == Refusal.notFound.text(.en))
            let long = await refused {
                try await town.test.database.write { db in
                    try town.district.pause(
                        AskedPause("survey", on: "storm", until: town.clock.now.day + 30), in: id,
                        shown: 1,
                        because: "大风", by: machine, db: db)
                }
            }
            #expect(long?.contains("20 days") == true, "\(long ?? "")")
            try await town.test.database.write { db in
                try town.district.pause(
                    AskedPause("survey", on: "storm", until: town.clock.now.day + 7), in: id,
                    shown: 1,
                    because: "大风", by: machine, db: db)
            }
            let paused = try #require(try await latest())
            #expect(paused > first)
            let unit = try await town.unit("C2")
            try await town.test.database.write { db in
                try town.district.handOn(
                    "survey", to: unit, in: id, shown: 2, because: "就近办理", by: machine, db: db)
            }
            #expect(try await latest() == paused)
            let holder = try await town.test.database.read { db in
                try CaseStore(db).obligations(of: [id])[id]?.first?.holder
            }
            #expect(holder == unit)
            #expect(try await town.findings() == [])
        }
    }
}
