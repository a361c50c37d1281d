import Core
import Ledger
import Storage
import TestKit
import Testing

struct ImportStructureTests {
    @Test(arguments: Engine.available)
    func aWrongFileOfUnitsIsRefusedRowByRow(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let missing = try await test.refused {
                try await test.accept("编码,名称,所在\nC9,新社区,x\n", what: "units")
            }
            #expect(missing.contains("“所在” is not known") && missing.contains("“形式” is missing"))
            let faults = try await test.faults(
                "编码,名称,形式,领土上级,起始日期,截止日期\n"
                    + "C9,新社区,community,410102001,2015-01-01,2014-12-31\n"
                    + "C8,新社区,village,410102001,someday,\n,无码,grid,,2015-01-01,\n"
                    + "C7,新社区,社区,410102001,2015-01-01,9999-12-31\n",
                what: "units")
            for words in [
                "2 截止日期: The last day is before the first.",
                "3 形式: “village” is not a type of unit",
                "3 起始日期: “someday” is not a day", "4 编码: The value is missing.",
                "5 截止日期: Leave the last day empty",
            ] {
                #expect(faults.contains { $0.hasPrefix(words) }, "\(words) in \(faults)")
            }
            let structure = try await test.faults(
                "编码,名称,形式,领土上级,起始日期\nC9,新社区,community,NONE,2015-01-01\n"
                    + "410102001001,又一社区,community,410102001,2015-01-01\n",
                what: "units")
            #expect(
                structure.contains { $0.hasPrefix("2 ") && $0.contains("No unit has the code") })
            #expect(structure.contains { $0.hasPrefix("3 ") && $0.contains("belongs to “一社区”") })
        }
    }

    @Test(arguments: Engine.available)
    func unitsAreFoundedAndReachTheUnitsAboveThem(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let before = try await test.position()
            try await test.accept(
                "编码,名称,形式,领土上级,起始日期\nG9,新网格,网格,C9,2015-01-01\n"
                    + "C9,新社区,Community,410102001,2015-01-01\n",
                what: "units")
            #expect(try await test.position() == before + 4, "two versions and two links")
            let above = try await test.database.read { db in
                let unit = try test.district.structure(db).history(code: "G9")[0].unit
                return try db.rows(
                    "SELECT form FROM reach WHERE unit_id = \(unit) AND gone IS NULL ORDER BY form"
                ).map { try $0.at(0, as: String.self) }
            }
            #expect(above == ["community", "district", "grid", "street"])
        }
    }

    @Test(arguments: Engine.available)
    func aReorganizationTakesEffectOnItsDay(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let wrong = try await test.faults(
                "批次,名称,文号,生效日期,类型,前身编码\nR1,调整,1号,2015-03-01,fuse,410102001001\n",
                what: "reorganizations")
            #expect(wrong.first?.contains("“fuse” is none of: merge, split") == true)
            let orphans = try await test.faults(
                "批次,名称,文号,生效日期,类型,前身编码\nR1,调整,1号,2015-03-01,abolish,410102001001\n",
                what: "reorganizations")
            #expect(orphans.contains { $0.contains("move it as well") })

            try await test.accept(Self.merger, what: "reorganizations")
            let structure = try await test.district.structure()
            let day = Day(2015, 3, 1)!
            #expect(structure.unit(code: "410102001001", on: day - 1)?.name == "一社区")
            #expect(structure.unit(code: "410102001001", on: day) == nil)
            #expect(structure.unit(code: "410102001009", on: day)?.name == "大社区")
            let late = try await test.refused {
                try await test.post(
                    "brand", [.day: "2015-03-01", .unit: "410102001001", .field("title"): "邻里"])
            }
            #expect(late.contains("not in force on 2015-03-01, only 2014-01-01–2015-02-28"))
            let again = try await test.faults(
                Self.merger.replacing("1号", with: "2号"), what: "reorganizations")
            #expect(again.contains { $0.contains("has been entered already") })
            #expect(try await test.database.read { try test.district.verify($0) } == [])
        }
    }

    /// Both communities become one; their grids move to it.
    private static let merger = """
        批次,名称,文号,生效日期,类型,前身编码,后继编码,后继名称,后继形式,领土上级
        R1,合并,1号,2015-03-01,merge,410102001001,410102001009,大社区,community,410102001
        R1,合并,1号,2015-03-01,merge,410102001002,410102001009,,,
        R1,合并,1号,2015-03-01,move,410102001001001,,,,410102001009
        R1,合并,1号,2015-03-01,move,410102001001002,,,,410102001009
        R1,合并,1号,2015-03-01,move,410102001002001,,,,410102001009
        R1,合并,1号,2015-03-01,move,410102001002002,,,,410102001009
        R1,合并,1号,2015-03-01,move,DW-1,,,,410102001009
        R1,合并,1号,2015-03-01,move,DW-2,,,,410102001009
        """
}
