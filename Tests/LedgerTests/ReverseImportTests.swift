import Core
import Ledger
import Storage
import TestKit
import Testing

struct ReverseImportTests {
    @Test(arguments: Engine.available)
    func anImportIsUndoneAsAWholeAndCanComeAgain(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.postLeaflet("旧页")
            let text = TestDistrict.leaflets(3)
            let id = try await test.accept(text, what: "material")
            let actor = TestDistrict.actor
            let unknown = try await test.refused {
                try await test.district.reverseImport("none", by: actor)
            }
            #expect(unknown == "There is no such thing.")

            try await test.district.reverseImport(id, by: actor)
            #expect(try await test.facts("material").map(\.fields["title"]) == ["旧页"])
            let twice = try await test.refused {
                try await test.district.reverseImport(id, by: actor)
            }
            #expect(twice == "There is no such thing.")
            #expect(try await test.database.read { try test.district.verify($0) } == [])

            let again = try await test.accept(text, what: "material")
            #expect(again != id)
            #expect(try await test.facts("material").count == 4)
            #expect(try await test.database.read { try test.district.verify($0) } == [])
        }
    }

    @Test(arguments: Engine.available)
    func whatLaterRecordsRestOnIsNotUndone(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let actor = TestDistrict.actor
            let brands = try await test.accept(
                "编号,日期,单位,品牌名称\nB-1,2015-02-01,410102001001,邻里\n"
                    + "B-2,2015-02-01,410102001001,暖心\n", what: "brand")
            let end = try await test.post("brand", [.day: "2015-05-01", .ends: "B-1"])
            let words = try await test.refused {
                try await test.district.reverseImport(brands, by: actor)
            }
            #expect(words.contains("Later records end or reverse some of its records"))
            _ = try await test.district.reverse(end, because: "未停", by: actor)
            try await test.district.reverseImport(brands, by: actor)
            #expect(try await test.facts("brand").isEmpty)
            #expect(try await test.database.read { try test.district.verify($0) } == [])
        }
    }

    /// Undone, the reversal would leave two records of one number.
    @Test(arguments: Engine.available)
    func aReversalWhoseRecordWasPostedAnewIsNotUndone(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let actor = TestDistrict.actor
            for ref in ["A", nil] {
                let old = try await test.postLeaflet("页", on: "2015-01-05", ref: ref)
                let reversals = try await test.accept(
                    "日期,单位,冲销,理由\n2015-01-05,BUR-EDU,\(old),写错\n", what: "material")
                let new = try await test.postLeaflet(
                    ref == nil ? "页" : "另页", on: "2015-01-05", ref: ref)
                let words = try await test.refused {
                    try await test.district.reverseImport(reversals, by: actor)
                }
                #expect(words.contains("would count twice"))
                _ = try await test.district.reverse(new, because: "撤回", by: actor)
                try await test.district.reverseImport(reversals, by: actor)
                #expect(try await test.facts("material").last?.id == old)
            }
            #expect(try await test.facts("material").count == 2)
        }
    }

    @Test(arguments: Engine.available)
    func personsWhoAreNamedAreNotUndone(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let actor = TestDistrict.actor
            let persons = try await test.accept(
                "人员编号,姓名,单位\nP-1,甲,EDU-1\n", what: "persons")
            let id = try await test.post(
                "membership",
                [
                    .day: "2015-02-01", .unit: "EDU-1", .field("stage"): "正式党员",
                    .person("member"): "P-1",
                ])
            let words = try await test.refused {
                try await test.district.reverseImport(persons, by: actor)
            }
            #expect(words.contains("Records name these persons"))
            _ = try await test.district.reverse(id, because: "误", by: actor)
            try await test.district.reverseImport(persons, by: actor)
            let stranger = try await test.refused {
                try await test.post(
                    "membership",
                    [
                        .day: "2015-02-01", .unit: "EDU-1", .field("stage"): "正式党员",
                        .person("member"): "P-1",
                    ])
            }
            #expect(stranger.contains("“P-1” is not known"))
            #expect(try await test.database.read { try test.district.verify($0) } == [])
        }
    }

    @Test(arguments: Engine.available)
    func unitsThatSomethingStandsInAreNotUndone(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let actor = TestDistrict.actor
            let head = "编码,名称,形式,领土上级,起始日期\n"
            let first = try await test.accept(
                head + "C9,新社区,community,410102001,2015-01-01\n", what: "units")
            let second = try await test.accept(
                head + "G9,新网格,grid,C9,2015-01-01\n", what: "units")
            let later = try await test.refused {
                try await test.district.reverseImport(first, by: actor)
            }
            #expect(later.contains("undo the later import first"))
            let id = try await test.post(
                "inspection",
                [
                    .day: "2015-02-01", .unit: "G9", .subject("team"): "T-1",
                ])
            let persons = try await test.accept("姓名,单位\n甲,G9\n", what: "persons")
            for _ in 0..<2 {
                let words = try await test.refused {
                    try await test.district.reverseImport(second, by: actor)
                }
                if words.contains("Records stand in these units") {
                    _ = try await test.district.reverse(id, because: "误", by: actor)
                } else {
                    #expect(words.contains("Persons belong to these units"))
                }
            }
            try await test.district.reverseImport(persons, by: actor)
            try await test.district.reverseImport(second, by: actor)
            try await test.district.reverseImport(first, by: actor)
            let structure = try await test.district.structure()
            #expect(structure.history(code: "C9").isEmpty)
            #expect(structure.history(code: "410102001").count == 1)
            #expect(try await test.database.read { try test.district.verify($0) } == [])
        }
    }
}
