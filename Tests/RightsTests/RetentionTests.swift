import App
import Core
import Foundation
import Ledger
import Rights
import Storage
import Synchronization
import TestKit
import Testing

struct RetentionTests {
    @Test(arguments: Engine.available)
    func aDryRunCountsAndDeletesNothing(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let parts = try await town.retention.dryRun()
            #expect(parts.contains(.init(entry: "request_contact", count: 1)), "\(parts)")
            #expect(parts.contains(.init(entry: "person_name", count: 1)), "\(parts)")
            #expect(parts.contains(.init(entry: "evidence_file", count: 1)), "\(parts)")
            #expect(try await !town.residue(of: RightsTown.gone).isEmpty)
            #expect(try await town.count("SELECT COUNT(*) FROM deletion_proof") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func whatHasHadItsTimeLeavesNoResidueAndNoFigureMoves(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let before = try await town.test.phrase("job_fair.intents", "410102", "2014")
            let evidence = try #require(try await town.text("SELECT id FROM evidence"))
            let file = town.test.folder.evidence + "/" + evidence
            #expect(FileManager.default.fileExists(atPath: file))
            let position = try await town.test.position()

            _ = try await town.confirmedRun()

            #expect(try await town.residue(of: RightsTown.gone + ["登记表.txt"]) == [])
            #expect(!FileManager.default.fileExists(atPath: file))
            #expect(try await town.test.phrase("job_fair.intents", "410102", "2014") == before)
            #expect(try await town.test.position() == position)
            #expect(try await town.findings() == [])
            #expect(try await town.count("SELECT COUNT(*) FROM record_private") == 1)
            for number in ["P-1", "P-2"] { _ = try await town.person(number) }
        }
    }

    @Test(arguments: Engine.available)
    func aFileThatNoRowNamesGoesAfterThirtyDaysAndAYoungOneStays(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let files = FileManager.default
            let now = town.test.district.now().milliseconds / 1_000
            func left(_ name: String, days: Int64) throws -> String {
                let path = town.test.folder.evidence + "/" + name
                try Data("旧".utf8).write(to: URL(fileURLWithPath: path))
                let written = Date(timeIntervalSince1970: TimeInterval(now - days * 86_400))
                try files.setAttributes([.modificationDate: written], ofItemAtPath: path)
                return path
            }
            let old = try left(ID<Record>.make().text, days: 31)
            let young = try left(ID<Record>.make().text, days: 29)
            let foreign = try left("notes.txt", days: 400)
            _ = try await town.confirmedRun()
            #expect(!files.fileExists(atPath: old))
            #expect(files.fileExists(atPath: young))
            #expect(files.fileExists(atPath: foreign), "what is none of ours is let be")
        }
    }

    /// What waits stays, however long: it would be lost through somebody else's delay.
    @Test(
        arguments: Engine.available,
        [("2015-07-30", 3), ("2015-08-01", 2)])
    func whatWasSentBackGoesAfterThirtyDaysWithItsFileAndWhatWaitsStays(
        on engine: Engine, expected: (day: String, left: Int)
    ) async throws {
        try await RightsTown.with(engine) { town in
            let writer = try await town.test.account("writer")
            func keep(_ decided: String?) async throws -> String {
                let (id, file) = (ID<Record>.make().text, ID<Record>.make().text)
                let path = town.test.folder.evidence + "/" + file
                try Data("旧".utf8).write(to: URL(fileURLWithPath: path))
                let written = TimeInterval(DayClock.noon("2015-06-20").milliseconds / 1_000)
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSince1970: written)],
                    ofItemAtPath: path)
                let moment = decided.map(DayClock.noon)
                let by = decided.map { _ in "another" }
                try await town.test.database.write { db in
                    try db.execute(
                        """
                        INSERT INTO entry_waiting (id, account_id, kind, unit_id, happened_on,
                            said, asked_at, decided_at, decided_by, reason)
                        VALUES (\(id), \(writer.id), 'opinion_round',
                            (SELECT r.unit_id FROM record r WHERE r.ref = 'J-1'), '2015-06-20',
                            '{}', \(DayClock.noon("2015-06-20")), \(moment), \(by), \(by))
                        """)
                    try db.execute(
                        """
                        INSERT INTO entry_waiting_file (id, waiting_id, file_name, media_type,
                            size, file_digest)
                        VALUES (\(file), \(id), '表.txt', 'text/plain', 3, 'x')
                        """)
                }
                return path
            }
            let waiting = try await keep(nil)
            let early = try await keep("2015-07-01")
            let late = try await keep("2015-07-10")
            town.clock.set(expected.day)
            _ = try await town.confirmedRun()
            let left = try await town.count("SELECT COUNT(*) FROM entry_waiting")
            let named = try await town.count("SELECT COUNT(*) FROM entry_waiting_file")
            #expect(left == expected.left && named == expected.left)
            let files = FileManager.default
            #expect(files.fileExists(atPath: waiting) && files.fileExists(atPath: late))
            #expect(files.fileExists(atPath: early) == (expected.left == 3))
        }
    }

    @Test(arguments: Engine.available)
    func everyDeletionHasItsProofInTheAudit(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            _ = try await town.confirmedRun()
            let unproven = try await town.count(
                """
                SELECT COUNT(*) FROM deletion_proof d WHERE NOT EXISTS (
                    SELECT 1 FROM audit a WHERE a.seq = d.audit_seq AND a.subject = d.id
                        AND a.action = 'retention.deleted' AND a.digest IS NOT NULL)
                """)
            #expect(unproven == 0)
            #expect(
                try await town.count(
                    "SELECT SUM(row_count) FROM deletion_proof WHERE entry = 'request_contact'")
                    == 1)
            let isRefused = await town.refuses("DELETE FROM deletion_proof")
            #expect(isRefused)
            #expect(try await town.retention.dryRun() == [], "a second time there is nothing")
        }
    }

    /// The contact is kept 180 days from the newest day on which its request was used.
    @Test(
        arguments: Engine.available,
        [("2015-08-27", 1), ("2015-08-28", 0)])
    func aContactGoesOnItsDayAndNotBefore(
        on engine: Engine, expected: (day: String, left: Int)
    ) async throws {
        try await RightsTown.with(engine) { town in
            town.clock.set(expected.day)
            _ = try await town.confirmedRun()
            let left = try await town.count("SELECT COUNT(*) FROM record_private")
            #expect(left == expected.left)
        }
    }

    @Test(arguments: Engine.available)
    func whatIsStillUsedIsKept(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            try await town.post(
                "request_confirmation",
                [
                    .day: "2015-06-20", .unit: "410102001001", .subject("request"): "Q-1",
                ])
            town.clock.set("2015-08-28")
            _ = try await town.confirmedRun()
            #expect(try await town.count("SELECT COUNT(*) FROM record_private") == 1)
            town.clock.set("2015-12-17")
            _ = try await town.confirmedRun()
            #expect(try await town.count("SELECT COUNT(*) FROM record_private") == 0)
        }
    }

    /// A volunteer's name is kept one year after they left; who is a member as well keeps theirs.
    @Test(
        arguments: Engine.available,
        [("2016-01-31", 1), ("2016-02-01", 0)])
    func aStandingThingIsKeptFromItsEnd(
        on engine: Engine, expected: (day: String, left: Int)
    ) async throws {
        try await RightsTown.with(engine) { town in
            town.clock.set(expected.day)
            _ = try await town.confirmedRun()
            let left = try await town.count(
                "SELECT COUNT(*) FROM person WHERE number = 'P-2' AND name = '乙二'")
            #expect(left == expected.left)
            #expect(try await town.count("SELECT COUNT(*) FROM person WHERE name = '甲一'") == 1)
        }
    }

    @Test(arguments: Engine.available)
    func somebodyNoRecordNamesIsForgottenAYearAfterHeWasEntered(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            _ = try await town.confirmedRun()
            #expect(try await town.count("SELECT COUNT(*) FROM person WHERE name = '丁四'") == 1)
            town.clock.set("2016-07-02")
            _ = try await town.confirmedRun()
            #expect(try await town.count("SELECT COUNT(*) FROM person WHERE name = '丁四'") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func sessionsAndLinksAreSweptAndProven(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            _ = try await town.test.account("li")
            try await town.test.database.write { db in
                _ = try VerifiedContactStore(db, key: town.test.district.key).issue(
                    person: try db.value("SELECT id FROM person WHERE number = 'P-1'"),
                    record: nil, proof: .known, minutes: 60, by: TestDistrict.actor,
                    at: town.clock.moment)
            }
            _ = try await town.confirmedRun()
            #expect(try await town.count("SELECT COUNT(*) FROM session") == 1)
            #expect(try await town.count("SELECT COUNT(*) FROM verified_contact") == 1)
            town.clock.set("2015-08-15")
            _ = try await town.confirmedRun()
            #expect(try await town.count("SELECT COUNT(*) FROM session") == 0)
            #expect(try await town.count("SELECT COUNT(*) FROM verified_contact") == 0)
        }
    }

    /// The audit is kept three years, and a look at a sealed record exactly as long.
    @Test(arguments: Engine.available)
    func aLookAtASealedRecordGoesWithItsAuditRowAndNotBefore(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            try await town.look(at: "M-1", because: "核对组织关系")
            for statement in [
                "DELETE FROM sealed_view", "UPDATE sealed_view SET reason = '另一个'",
                "UPDATE sealed_view SET reason = '', at = 1",
                "UPDATE sealed_view SET reason = '', record_id = 'x'",
            ] {
                let isRefused = await town.refuses(statement)
                #expect(isRefused, "\(statement)")
            }
            town.clock.set("2018-07-01")
            _ = try await town.confirmedRun()
            #expect(try await town.count("SELECT COUNT(*) FROM sealed_view") == 1)
            town.clock.set("2018-07-02")
            _ = try await town.confirmedRun()
            #expect(try await town.count("SELECT COUNT(*) FROM sealed_view") == 0)
            let proven = try await town.count(
                "SELECT COUNT(*) FROM deletion_proof WHERE entry = 'sealed_view'")
            #expect(proven == 1)
            #expect(try await town.findings() == [])
        }
    }

    @Test(
        arguments: [
            ("2015-07-01 02:59", "2015-07-01 03:00"), ("2015-07-01 03:00", "2015-07-02 03:00"),
            ("2015-07-01 23:00", "2015-07-02 03:00"),
        ])
    func theNightlyRunIsAtThreeInTheDistrict(from: String, to: String) {
        func moment(_ text: String) -> Moment {
            let parts = text.split(separator: " ").map(String.init)
            let clock = parts[1].split(separator: ":").compactMap { Int64($0) }
            let noon = DayClock.noon(parts[0]).milliseconds - 12 * 3_600_000
            return Moment(
                milliseconds: noon + clock[0] * 3_600_000 + clock[1] * 60_000)
        }
        #expect(Nightly.next(after: moment(from)) == moment(to))
    }

    /// The nights are driven by a clock that the test moves; the third pause stops the server.
    @Test func theServerRunsItAtStartWhenANightWasMissedAndThenEachNight() async throws {
        try await RightsTown.with(.sqlite) { town in
            let pauses = Mutex<[Int64]>([])
            let nightly = JobRunner(
                town.test.database, [town.retention.job()], now: { town.clock.moment },
                pause: { wait in
                    let count = pauses.withLock { kept in
                        kept.append(wait)
                        return kept.count
                    }
                    if count == 3 { throw CancellationError() }
                    town.clock.advance(minutes: wait / 60_000)
                }, log: { _, _ in })
            await #expect(throws: CancellationError.self) { try await nightly.run() }
            #expect(pauses.withLock { $0 } == [15, 24, 24].map { $0 * 3_600_000 })
            let runs = try await town.count("SELECT COUNT(*) FROM retention_run")
            let isDue = try await town.retention.isDue()
            #expect(runs == 3 && !isDue)
            town.clock.advance(minutes: 24 * 60)
            let isDueNextNight = try await town.retention.isDue()
            #expect(isDueNextNight)
        }
    }

    /// PostgreSQL goes by the sizes of the tables; SQLite would walk along the records of a kind.
    @Test func theFilesAreAskedForTheirRecordsAndNotTheOtherWayRound() async throws {
        try await TestDistrict.with(.sqlite) { test in
            let plan = RetentionPlan(test.district.catalogue, on: TestDistrict.moment.day)
            let lines = try await test.database.read { db in
                try db.plan(plan.evidence(after: "", limit: 10))
            }
            #expect(lines.first?.hasPrefix("SEARCH e ") == true, "\(lines)")
        }
    }
}
