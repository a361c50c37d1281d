import Figures
import Storage
import TestKit
import Testing

/// How SQLite goes about the statements of figures: it has no statistics, so the order is ours.
struct PlanTests {
    @Test func whatBelongsToARecordIsLookedUpByTheRecord() async throws {
        try await SmallCatalogue.with(.sqlite) { district in
            for id in ["visit.settled", "visit.matters", "visit.persons", "visit.places"] {
                for unit in [At.district, At.street] {
                    let plan = try await plan(id, unit, in: district)
                    #expect(!plan.contains { $0.contains("record_subject_code") }, "\(id) \(plan)")
                    #expect(plan.contains { $0.contains("f USING INDEX record_kind") }, "\(id)")
                }
            }
        }
    }

    @Test func whatPersonsHadIsLookedForAmongThoseOfAFewUnits() async throws {
        try await SmallCatalogue.with(.sqlite) { district in
            for id in ["visit.by_leaders", "visit.leaders_came", "visit.by_todays_leaders"] {
                let plan = try await plan(id, At.street, in: district)
                #expect(plan.contains { $0.contains("record_person_person") }, "\(id) \(plan)")
            }
        }
    }

    private func plan(
        _ indicator: String, _ unit: String, in district: TestDistrict
    ) async throws -> [String] {
        let figures = district.figures
        return try await district.database.read { db in
            let reading = try figures.reading(db)
            let asked = try reading.question(indicator, unit: unit, period: "2015")
            return try db.plan(try reading.reckoner.statement(asked))
        }
    }
}
