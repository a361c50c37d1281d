import Core
import Ledger
import Organization
import Storage
import TestKit
import Testing

/// Names, numbers and units of persons change from a day on, and what was known before is kept.
struct ChangePersonTests {
    private func found(_ written: String, _ test: TestDistrict) async throws -> Person? {
        try await test.database.read { try PersonStore(db: $0).find(written: written) }
    }

    private func former(_ number: String, _ test: TestDistrict) async throws -> [FormerPerson] {
        try await test.database.read { db in
            let person = try #require(try PersonStore(db: db).find(written: number))
            return try PersonChangeStore(db: db).history(of: person.id)
        }
    }

    private func day(_ month: Int, _ day: Int) throws -> Day {
        try #require(Day(2015, month, day))
    }

    @Test(arguments: Engine.available)
    func whatWasKnownBeforeIsKeptWithItsDay(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept(
                "人员编号,姓名,单位\nP-1,甲一,EDU-1\nP-2,乙二,EDU-1\n", what: "persons")
            let from = try day(6, 1)
            let now = try await test.district.change(
                "P-1",
                to: PersonChange(
                    number: "Ｐ-9", name: "甲 新", unit: "EDU-2", from: from, reason: "改名并调动"),
                by: TestDistrict.actor)
            #expect(now.number == "P-9")
            let person = try #require(try await found("P-9", test))
            let old = try #require(try await former("P-9", test).first)
            #expect(old.name == "甲一" && old.number == "P-1" && old.changedOn == from)
            #expect(old.unit != person.unit && old.reason == "改名并调动")
            #expect(old.changedBy == TestDistrict.actor.name)
            // A former number still leads there, and is nobody else's.
            #expect(try await found("P-1", test)?.id == person.id)
            await #expect(throws: Refusal.self) {
                try await test.district.change(
                    "P-2", to: PersonChange(number: "P-1", from: from), by: TestDistrict.actor)
            }
            let names = try await test.database.read { db in
                (
                    try PersonStore(db: db).find(name: "甲一").count,
                    try PersonChangeStore(db: db).find(formerName: "甲一").map(\.id)
                )
            }
            #expect(names.0 == 0 && names.1 == [person.id])
            #expect(try await test.database.read { try test.district.verify($0) } == [])
        }
    }

    @Test(arguments: Engine.available)
    func aChangeThatCannotBeSaysWhy(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept(
                "人员编号,姓名,单位\nP-1,甲一,EDU-1\nP-2,乙二,EDU-1\n,丙三,EDU-1\n,丙三,EDU-2\n",
                what: "persons")
            func refusal(_ written: String, _ change: PersonChange) async throws -> String {
                do {
                    _ = try await test.district.change(
                        written, to: change, by: TestDistrict.actor)
                    return ""
                } catch let refusal as Refusal { return refusal.text(.zh) }
            }
            let first = try day(5, 1)
            let none = try await refusal("P-7", PersonChange(name: "丁", from: first))
            #expect(none.contains("没有编号为“P-7”的人员"))
            let late = try await refusal("P-1", PersonChange(name: "丁", from: try day(12, 1)))
            #expect(late.contains("还没有到"))
            let taken = try await refusal("P-1", PersonChange(number: "p-2", from: first))
            #expect(taken.contains("已有人使用"))
            let unit = try await refusal("P-1", PersonChange(unit: "NONE", from: first))
            #expect(unit.hasPrefix("单位: "))
            let same = try await refusal("P-1", PersonChange(name: "甲一", from: first))
            #expect(same == "没有任何改动。")
            let spoiled = try await refusal("P-1", PersonChange(name: "甲\u{202E}", from: first))
            #expect(spoiled.hasPrefix("姓名: "))
            // Without a number the name is what tells somebody apart in the unit.
            let other = try await test.database.read { db in
                let unit = try test.district.structure(db).unit(code: "EDU-2", on: first)?.unit
                return try PersonStore(db: db).find(name: "丙三").filter { $0.unit == unit }
                    .map(\.id.text)
            }
            let namesake = try await refusal(
                try #require(other.last), PersonChange(unit: "EDU-1", from: first))
            #expect(namesake.contains("该单位已有“丙三”"))
            _ = try await test.district.change(
                "P-1", to: PersonChange(name: "丁", from: try day(6, 1)), by: TestDistrict.actor)
            let early = try await refusal("P-1", PersonChange(name: "戊", from: first))
            #expect(early.contains("上次变更自2015-06-01起"))
        }
    }

    @Test(arguments: Engine.available)
    func aFileThatComesAgainChangesNobodyWithoutADay(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let head = "人员编号,姓名,单位\n"
            try await test.accept(head + "P-1,甲一,EDU-1\nP-2,乙二,EDU-1\n", what: "persons")
            let again = head + "P-1,甲新,EDU-1\nP-2,乙二,EDU-2\nP-3,丙三,EDU-1\n"
            let told = try await test.faults(again, what: "persons")
            #expect(told.count == 2)
            #expect(told[0].contains("the name would be “甲新” instead of “甲一”"))
            #expect(told[1].contains("the unit would be") && told[1].contains("EDU-2"))
            #expect(try await found("P-3", test) == nil)
            let path = try test.file("again.csv", again)
            let outcome = try await test.district.importFile(
                path, what: "persons", by: TestDistrict.actor, changing: try day(6, 1))
            guard case .published(let id, let rows) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(rows == 3)
            #expect(try await found("P-1", test)?.name == "甲新")
            #expect(try await former("P-2", test).map(\.changedOn) == [try day(6, 1)])
            #expect(try await found("P-3", test)?.name == "丙三")
            let no = await #expect(throws: Refusal.self) {
                try await test.district.reverseImport(id, by: TestDistrict.actor)
            }
            #expect(no?.text(.zh).contains("更改了已有人员") == true)
            // The rows that say what is known already are no fault, and no change.
            let more = try test.file("more.csv", head + "P-1,甲新,EDU-1\nP-4,丁四,EDU-1\n")
            for (new, unchanged) in [(1, 1), (0, 2)] {
                var said: [String] = []
                _ = try await test.district.importFile(
                    more, what: "persons", by: TestDistrict.actor, saying: { said.append($0.zh) })
                #expect(said == ["文件中的人员：新增\(new)人；已在册且没有变化\(unchanged)人。"])
            }
            #expect(try await former("P-1", test).count == 1)
            #expect(try await test.database.read { try test.district.verify($0) } == [])
        }
    }
}
