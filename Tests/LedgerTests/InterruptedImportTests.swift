import Core
import Ledger
import Storage
import TestKit
import Testing

struct InterruptedImportTests {
    /// The rows are staged in several commits; the program stops before the last of them.
    @Test(arguments: Engine.available)
    func rowsOfAKilledImportNeverCount(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let before = try await test.state()
            let text = TestDistrict.leaflets(District.stageSize * 3)
            let path = try test.file("killed.csv", text)
            let killed = Task {
                try await test.district.importFile(
                    path, what: "material", by: TestDistrict.actor
                ) { done, _ in
                    if done == District.stageSize * 2 { withUnsafeCurrentTask { $0?.cancel() } }
                }
            }
            await #expect(throws: CancellationError.self) { try await killed.value }
            #expect(try await test.count(of: "record") == District.stageSize * 2)
            #expect(try await test.facts("material").isEmpty)
            #expect(try await test.state()["audit"] == before["audit"])
            #expect(try await test.database.read { try test.district.verify($0) } == [])

            // What never counted is in nobody's way.
            try await test.accept(text, what: "material")
            #expect(try await test.facts("material").count == District.stageSize * 3)
            #expect(try await test.database.read { try test.district.verify($0) } == [])
        }
    }

    /// Rows that are staged right now stay: their import may still be published.
    @Test(arguments: Engine.available)
    func whatAKilledImportLeftGoesADayLaterAndNothingElse(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.postLeaflet("别的")
            let path = try test.file("killed.csv", TestDistrict.leaflets(District.stageSize * 3))
            let killed = Task {
                try await test.district.importFile(
                    path, what: "material", by: TestDistrict.actor
                ) { done, _ in
                    if done == District.stageSize * 2 { withUnsafeCurrentTask { $0?.cancel() } }
                }
            }
            await #expect(throws: CancellationError.self) { try await killed.value }
            let staged = try #require(ledgerData.sweepers.first { $0.name == "staged_rows" })
            func sweep(hours: Int64) async throws -> [Int] {
                let now = Moment(
                    milliseconds: TestDistrict.moment.milliseconds + hours * 3_600_000)
                var counts: [Int] = []
                while counts.last != 0 {
                    counts.append(
                        try await test.database.write { try staged.sweep($0, now) })
                }
                return counts
            }
            #expect(try await sweep(hours: 23) == [0])
            #expect(try await sweep(hours: 25) == [District.stageSize, District.stageSize, 0])
            #expect(try await test.count(of: "record") == 1)
            #expect(try await test.database.read { try test.district.verify($0) } == [])
            await #expect(throws: DatabaseError.self) {
                try await test.database.write { try $0.execute("DELETE FROM record") }
            }
        }
    }

    @Test(arguments: Engine.available)
    func anImportDuringWhichTheUnitsChangedIsRefused(on engine: Engine) async throws {
        try await overtake(engine, "The units changed during the import") { test in
            try await test.accept(
                "编码,名称,形式,领土上级,起始日期\nC9,新社区,community,410102001,2015-03-01\n", what: "units")
        }
    }

    @Test(arguments: Engine.available)
    func anImportWhoseRecordWasReversedMeanwhileIsRefused(on engine: Engine) async throws {
        try await overtake(engine, "was voided") { test in
            let id = try #require(try await test.facts("material").first).id
            _ = try await test.district.reverse(id, because: "误", by: TestDistrict.actor)
        }
    }

    @Test(arguments: Engine.available)
    func anImportWhoseRowWasPostedMeanwhileIsRefused(on engine: Engine) async throws {
        try await overtake(engine, "Others posted the same") { test in
            try await test.postLeaflet("宣传页7", copies: 8)
        }
        try await overtake(engine, "Others posted the same") { test in
            try await test.postLeaflet("别的", ref: "R-1")
        }
    }

    @Test(arguments: Engine.available)
    func twoWhoImportOneFileAtOnceImportItOnce(on engine: Engine) async throws {
        try await overtake(engine, "has just been imported by others", counting: 3) { test in
            _ = try await test.district.importFile(
                test.folder.path + "/slow.csv", what: "material", by: TestDistrict.actor)
        }
    }

    @Test(arguments: Engine.available)
    func whatIsUnrelatedMayHappenMeanwhile(on engine: Engine) async throws {
        try await overtake(engine, nil, counting: 4) { test in
            try await test.postLeaflet("无关")
        }
    }

    /// Imports a slow file while the body does something else, and checks what becomes of it.
    private func overtake(
        _ engine: Engine, _ words: String?, counting count: Int? = nil,
        body: @escaping @Sendable (TestDistrict) async throws -> Void
    ) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.postLeaflet("旧页", ref: "OLD")
            let path = try test.file(
                "slow.csv",
                "编号,日期,单位,份数,名称,冲销,理由\n,2015-03-01,BUR-EDU,8,宣传页7,,\n"
                    + "R-1,2015-03-01,BUR-EDU,8,宣传页8,,\nR-2,2015-03-01,BUR-EDU,8,宣传页9,,\n"
                    + ",2015-03-01,BUR-EDU,,,OLD,写错\n")
            let meanwhile = Outcome<Void>()
            var said: String?
            do {
                _ = try await withTaskExecutorPreference(OwnThread()) {
                    try await test.district.importFile(
                        path, what: "material", by: TestDistrict.actor
                    ) { _, _ in meanwhile.wait { try await body(test) } }
                }
            } catch let no as Refusal {
                said = no.text(.en)
            }
            try meanwhile.get()
            if let words {
                #expect(said?.contains(words) == true, "\(said ?? "published")")
            } else {
                #expect(said == nil)
            }
            if let count { #expect(try await test.facts("material").count == count) }
            #expect(try await test.database.read { try test.district.verify($0) } == [])
        }
    }
}
