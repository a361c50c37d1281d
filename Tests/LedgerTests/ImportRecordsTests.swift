import Core
import Ledger
import Storage
import TestKit
import Testing

struct ImportRecordsTests {
    @Test(arguments: Engine.available)
    func aFileThatDoesNotFitItsHeadingsIsRefused(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            for (text, words) in [
                ("", "The file is empty"), ("日期,单位\n", "headings but no rows"),
                ("日期,单位,份数,标题二\n2015-03-01,BUR-EDU,1,页\n", "“标题二” is not known"),
                ("日期,单位,份数,名称,title\n2015-03-01,BUR-EDU,1,页,页\n", "is given twice"),
                ("日期,份数,名称\n2015-03-01,1,页\n", "“单位” is missing"),
                ("单位,份数,名称\nBUR-EDU,1,页\n", "“日期” is missing"),
                ("日期,单位\n2015-03-01,\"BUR-EDU\n", "opened on line 2 is never closed"),
            ] {
                let said = try await test.refused { try await test.accept(text, what: "material") }
                #expect(said.contains(words), "\(said)")
            }
            let unknown = try await test.refused {
                try await test.accept("日期,份,单\n1,2,3\n", what: "material")
            }
            #expect(unknown.contains("“份” is not known. Known: "))
            for label in ["编号", "日期", "单位", "份数", "名称", "作废", "理由"] {
                #expect(unknown.contains(label), "the known headings name \(label)")
            }
            #expect(unknown.contains("“单” is not known"), "every unknown heading is named")
            let kind = try await test.refused { try await test.accept("a\n1\n", what: "leaflets") }
            #expect(kind.contains("There is no kind “leaflets”"))
            let file = try await test.refused {
                try await test.district.importFile(
                    "/nowhere/a.csv", what: "material", by: TestDistrict.actor)
            }
            #expect(file.contains("There is no file"))
        }
    }

    @Test(arguments: Engine.available)
    func aRefusedFileNamesEveryWrongRowAndLeavesNothing(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let ragged = try await test.faults(
                "日期,单位,份数,名称\n2015-03-01,BUR-EDU,1,甲\n2015-03-01,BUR-EDU,1\n"
                    + "2015-03-01,BUR-EDU,1,丙,丁\n",
                what: "material")
            // Spreadsheets leave out what is empty at the end of a row.
            #expect(ragged == ["4 行: The row has 5 values for 4 headings."])
            let faults = try await test.faults(
                "编号,日期,单位,份数,名称\n,2015-03-01,BUR-EDU,1,甲\n,2015-03-01,BUR-EDU,1,甲\n"
                    + ",2015-02-30,NONE,-1,\nA,2015-03-01,BUR-EDU,1,乙\nA,2015-03-02,BUR-EDU,1,丙\n",
                what: "material")
            #expect(faults.count == 5, "\(faults)")
            #expect(faults[0].hasPrefix("3 行: Line 2 says the same"))
            #expect(faults[1...3].allSatisfy { $0.hasPrefix("4 ") })
            #expect(faults[4] == "6 编号: The number “A” is on line 5 as well.")
        }
    }

    @Test(arguments: Engine.available)
    func whatTheLedgerHoldsAlreadyIsNotTakenAgain(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.postLeaflet("甲", copies: 1)
            let position = try await test.position()
            try await test.postLeaflet("乙", copies: 1, ref: "A")
            let faults = try await test.faults(
                "编号,日期,单位,份数,名称\n,2015-03-01,BUR-EDU,1,甲\nA,2015-03-02,BUR-EDU,1,丙\n"
                    + ",2015-03-01,BUR-EDU,1,丁\n",
                what: "material")
            #expect(
                faults == [
                    "2 行: Record \(position) says the same and is in the ledger already.",
                    "3 编号: The number “A” is taken.",
                ])
        }
    }

    @Test(arguments: Engine.available)
    func aFileIsPublishedAtOnceAndStandsInItsOrder(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let before = try await test.state()
            let rows = District.stageSize * 2 + 1
            let seen = Outcome<Int>()
            let steps = Outcome<Int>()
            let path = try test.file("leaflets.csv", TestDistrict.leaflets(rows))
            let outcome = try await withTaskExecutorPreference(OwnThread()) {
                try await test.district.importFile(
                    path, what: "material", by: TestDistrict.actor
                ) { done, total in
                    if done == District.stageSize {
                        seen.wait { try await test.facts("material").count }
                        steps.wait { try await test.count(of: "record") }
                    }
                    #expect(total == rows)
                }
            }
            #expect(try seen.get() == 0, "nothing counts before everything does")
            #expect(try steps.get() == District.stageSize)
            guard case .published(let id, rows) = outcome else {
                Issue.record("not published: \(outcome)")
                return
            }
            let facts = try await test.facts("material")
            #expect(facts.map(\.fields["title"]) == (1...rows).map { "宣传页\($0)" })
            let base = before["position", default: 0]
            #expect(facts.map(\.position) == Array(base + 1...base + rows))
            let after = try await test.state()
            #expect(after["position"] == base + rows)
            #expect(after["audit"] == before["audit", default: 0] + 1, "one row for the whole file")
            let row = try await test.database.read { db in
                try db.first("SELECT * FROM audit WHERE subject = \(id)")
            }
            #expect(try row?.get("action") == "import.published")
            #expect(try row?.get("first_position") == base + 1)
            #expect(try row?.get("last_position") == base + rows)
            #expect(try await test.database.read { try test.district.verify($0) } == [])
        }
    }

    @Test(arguments: Engine.available)
    func aFileThatComesAgainIsRecognized(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let text = TestDistrict.leaflets(3)
            let id = try await test.accept(text, what: "material")
            let before = try await test.state()
            guard case .recognized(id) = try await test.importText(text, what: "material") else {
                Issue.record("the file was not recognized")
                return
            }
            #expect(try await test.state() == before)
            // The same bytes under other words are another file.
            #expect(try await test.faults(text + "\n", what: "material").count == 3)
            #expect(try await test.recognizes(text, what: "material"))
        }
    }

    @Test(arguments: Engine.available)
    func rowsMayReferToEarlierRowsOfTheirFile(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let head = "编号,日期,单位,品牌名称,结束,冲销,理由\n"
            let early = try await test.faults(
                head + ",2015-05-01,410102001001,,B-1,,\nB-1,2015-02-01,410102001001,邻里,,,\n",
                what: "brand")
            #expect(early.first?.contains("no record with the number “B-1”") == true)
            try await test.accept(
                head + "B-1,2015-02-01,410102001001,邻里,,,\nB-2,2015-02-01,410102001001,暖心,,,\n"
                    + ",2015-05-01,410102001001,,B-1,,\n,2015-02-01,410102001001,,,B-2,重复\n",
                what: "brand")
            let facts = try await test.database.read { db in
                try db.rows("SELECT ref, last_on FROM fact WHERE kind = 'brand'").map {
                    [try $0.at(0, as: String.self), try $0.optionalAt(1, as: String.self)]
                }
            }
            #expect(facts == [["B-1", "2015-05-01"]])
        }
    }

    @Test func aHundredThousandRowsArriveWhole() async throws {
        try await TestDistrict.with(.sqlite) { test in
            try await test.foundSmallDistrict()
            let rows = 100_000
            let path = try test.file("large.csv", TestDistrict.leaflets(rows))
            let outcome = try await test.district.importFile(
                path, what: "material", by: TestDistrict.actor)
            guard case .published(let id, rows) = outcome else {
                Issue.record("not published: \(outcome)")
                return
            }
            let sum = try await test.database.read { db in
                try db.first("SELECT count(*), sum(m1), max(position) - min(position) FROM fact")
            }
            #expect(try sum?.at(0) == rows)
            #expect(try sum?.at(1) == (0..<rows).reduce(0) { $0 + ($1 + 1) % 100 + 1 })
            #expect(try sum?.at(2) == rows - 1)
            try await test.district.reverseImport(id, by: TestDistrict.actor)
            let left = try await test.database.read { db in
                try db.value("SELECT count(*) FROM fact", as: Int.self)
            }
            #expect(left == 0)
        }
    }

    @Test func aFilePastTheLimitOfRowsIsRefused() async throws {
        let text = "日期\n" + String(repeating: "x\n", count: ImportTable.rowLimit + 1)
        let no = #expect(throws: Refusal.self) {
            try ImportTable(name: "a.csv", digest: "", text: Array(text.utf8))
        }
        #expect(no?.text(.en).contains("more than 200000 rows") == true)
    }
}
