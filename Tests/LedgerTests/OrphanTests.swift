import App
import Core
import Ledger
import Organization
import Storage
import TestKit
import Testing

/// A unit without a way to the top comes in by no door, and is found where one stands.
struct OrphanTests {
    @Test(
        arguments: Engine.available,
        [
            ("C9,子社区,community,,,,2010-01-01,\n", "2 领土上级: “子社区” (C9)"),
            ("C9,子社区,community,,S1,,2010-01-01,\n", "2 领土上级: “子社区” (C9)"),
            ("P9,支部,branch,S1,,,2010-01-01,\n", "2 党组织上级: “支部” (P9)"),
            (
                "S9,丑街道,street,D,,,2010-01-01,2014-12-31\nC9,子社区,community,S9,,,2010-01-01,\n",
                "3 领土上级: “子社区” (C9) has no parent on territory up to the district"
                    + " from 2015-01-01 on"
            ),
        ])
    func aFileOfUnitsNamesTheRowAndTheDays(
        on engine: Engine, _ given: (rows: String, fault: String)
    ) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.accept(TreeDistrict.units, what: "units")
            let faults = try await district.faults(
                TreeDistrict.unitHead + given.rows, what: "units")
            #expect(faults.count == 1 && faults[0].hasPrefix(given.fault), "\(faults)")
        }
    }

    @Test(arguments: Engine.available)
    func aReorganizationNamesWhatItLeavesBehind(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.accept(TreeDistrict.units, what: "units")
            let head = "批次,名称,文号,生效日期,类型,前身编码,后继编码,后继名称,后继形式,领土上级,依据\n"
            let faults = try await district.faults(
                head + "R1,调整,文,2015-03-01,found,,C9,子社区,community,,\n",
                what: "reorganizations")
            #expect(faults.count == 1 && faults[0].hasPrefix("2 领土上级: “子社区” (C9)"), "\(faults)")
        }
    }

    /// What came in by an older program is found, and hinders no later file.
    @Test(arguments: Engine.available)
    func verifyFindsAUnitThatStandsNowhere(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.accept(TreeDistrict.units, what: "units")
            #expect(try await ways(of: district) == [])
            try await district.database.write { db in
                let audit = Audit(db, key: district.district.key)
                let position = try audit.claim(1)
                let change = Structure().founding([
                    UnitEntry(
                        row: 1, code: "C8", name: "孤社区", form: "community", parents: [:],
                        from: Day("2012-01-01")!, to: nil)
                ]).change
                _ = try StructureStore(db: db).post(change, from: position)
            }
            #expect(
                try await ways(of: district) == [
                    "the unit C8 has no way to the top on the territory tree from 2012-01-01"
                ])
            try await district.accept(
                TreeDistrict.unitHead + "C7,丁社区,community,S1,,,2010-01-01,\n", what: "units")
        }
    }

    private func ways(of district: TestDistrict) async throws -> [String] {
        try await district.database.read { db in
            try district.district.findingsOfWays(db).map(\.sentence)
        }
    }
}
