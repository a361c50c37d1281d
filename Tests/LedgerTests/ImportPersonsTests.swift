import Core
import Ledger
import Organization
import Storage
import TestKit
import Testing

struct ImportPersonsTests {
    @Test(arguments: Engine.available)
    func aNumberBelongsToOnePerson(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let doubled = try await test.faults(
                "人员编号,姓名,单位\nP-1,甲,EDU-1\nP-1,乙,EDU-1\n,丙,NONE\nP-2,,EDU-1\n",
                what: "persons")
            #expect(doubled.contains("3 人员编号: The number is on line 2 as well."))
            #expect(doubled.contains { $0.hasPrefix("4 ") && $0.contains("No unit has the code") })
            #expect(doubled.contains("5 姓名: The value is missing."))
            #expect(try await test.count(of: "person") == 0)

            let before = try await test.position()
            let id = try await test.accept(
                "人员编号,姓名,单位\nP-1,甲,EDU-1\n,乙,EDU-1\n", what: "persons")
            #expect(try await test.count(of: "person") == 2)
            #expect(try await test.position() == before + 1)
            let taken = try await test.faults("人员编号,姓名,单位\nP-1,丁,EDU-2\n", what: "persons")
            #expect(taken.count == 1)
            #expect(
                taken[0].hasPrefix(
                    "2 人员编号: “P-1” is taken: the name would be “丁” instead of “甲”"))
            try await test.district.reverseImport(id, by: TestDistrict.actor)
            try await test.accept("人员编号,姓名,单位\nP-1,丁,EDU-2\n", what: "persons")
            #expect(try await test.database.read { try test.district.verify($0) } == [])
        }
    }

    @Test(arguments: Engine.available)
    func aNameOfSeveralPersonsListsThem(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept(
                "人员编号,姓名,单位\nP-1,张 三,EDU-1\nP-2,张三,EDU-2\nP-3,张三,EDU-2\nP-4,李四,DW-1\n",
                what: "persons")
            let head = "日期,单位,党员类别,党员\n"
            let ambiguous = try await test.faults(
                head + "2015-02-01,EDU-2,正式党员,张三\n2015-02-01,DW-1,正式党员,张三\n"
                    + "2015-02-01,DW-1,正式党员,王五\n",
                what: "membership")
            #expect(ambiguous.count == 3)
            #expect(ambiguous[0] == "2 党员: “张三” is more than one person; give a number: P-2、P-3.")
            #expect(ambiguous[1].contains("give a number: P-1、P-2、P-3"))
            #expect(ambiguous[2].contains("“王五” is not known"))

            // Spaces do not tell persons apart, the unit does; a number always will.
            try await test.accept(
                head + "2015-02-01,EDU-1,正式党员,张三\n2015-02-01,DW-1,正式党员,李四\n"
                    + "2015-02-01,EDU-2,正式党员,P-3\n",
                what: "membership")
            let numbers = try await test.database.read { db in
                try db.rows(
                    """
                    SELECT p.number FROM fact f JOIN record_person r ON r.record_id = f.id
                    JOIN person p ON p.id = r.person_id ORDER BY f.position
                    """
                ).map { try $0.at(0, as: String.self) }
            }
            #expect(numbers == ["P-1", "P-4", "P-3"])
        }
    }

    @Test(arguments: Engine.available)
    func aNumberTakenWhileAFileIsReadIsNotTakenTwice(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let path = try test.file("slow.csv", "人员编号,姓名,单位\nP-1,甲,EDU-1\n")
            let meanwhile = Outcome<String>()
            let no = await #expect(throws: Refusal.self) {
                try await withTaskExecutorPreference(OwnThread()) {
                    try await test.district.importFile(
                        path, what: "persons", by: TestDistrict.actor
                    ) { _, _ in
                        meanwhile.wait {
                            try await test.accept("人员编号,姓名,单位\nP-1,乙,EDU-1\n", what: "persons")
                        }
                    }
                }
            }
            #expect(try meanwhile.get() != nil)
            #expect(no?.text(.en).contains("was taken meanwhile") == true)
            let found = try await test.database.read { db in
                try PersonStore(db: db).find(number: "P-1").map(\.name)
            }
            #expect(found == ["乙"])
        }
    }
}
