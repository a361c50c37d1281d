import Core
import Ledger
import TestKit
import Testing

/// Standing things: in force from their first day to their last, and those that began.
struct StandingTests {
    @Test(
        arguments: Engine.available,
        [("2015-02-28", "0"), ("2015-03-01", "1"), ("2015-03-31", "1"), ("2015-04-01", "0")])
    func aStandingThingIsInForceOnBothItsFirstAndItsLastDay(
        on engine: Engine, asked: (day: String, said: String)
    ) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take(
                "duty", "编号,起始日期,截止日期,单位", "D1,2015-03-01,2015-03-31,\(At.one)")
            let onTheDay = try await district.said("duty.count", At.street, "@" + asked.day)
            #expect(onTheDay == asked.said)
            let toDate = try await district.said("duty.count", At.street, ".." + asked.day)
            #expect(toDate == asked.said)
            let span = try await district.said(
                "duty.count", At.street, "2015-01-01.." + asked.day)
            #expect(span == asked.said, "a period asks for its last day")
        }
    }

    @Test(arguments: Engine.available)
    func aRecordThatEndsItCountsFromItsDayAndUntilItIsReversed(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take("duty", "编号,起始日期,单位", "D1,2015-03-01,\(At.one)")
            #expect(try await district.said("duty.count", At.street, "@2015-06-30") == "1")
            let end = try await district.post("duty", [.day: "2015-05-01", .ends: "D1"])
            #expect(try await district.said("duty.count", At.street, "@2015-04-30") == "1")
            #expect(try await district.said("duty.count", At.street, "@2015-05-01") == "0")
            #expect(try await district.said("duty.count", At.street, "@2015-06-30") == "0")
            let ended = try await district.position()
            _ = try await district.district.reverse(
                end, because: "没有结束", by: TestDistrict.actor)
            #expect(try await district.said("duty.count", At.street, "@2015-06-30") == "1")
            let then = try await district.said(
                "duty.count", At.street, "@2015-06-30", at: ended)
            #expect(then == "0")
            #expect(try await district.addsUp("duty.count", At.street, "@2015-06-30"))
        }
    }

    @Test(arguments: Engine.available)
    func theEarlierOfTwoEndsHolds(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take(
                "duty", "编号,起始日期,截止日期,单位", "D1,2015-03-01,2015-05-31,\(At.one)",
                "D2,2015-03-01,2015-05-31,\(At.two)")
            try await district.post("duty", [.day: "2015-04-10", .ends: "D1"])
            try await district.post("duty", [.day: "2015-06-10", .ends: "D2"])
            #expect(try await district.said("duty.count", At.street, "@2015-04-10") == "1")
            #expect(try await district.said("duty.count", At.street, "@2015-05-31") == "1")
            #expect(try await district.said("duty.count", At.street, "@2015-06-01") == "0")
        }
    }

    @Test(arguments: Engine.available)
    func whatStartedCountsInThePeriodOfItsFirstDayAlone(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take(
                "duty", "编号,起始日期,截止日期,单位", "D1,2014-12-31,,\(At.one)",
                "D2,2015-01-01,2015-01-05,\(At.one)", "D3,2015-03-31,,\(At.two)",
                "D4,2015-04-01,,\(At.two)")
            #expect(try await district.said("duty.started", At.street, "2015-Q1") == "2")
            #expect(try await district.said("duty.count", At.street, "2015-Q1") == "2")
            try await district.reverse("duty", "D2")
            #expect(try await district.said("duty.started", At.street, "2015-Q1") == "1")
        }
    }

    @Test(arguments: Engine.available)
    func holdersInForceAreDistinctPersons(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.persons("A1,丁一,\(At.grid11)", "A2,牛二,\(At.grid11)")
            try await district.take(
                "duty", "编号,起始日期,截止日期,单位,值守人", "D1,2015-01-01,,\(At.one),A1",
                "D2,2015-02-01,,\(At.two),A1", "D3,2015-02-01,2015-03-31,\(At.two),A2")
            #expect(try await district.said("duty.holders", At.street, "@2015-03-31") == "2")
            #expect(try await district.said("duty.holders", At.street, "@2015-04-01") == "1")
            #expect(try await district.said("duty.holders", At.two, "@2015-04-01") == "1")
        }
    }
}
