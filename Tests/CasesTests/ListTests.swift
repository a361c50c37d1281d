import Accounts
import Cases
import Catalogue
import Core
import Ledger
import Organization
import Storage
import TestKit
import Testing

struct CaseListTests {
    @Test(arguments: Engine.available)
    func everyPageOfAListTogetherIsTheListAndItsNumber(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            for person in ["P-1", "P-2", "P-3", "R-1"] { try await town.open(person) }
            let second = try await town.unit("C1")
            let clock = town.clock
            try await town.test.database.read { db in
                var filter = CaseFilter(in: .everything)
                #expect(try pages(filter, db).count == 4)
                #expect(try CaseStore(db).count(filter) == 4)
                filter.units = [second]
                filter.stage = "asked"
                #expect(try pages(filter, db).count == 4)
                filter.procedure = "other"
                #expect(try pages(filter, db).isEmpty && CaseStore(db).count(filter) == 0)
                var mine = CaseFilter(in: .everything)
                mine.holders = [.init(unit: second, role: "felling_clerk")]
                let lines = try pages(mine, db)
                #expect(lines.count == 4 && lines.allSatisfy { $0.owed?.step == "survey" })
                #expect(try CaseStore(db).count(mine) == 4)
                mine.holders = [.init(unit: second, role: "felling_officer")]
                #expect(try pages(mine, db).isEmpty && CaseStore(db).count(mine) == 0)
                var late = CaseFilter(in: .everything)
                late.lateAt = clock.now
                #expect(try pages(late, db).isEmpty && CaseStore(db).count(late) == 0)
                late.lateAt = Moment(milliseconds: clock.now.milliseconds + 864_000_000)
                #expect(try pages(late, db).count == 4 && CaseStore(db).count(late) == 4)
            }
        }
    }

    @Test(arguments: Engine.available)
    func listsWalkAlongIndexes(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            try await town.take("withdraw", in: id)
            try await town.open("P-2")
            let unit = try await town.unit("C1")
            let clock = town.clock
            try await town.test.database.write { db in
                func plan(_ filter: CaseFilter) throws -> String {
                    let questions = try #require(
                        try CaseStore(db).questions(filter, after: nil, limit: 51))
                    return try questions.flatMap { try db.plan($0) }.joined(separator: "\n")
                }
                var filter = CaseFilter(in: .everything)
                filter.units = [unit]
                let open = try plan(filter)
                #expect(open.contains("case_state_open"), "\(open)")
                #expect(!open.contains("TEMP B-TREE"), "\(open)")
                filter.standing = .closed
                let closed = try plan(filter)
                #expect(closed.contains("case_state_closed"), "\(closed)")
                var mine = CaseFilter(in: .everything)
                mine.holders = [.init(unit: unit, role: "felling_clerk")]
                let holder = try plan(mine)
                #expect(holder.contains("obligation_holder"), "\(holder)")
                var late = CaseFilter(in: .everything)
                late.lateAt = clock.now
                let due = try plan(late)
                #expect(due.contains("obligation_due"), "\(due)")
                let counts = try db.plan(CaseStore.openStatement([unit])).joined(separator: "\n")
                #expect(counts.contains("case_state_open"), "\(counts)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func aSealedCaseExistsForNobodyElse(_ engine: Engine) async throws {
        let sealed = FellingDistrict.catalogue["kinds/felling.yaml"]?.replacing(
            "  name: {zh: 伐树办件, en: Felling case}\n  shape: standing\n  visibility: internal",
            with: "  name: {zh: 伐树办件, en: Felling case}\n  shape: standing\n  visibility: sealed")
        try await FellingDistrict.with(engine, ["kinds/felling.yaml": sealed ?? ""]) { town in
            let unit = try await town.unit("C1")
            let clerk = await refused { try await town.open() }
            #expect(clerk == Refusal.notFound.text(.en))
            let id = try await town.test.database.write { db in
                try town.district.openCase(
                    Town.procedure, values: [.person("asker"): "P-1"],
                    opening: [.field("tree"): "国槐"], at: unit,
                    by: .machine(TestDistrict.actor), db: db)
            }
            #expect(try await town.row(id).number.hasPrefix("tree_felling-"))
            let reader = try await town.test.account("reader", role: "felling_officer", unit: "S2")
            try await town.test.database.read { db in
                guard case .account(let acting) = try town.acting(reader.id, db) else { return }
                let scope = town.district.caseScope(of: acting.access, acting.structure)
                let filter = CaseFilter(in: scope)
                #expect(try CaseStore(db).list(filter, limit: 50).isEmpty)
                #expect(try CaseStore(db).count(filter) == 0)
                #expect(try CaseStore(db).find(id, in: scope) == nil)
                #expect(try town.district.caseReading(id, acting.access, db) == nil)
            }
            let step = await refused {
                try await town.take("survey", in: id, [.measure(0): "3"], by: reader.id)
            }
            #expect(step == Refusal.notFound.text(.en))
        }
    }

    private func pages(_ filter: CaseFilter, _ db: Connection) throws -> [CaseLine] {
        var (lines, place): ([CaseLine], [String]?) = ([], nil)
        for _ in 0..<20 {
            let page = try CaseStore(db).list(filter, after: place, limit: 2)
            guard let last = page.last else { break }
            lines += page
            place = last.place
        }
        #expect(Set(lines).count == lines.count)
        return lines
    }
}
