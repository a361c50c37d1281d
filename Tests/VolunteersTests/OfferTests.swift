import Core
import HummingbirdTesting
import Storage
import TestKit
import Testing

struct OfferTests {
    private static let offer = [
        "unit": "410102001001", "offer_skill_cleaning": "yes", "offer_time_weekday": "yes",
        "offer_agreed": "yes",
    ]

    @Test(arguments: Engine.available)
    func nobodyIsRegisteredWithoutAgreeingAndStopsAtAnyTime(on engine: Engine) async throws {
        try await VolunteerTown.with(engine) { town in
            let helper = town.helpers[0]
            let without = try await town.client.submit(
                "/volunteers/offer", Self.offer.filter { $0.key != "offer_agreed" }, as: helper)
            #expect(without.status == 422 && without.text.contains("没有本人同意，不能登记"))
            let done = try await town.client.submit("/volunteers/offer", Self.offer, as: helper)
            #expect(done.status == 303, "\(done.text)")
            #expect(try await town.counted("volunteer.joined") != "0人")
            // Changed, there is one offer and one registration.
            _ = try await town.client.submit("/volunteers/offer", Self.offer, as: helper)
            let open = try await town.test.database.read { db in
                try db.value(
                    "SELECT COUNT(*) FROM volunteer_offer WHERE ended_on IS NULL", as: Int.self)
            }
            #expect(open == 1)
            let mine = try await town.client.page("/my/data", as: helper)
            #expect(mine.text.contains("志愿意向"), "they read what is held of them")
            let end = try await town.client.submit(
                "/my/service", [:], to: "/volunteers/offer/end", as: helper)
            #expect(end.status == 303, "\(end.text)")
            let counting = try await town.test.database.read { db in
                try db.value(
                    """
                    SELECT COUNT(*) FROM posted r WHERE r.reverses IS NULL AND NOT EXISTS (
                        SELECT 1 FROM posted v WHERE v.reverses = r.id)
                    """, as: Int.self)
            }
            #expect(counting == 0)
        }
    }

    @Test(arguments: Engine.available)
    func whoFitsIsProposedWithTheReasonAndDecidesThemselves(on engine: Engine) async throws {
        try await VolunteerTown.with(engine, helpers: 3) { town in
            for (number, fields) in [
                (1, ["offer_time_weekday": "yes"]),
                (2, ["offer_time_weekday": "yes", "offer_skill_cleaning": "yes"]),
            ] {
                let done = try await town.client.submit(
                    "/volunteers/offers/new",
                    [
                        "unit": "410102001001", "offer_number": "P-\(number)",
                        "offer_agreed": "yes",
                    ].merging(fields) { $1 }, as: town.first)
                #expect(done.status == 303, "\(done.text)")
            }
            let need = try await town.state()
            let page = try await town.client.page(need, as: town.first)
            let best = try #require(page.text.range(of: "志愿者2"))
            let next = try #require(page.text.range(of: "志愿者1"))
            #expect(best.lowerBound < next.lowerBound)
            #expect(page.text.contains("同一单位、技能相符、时间相符"), "\(page.text)")
            // Whoever offered nothing is nobody to ask.
            let none = try await town.client.submit(
                need, ["person": town.persons[2].text], to: need + "/invitation", as: town.first)
            #expect(none.status == 404)
            let asked = try await town.client.submit(
                need, ["person": town.persons[1].text], to: need + "/invitation", as: town.first)
            #expect(asked.status == 303, "\(asked.text)")
            #expect(try await town.states() == ["invited"])
            let own = try await town.client.page(need, as: town.helpers[1])
            #expect(own.text.contains("来不来由您决定"))
            try await town.join(need, town.helpers[1])
            #expect(try await town.states() == ["taken"])
        }
    }
}
