import App
import Core
import Ledger
import Rights
import Storage
import Synchronization
import TestKit
import Testing

/// Nothing is deleted unasked: what had had its time when it came in waits for somebody's word.
struct RetentionWaitTests {
    private func names(_ town: RightsTown) async throws -> Int {
        try await town.count("SELECT COUNT(*) FROM person WHERE number IS NOT NULL")
    }

    @Test(arguments: Engine.available)
    func theFirstRunOfADistrictDeletesNothingAndSaysWhatWaits(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            #expect(try await town.retention.run() == [])
            #expect(try await names(town) == 4)
            #expect(try await town.count("SELECT COUNT(*) FROM record_private") == 2)
            let waiting = try await town.retention.waiting()
            #expect(Set(waiting) == Set(try await town.retention.dryRun()), "\(waiting)")
            #expect(waiting.contains(.init(entry: "person_name", count: 1)))
            // A second night changes nothing about it.
            #expect(try await town.retention.run() == [])
            let deleted = try await town.confirmedRun()
            #expect(Set(deleted) == Set(waiting))
            #expect(try await names(town) == 3)
            #expect(try await town.retention.waiting() == [])
        }
    }

    @Test(arguments: Engine.available)
    func laterRunsGoOnByThemselvesAndOldDataOfAnImportWaitAgain(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            _ = try await town.confirmedRun()
            town.clock.set("2016-02-01")
            let due = try await town.retention.run()
            #expect(due.contains(.init(entry: "person_name", count: 1)), "\(due)")
            #expect(try await names(town) == 2)

            try await town.test.accept(
                "人员编号,姓名,单位\nP-7,庚七,410102\n", what: "persons")
            try await town.test.accept(
                "编号,日期,单位,招聘会,本人同意,毕业生,用人单位\nJ-7,2014-05-11,410102,春季招聘会,是,P-7,E-1\n",
                what: "job_intent")
            let position = try await town.test.position()
            #expect(try await town.retention.run() == [])
            let waiting = try await town.retention.waiting()
            #expect(waiting == [.init(entry: "person_name", count: 1)])
            // Somebody confirms what they saw before it came: that does not let it go.
            try await town.retention.confirm(upTo: position - 2, by: TestDistrict.actor)
            #expect(try await town.retention.run() == [])
            try await town.retention.confirm(upTo: position, by: TestDistrict.actor)
            #expect(try await town.retention.run() == waiting)
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func theOfficerSeesTheCountsAndConfirmsThem(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let officer = try await town.test.account("officer", role: "protection_officer")
            let clerk = try await town.test.account("clerk", role: "community_clerk")
            _ = try await town.retention.run()
            try await town.test.withSite(isDemonstration: false) { client in
                #expect(try await client.page("/rights/retention", as: clerk).status == 404)
                let desk = try await client.page("/rights/requests", as: officer)
                #expect(desk.text.contains("等待确认，尚未删除"))
                let page = try await client.page("/rights/retention", as: officer)
                #expect(page.text.contains("person_name") && page.text.contains("request_contact"))
                let english = try await client.page(
                    "/rights/retention", as: officer, language: .en)
                #expect(english.text.contains("Waits for a confirmation"))
                let answer = try await client.submit("/rights/retention", [:], as: officer)
                #expect(answer.status == 303, "\(answer.text)")
                let after = try await client.page("/rights/requests", as: officer)
                #expect(!after.text.contains("等待确认，尚未删除"))
            }
            #expect(try await !town.retention.run().isEmpty)
            let by = try await town.text("SELECT confirmed_by FROM retention_confirmation")
            #expect(by == officer.id.text)
            #expect(try await town.findings() == [])
        }
    }

    @Test func theServerSaysWhatWaitsAtItsStart() async throws {
        try await RightsTown.with(.sqlite) { town in
            let said = Mutex<[[Retention.Part]]>([])
            for _ in 0..<2 {
                let nightly = JobRunner(
                    town.test.database,
                    [town.retention.job(waits: { parts in said.withLock { $0.append(parts) } })],
                    now: { town.clock.moment }, pause: { _ in throw CancellationError() },
                    log: { _, _ in })
                await #expect(throws: CancellationError.self) { try await nightly.run() }
            }
            let waiting = try await town.retention.waiting()
            #expect(said.withLock { $0 } == [waiting, waiting] && !waiting.isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func theDemonstrationKeepsItsData(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.district.becomeDemonstration()
            let retention = App.retention(test.district, test.folder)
            await #expect(throws: Refusal.self) { try await retention.run() }
            await #expect(throws: Refusal.self) {
                try await retention.confirm(upTo: 0, by: TestDistrict.actor)
            }
        }
    }

    @Test(arguments: Engine.available)
    func aNumberWhoseHolderWasDeletedIsSaidToBeAndNotBroughtBack(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            _ = try await town.confirmedRun()
            let text =
                "编号,日期,单位,招聘会,本人同意,毕业生,用人单位\n"
                + "J-9,2015-06-11,410102,春季招聘会,是,P-3,E-1\n"
            guard
                case .refused(let faults) = try await town.test.importText(
                    text, what: "job_intent")
            else { throw Refusal.notAllowed }
            #expect(faults.count == 1 && faults[0].fault.words.zh.contains("2015-07-01删除"))
            #expect(faults[0].fault.words.en.contains("was deleted on 2015-07-01"))

            let persons = "人员编号,姓名,单位\nP-3,丙三,410102\nP-8,辛八,EDU-1\n"
            let path = try town.test.file("again.csv", persons)
            for new in [1, 0] {
                var said: [String] = []
                _ = try await town.test.district.importFile(
                    path, what: "persons", by: TestDistrict.actor, saying: { said.append($0.en) })
                #expect(
                    said == [
                        "Persons of the file: \(new) new; \(1 - new) there already and "
                            + "unchanged; 1 deleted earlier and not brought back."
                    ])
            }
            #expect(try await town.residue(of: ["丙三", "P-3"]) == [])
            #expect(try await town.findings() == [])
        }
    }
}
