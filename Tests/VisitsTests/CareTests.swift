import Core
import Ledger
import Storage
import TestKit
import Testing
import Visits

/// Nobody is visited without an agreement, whoever was visited confirms, and “stop” is one step.
@Suite struct CareTests {
    @Test(arguments: Engine.available)
    func withoutAnAgreementNobodyIsVisited(_ engine: Engine) async throws {
        try await VisitDistrict.with(engine) { town in
            await #expect(throws: Refusal.self) {
                _ = try await town.planned(nil, by: town.an, worker: town.bo)
            }
            let agreement = try await town.agreed()
            // Whoever does not stand on the list of agreements plans none.
            await #expect(throws: Refusal.self) {
                _ = try await town.planned(agreement, by: town.shen, worker: town.bo)
            }
            let planned = try await town.planned(agreement, by: town.an, worker: town.bo)
            let booking = try await town.booking(planned.id)
            #expect(booking.agreement == agreement)
            #expect(booking.household == "H-1")
        }
    }

    @Test(arguments: Engine.available)
    func stopEndsTheAgreementAndWhatWasPlanned(_ engine: Engine) async throws {
        try await VisitDistrict.with(engine) { town in
            let agreement = try await town.agreed()
            let planned = try await town.planned(agreement, by: town.an, worker: town.bo)
            try await town.test.database.write {
                try town.visits.stop(agreement, by: .visitor, $0)
            }
            #expect(try await town.booking(planned.id).state == .withdrawn)
            #expect(try await town.count("SELECT COUNT(*) FROM visit_time") == 0)
            await #expect(throws: Refusal.self) {
                _ = try await town.planned(
                    agreement, by: town.an, worker: town.bo, form: "again")
            }
        }
    }

    @Test(arguments: Engine.available)
    func anAgreementThatIsReversedTakesThePlanWithIt(_ engine: Engine) async throws {
        try await VisitDistrict.with(engine) { town in
            let agreement = try await town.agreed()
            let kept = try await town.planned(
                try await town.agreed("H-2"), by: town.an, worker: town.an, form: "kept")
            let planned = try await town.planned(agreement, by: town.an, worker: town.bo)
            _ = try await town.test.district.reverse(
                agreement, because: "登记错误", by: TestDistrict.actor)
            try await town.visits.dropUnagreed()
            #expect(try await town.booking(planned.id).state == .withdrawn)
            #expect(try await town.booking(kept.id).state == .booked)
        }
    }

    @Test(arguments: Engine.available)
    func whoCalledDoesNotConfirm(_ engine: Engine) async throws {
        try await VisitDistrict.with(engine) { town in
            let agreement = try await town.agreed()
            let planned = try await town.planned(agreement, by: town.an, worker: town.bo)
            let booking = try await town.booking(planned.id)
            let accounts = town.test.accounts
            func confirm(_ reader: SignedIn) async throws {
                try await town.test.database.write { db in
                    let acting = try #require(try accounts.acting(reader.id, db))
                    try town.visits.confirm(
                        booking, how: .telephone, because: "本人来电，说来过了", by: acting, db)
                }
            }
            await #expect(throws: Refusal.self, "not before its time") {
                try await confirm(town.an)
            }
            town.goToThursday()
            await #expect(throws: Refusal.self) { try await confirm(town.bo) }
            try await confirm(town.an)
            #expect(try await town.booking(planned.id).state == .kept)
            #expect(try await town.booking(planned.id).confirmed == .telephone)
            #expect(try await town.records("home_visit", "kept") == 1)
            let day = "2026-07-01..2026-07-31"
            for name in ["home_visit.count", "home_visit.kept", "home_visit.confirmed_ratio"] {
                let said = try await town.test.phrase(name, VisitDistrict.community, day)
                #expect(said.contains("1"), "\(name): \(said)")
            }
        }
    }
}
