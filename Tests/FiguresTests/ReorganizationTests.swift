import TestKit
import Testing

/// The same figures before and after the units change, as it was then and as organized now.
struct ReorganizationTests {
    @Test(arguments: Engine.available)
    func unitsAreCountedAsTheyWereOnTheDay(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.merge()
            for (period, said) in [
                ("before:R1", "2"), ("after:R1", "1"), ("@2015-02-28", "2"), ("2015-H1", "1"),
            ] {
                let answer = try await district.said("units.communities", At.street, period)
                #expect(answer == said, "\(period)")
            }
            #expect(try await district.said("units.founded", At.street, "2015-H1") == "1")
            #expect(try await district.said("units.founded", At.street, "2014") == "2")
            #expect(try await district.said("units.founded", At.street, "2015-Q2") == "0")
            #expect(try await district.addsUp("units.communities", At.street, "before:R1"))
        }
    }

    @Test(arguments: Engine.available)
    func aUnitThatDidNotExistHasNoData(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.merge()
            try await district.visits("V1,2015-02-10,\(At.grid11)", "V2,2015-03-10,\(At.grid11)")
            #expect(try await district.said("visit.count", At.merged, "2015-02") == "no_data")
            #expect(try await district.said("visit.count", At.merged, "2015-03") == "1")
            #expect(try await district.said("visit.count", At.one, "2015-03") == "no_data")
            #expect(try await district.said("visit.count", At.one, "2015-Q1") == "1")
        }
    }

    @Test(arguments: Engine.available)
    func acrossAMergerTheStandpointDecides(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.merge()
            try await district.take(
                "visit", "编号,日期,单位,地点", "V1,2015-02-10,\(At.one),\(At.one)",
                "V2,2015-02-11,\(At.grid21),\(At.two)", "V3,2015-03-10,\(At.grid11),\(At.merged)",
                "V4,2015-03-11,\(At.merged),")
            #expect(try await district.said("visit.count", At.merged, "2015-Q1") == "2")
            #expect(try await district.said("visit.count", At.merged, "2015-Q1", .now) == "4")
            #expect(try await district.said("visit.count", At.street, "2015-Q1") == "4")
            #expect(try await district.said("visit.count", At.street, "2015-Q1", .now) == "4")
            #expect(try await district.said("visit.communities", At.street, "2015-Q1") == "3")
            let now = try await district.said("visit.communities", At.street, "2015-Q1", .now)
            #expect(now == "1")
            #expect(try await district.said("visit.places", At.street, "2015-Q1") == "3")
            let places = try await district.said("visit.places_now", At.street, "2015-Q1")
            #expect(places == "1", "the indicator itself asks for units as organized now")
        }
    }

    @Test(arguments: Engine.available)
    func whatStandsGoesOverWithAUnitThatWentWhole(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.merge()
            try await district.take(
                "duty", "编号,起始日期,单位", "D1,2015-01-01,\(At.one)",
                "D2,2015-01-01,\(At.grid21)", "D3,2015-04-01,\(At.merged)")
            #expect(try await district.said("duty.count", At.one, "@2015-02-28") == "1")
            #expect(try await district.said("duty.count", At.merged, "@2015-03-01") == "2")
            #expect(try await district.said("duty.count", At.merged, "@2015-06-30") == "3")
            #expect(try await district.said("duty.count", At.street, "@2015-06-30") == "3")
        }
    }

    @Test(arguments: Engine.available)
    func afterASplitThePastIsNotComparableBelowButComparableAbove(
        on engine: Engine
    ) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.split()
            try await district.visits(
                "V1,2015-02-10,\(At.one)", "V2,2015-02-11,\(At.grid11)",
                "V3,2015-03-10,\(At.splitA)", "V4,2015-03-11,\(At.grid12)",
                "V5,2015-02-12,\(At.two)")
            let split = try await district.said("visit.count", At.splitA, "2015-Q1", .now)
            #expect(split == "not_comparable")
            #expect(try await district.said("visit.count", At.splitA, "2015-Q1") == "1")
            let since = try await district.said("visit.count", At.splitA, "2015-03", .now)
            #expect(since == "1", "no record of the old community lies in the period")
            let grid = try await district.said("visit.count", At.grid11, "2015-Q1", .now)
            #expect(grid == "1", "the grid went whole")
            #expect(try await district.said("visit.count", At.street, "2015-Q1", .now) == "5")
            #expect(try await district.said("visit.count", At.two, "2015-Q1", .now) == "1")
        }
    }

    @Test(arguments: Engine.available)
    func whatStandsInASplitUnitCountsAboveUntilItIsHandedOver(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.split()
            try await district.take("duty", "编号,起始日期,单位", "D1,2015-01-01,\(At.one)")
            #expect(try await district.said("duty.count", At.street, "@2015-06-30") == "1")
            #expect(try await district.said("duty.count", At.splitA, "@2015-06-30") == "0")
            try await district.post("duty", [.day: "2015-03-01", .ends: "D1"])
            try await district.take("duty", "编号,起始日期,单位", "D2,2015-03-01,\(At.splitA)")
            #expect(try await district.said("duty.count", At.splitA, "@2015-06-30") == "1")
            #expect(try await district.said("duty.count", At.street, "@2015-06-30") == "1")
            #expect(try await district.said("duty.count", At.street, "@2015-02-28") == "1")
        }
    }

    /// The grids of the merged community are due as they stand on the last day.
    @Test(arguments: Engine.available)
    func membersAreThoseUnderTheUnitOnTheLastDay(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.split()
            try await district.visits(
                "V1,2015-02-10,\(At.grid11)", "V2,2015-02-11,\(At.grid11)",
                "V3,2015-03-10,\(At.grid12)", "V4,2015-03-11,\(At.grid12)")
            #expect(try await district.said("visit.grid_share", At.one, "2015-02") == "1/2")
            #expect(try await district.said("visit.grid_share", At.splitA, "2015-Q1") == "0/1")
            #expect(try await district.said("visit.grid_share", At.splitB, "2015-Q1") == "1/1")
            #expect(try await district.said("visit.grid_share", At.street, "2015-Q1") == "2/4")
        }
    }
}
