import Accounts
import Core
import Ledger
import Organization
import Storage
import TestKit
import Testing

/// What was written of a sealed kind, to who stands on its list of names and to who was struck.
struct SealedEntryTests {
    private static let visit = [
        "unit": WritingDesk.first, "day": "2015-06-24", "field.agreed": "true",
        "field.outcome": "kept", "subject.household": "H-1", "subject.visit": "A-1",
        "rhythm": "weekly", "then": "post",
    ]

    /// What somebody struck from the list could still see of it.
    private static func shown(_ desk: WritingDesk, _ waiting: String) async throws -> [Bool] {
        let page = try await desk.client.page("/entries", as: desk.li)
        try #require(page.status == 200)
        return [
            page.text.contains("/entries/new/home_visit?draft="),
            page.text.contains("/entries/new/home_visit?pattern="),
            page.text.contains("/entries/patterns/"),
            page.text.contains("/confirmations/\(waiting)"),
            page.text.contains("预约上门"),
            try await desk.client.page("/confirmations/\(waiting)", as: desk.li).status == 200,
        ]
    }

    @Test(arguments: Engine.available)
    func whoWasStruckFromTheListSeesNothingOfItAgain(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let (li, moment, actor) = (desk.li, TestDistrict.moment, TestDistrict.actor)
            let key = desk.test.district.key
            let waiting = ID<Record>.make().text
            let name = try await desk.test.database.write { db in
                let structure = try desk.test.district.structure(db)
                guard let unit = structure.unit(code: WritingDesk.first, on: moment.day) else {
                    throw Refusal.notFound
                }
                try db.execute(
                    """
                    INSERT INTO entry_waiting (id, account_id, kind, unit_id, happened_on, said,
                        asked_at)
                    VALUES (\(waiting), \(li.id), 'home_visit', \(unit.unit), '2015-06-24', '{}',
                        \(moment))
                    """)
                return try GrantStore(db).list(
                    li.id, on: "home_visit", from: moment.day, until: nil, at: moment, by: actor)
            }
            let written = try await desk.write(Self.visit, kind: "home_visit")
            #expect(written.status == 303, "\(written.text)")
            let laid = try await desk.write(
                Self.visit.merging(["then": "draft"]) { $1 }, kind: "home_visit")
            #expect(laid.status == 303)
            let own = try await Self.shown(desk, waiting)
            #expect(own == Array(repeating: true, count: 6))

            try await desk.test.database.write { db in
                _ = try GrantStore(db).strike(name, at: moment, by: actor)
                try Audit(db, key: key).record(
                    "sealed.struck", name.text, by: actor, at: moment, quietly: true)
            }
            let struck = try await Self.shown(desk, waiting)
            #expect(struck == Array(repeating: false, count: 6))
            let still = try await desk.count("draft") + desk.count("pattern")
            #expect(still == 2, "they are kept for as long as all others")
        }
    }
}
