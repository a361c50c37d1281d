import Accounts
import Core
import HummingbirdTesting
import Ledger
import Organization
import Requests
import Storage
import TestKit
import Testing
import Visits

/// A small district that offers hours: An and Bo write in the first community and stand on the list
/// of agreements, Shen in the street above.
struct VisitDistrict: Sendable {
    let test: TestDistrict
    let clock: TestClock
    let visits: Visits
    let an: SignedIn
    let bo: SignedIn
    let shen: SignedIn

    static let community = "410102001001"
    static let street = "410102001"
    /// Tuesday 7 July 2026, ten in the morning.
    static let morning = Moment(milliseconds: 1_783_389_600_000)

    static func with(
        _ engine: Engine, _ body: (VisitDistrict) async throws -> Void
    ) async throws {
        let clock = TestClock(morning)
        try await TestDistrict.with(engine, now: { clock.moment }) { test in
            try await test.foundSmallDistrict()
            let an = try await test.account("an", role: "community_clerk", unit: community)
            let bo = try await test.account("bo", role: "community_clerk", unit: community)
            let shen = try await test.account("shen", role: "street_staff", unit: street)
            try await test.database.write { db in
                for account in [an, bo] {
                    _ = try GrantStore(db).list(
                        account.id, on: "visit_agreement", from: morning.day, until: nil,
                        at: morning, by: TestDistrict.actor)
                }
            }
            try await body(
                VisitDistrict(
                    test: test, clock: clock, visits: Visits(try Requests(test.district)), an: an,
                    bo: bo, shen: shen))
        }
    }

    /// Thursday 9 July.
    var thursday: Day { Self.morning.day + 2 }

    func form(_ id: String) throws -> VisitForm {
        try #require(visits.services.visits.first { $0.id == id })
    }

    func unit(_ code: String = community) async throws -> OrgUnit.ID {
        let structure = try await test.district.structure()
        return try #require(structure.unit(code: code, on: clock.moment.day)?.unit)
    }

    /// Hours of half an hour each, from nine to ten, in the first community.
    func offered(
        _ id: String = "home", on days: [Day]? = nil, by worker: SignedIn? = nil,
        from starts: Int = 540, to ends: Int = 600, off: Bool = false
    ) async throws -> [VisitSlot] {
        var offer = VisitOffer(
            try form(id), in: try await unit(), by: (worker ?? an).id, on: days ?? [thursday],
            from: starts, to: ends, length: 30)
        offer.isOffHours = off
        let ready = offer
        return try await test.database.write { db in
            try visits.offer(ready, by: TestDistrict.actor, db)
        }
    }

    static let said = BookingWords(words: "量血压", address: "3号楼2单元", contact: "13000000000")

    func booked(_ slot: VisitSlot, _ form: String = "form") async throws -> Booked {
        try await test.database.write { db in
            try visits.book(slot.id, Self.said, form: form, by: .visitor, db)
        }
    }

    func booking(_ id: VisitBooking.ID) async throws -> VisitBooking {
        try await test.database.read { try #require(try VisitBookingStore($0).find(id)) }
    }

    /// An agreement of a household in the first community.
    func agreed(_ household: String = "H-1") async throws -> Record.ID {
        let kind = try #require(test.district.catalogue.kinds["visit_agreement"])
        return try await test.district.post(
            [
                .unit: Self.community, .day: "2026-07-01", .field("asked_by"): "self",
                .subject("household"): household,
            ], kind: kind, by: TestDistrict.actor)
    }

    func planned(
        _ agreement: Record.ID?, on day: Day? = nil, by planner: SignedIn, worker: SignedIn,
        form: String = "care"
    ) async throws -> Booked {
        let accounts = test.accounts
        return try await test.database.write { [thursday] db in
            let acting = try #require(try accounts.acting(planner.id, db))
            return try visits.plan(
                CareVisit(
                    agreement: agreement, day: day ?? thursday, starts: 570, minutes: 30,
                    worker: worker.id),
                form: form, by: acting, db)
        }
    }

    /// To the hour of Thursday at which visits have begun.
    func goToThursday() { clock.advance(2 * 86_400_000) }

    func count(_ sql: SQL) async throws -> Int {
        try await test.database.read { try $0.value(sql, as: Int.self) ?? 0 }
    }

    func records(_ kind: String, _ outcome: String? = nil) async throws -> Int {
        let rows = try await test.database.read { db in
            try db.rows("SELECT fields FROM record WHERE kind = \(kind) AND reverses IS NULL")
                .map { Record.fields(try $0.at(0)) }
        }
        return rows.filter { outcome == nil || $0["outcome"] == outcome }.count
    }
}
