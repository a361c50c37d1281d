import TestKit
import Testing

/// Figures that first reckon each unit, week, month or standing thing.
struct PerMemberTests {
    @Test(arguments: Engine.available)
    func aUnitWithoutRecordsIsAZeroUnlessOnlyThosePresentAreAsked(
        on engine: Engine
    ) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.visits(
                "V1,2015-03-02,\(At.grid11)", "V2,2015-03-03,\(At.grid11)",
                "V3,2015-03-03,\(At.grid21)")
            #expect(try await district.said("visit.grid_share", At.street, "2015-03") == "1/4")
            #expect(try await district.said("visit.grid_share", At.one, "2015-03") == "1/2")
            #expect(try await district.said("visit.grid_number", At.street, "2015-03") == "1")
            let present = try await district.said(
                "visit.grid_share_present", At.street, "2015-03")
            #expect(present == "1/2")
            #expect(try await district.said("visit.grid_share", At.street, "2015-04") == "0/4")
            let nobody = try await district.said(
                "visit.grid_share_present", At.street, "2015-04")
            #expect(nobody == "no_data")
            for indicator in ["visit.grid_share", "visit.grid_number", "visit.grid_share_present"] {
                #expect(try await district.addsUp(indicator, At.street, "2015-03"), "\(indicator)")
            }
        }
    }

    /// March 2015 holds the Thursdays of four weeks; the first of them begins on 2 March.
    @Test(arguments: Engine.available)
    func aWeekBelongsToThePeriodThatHoldsItsThursday(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.visits("V1,2015-03-01,\(At.grid11)", "V2,2015-03-08,\(At.grid11)")
            #expect(try await district.said("visit.weekly", At.street, "2015-03") == "1/4")
            try await district.visits("V3,2015-03-31,\(At.grid11)")
            #expect(try await district.said("visit.weekly", At.street, "2015-03") == "1/4")
            try await district.visits("V4,2015-03-23,\(At.grid21)", "V5,2015-03-29,\(At.grid21)")
            #expect(try await district.said("visit.weekly", At.street, "2015-03") == "2/4")
            #expect(try await district.addsUp("visit.weekly", At.street, "2015-03"))
        }
    }

    /// The last week of April 2015 ends on 3 May, the first of 2015 begins on 29 December.
    @Test(arguments: Engine.available)
    func aWeekIsWholeEvenWhereItReachesOutOfThePeriod(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.visits("V1,2015-05-02,\(At.grid11)", "V2,2014-12-30,\(At.grid11)")
            #expect(try await district.said("visit.weekly", At.street, "2015-04") == "1/5")
            #expect(try await district.said("visit.weekly", At.street, "2015-05") == "0/4")
            #expect(try await district.said("visit.weekly", At.street, "2015-01") == "1/5")
            #expect(try await district.said("visit.weekly", At.street, "2014-12") == "0/4")
            #expect(try await district.addsUp("visit.weekly", At.street, "2015-04"))
        }
    }

    @Test(arguments: Engine.available)
    func unitsAndMonthsTogetherAreEachDueInEachMonth(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take(
                "visit", "编号,日期,单位,时长", "V1,2015-03-02,\(At.grid11),30",
                "V2,2015-03-31,\(At.grid11),30", "V3,2015-04-01,\(At.grid11),59",
                "V4,2015-04-02,\(At.grid12),60")
            #expect(try await district.said("visit.grid_months", At.one, "2015-Q1") == "1/6")
            let span = "2015-03-01..2015-04-30"
            #expect(try await district.said("visit.grid_months", At.one, span) == "2/4")
            #expect(
                try await district.said("visit.grid_months", At.one, "2015-03-02..2015-04-29")
                    == "no_data")
            #expect(try await district.addsUp("visit.grid_months", At.one, span))
        }
    }

    /// S1 is in care from mid-January on, S2 until mid-May, S3 for two weeks of March.
    @Test(arguments: Engine.available)
    func aStandingThingIsDueFromItsFirstFullMonthToItsLast(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take(
                "duty", "编号,起始日期,截止日期,单位,事项", "D1,2015-01-15,,\(At.grid11),S1",
                "D2,2014-06-01,2015-05-15,\(At.grid11),S2",
                "D3,2015-03-02,2015-03-15,\(At.grid21),S3",
                "D4,2015-03-01,2015-03-31,\(At.grid21),S4")
            try await district.take(
                "visit", "编号,日期,单位,事项", "V1,2015-01-20,\(At.grid11),S1",
                "V2,2015-02-10,\(At.grid11),S1", "V3,2015-02-11,\(At.grid11),S1",
                "V4,2015-05-10,\(At.grid11),S2", "V5,2015-04-10,\(At.grid11),S2")
            // S1: February to June; S2: January to April; S4: March.
            #expect(try await district.said("visit.monthly_kept", At.street, "2015-H1") == "2/10")
            #expect(try await district.said("visit.monthly_kept", At.two, "2015-H1") == "0/1")
            #expect(try await district.said("visit.monthly_kept", At.two, "2015-Q2") == "no_data")
            #expect(try await district.addsUp("visit.monthly_kept", At.street, "2015-H1"))
            try await district.post("duty", [.day: "2015-06-15", .ends: "D1"])
            #expect(try await district.said("visit.monthly_kept", At.street, "2015-H1") == "2/9")
        }
    }

    /// S1 is handed over twice: within the month on one day, and with three days between.
    @Test(arguments: Engine.available)
    func aThingThatIsHandedOverOnOneDayIsOneThing(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take(
                "duty", "编号,起始日期,截止日期,单位,事项", "D1,2015-01-10,2015-02-14,\(At.grid11),S1",
                "D2,2015-02-15,2015-04-09,\(At.grid12),S1", "D3,2015-04-13,,\(At.grid11),S1",
                "D4,2015-02-01,2015-02-28,\(At.grid11),S1")
            try await district.take(
                "visit", "编号,日期,单位,事项", "V1,2015-02-10,\(At.grid11),S1",
                "V2,2015-02-20,\(At.grid12),S1", "V3,2015-04-10,\(At.grid11),S1")
            for (period, said) in [
                ("2015-01", "no_data"), ("2015-02", "1/1"), ("2015-03", "0/1"),
                ("2015-04", "no_data"), ("2015-05", "0/1"), ("2015-H1", "1/4"),
            ] {
                let answer = try await district.said("visit.monthly_kept", At.street, period)
                #expect(answer == said, "\(period)")
                #expect(try await district.addsUp("visit.monthly_kept", At.street, period))
            }
        }
    }

    /// What a unit has and does goes on in the unit that took it whole.
    @Test(arguments: Engine.available)
    func aThingOfAUnitGoesOnWithItsSuccessor(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.merge()
            try await district.take("duty", "编号,起始日期,单位", "D1,2015-01-01,\(At.two)")
            try await district.visits("V1,2015-02-10,\(At.two)", "V2,2015-04-10,\(At.merged)")
            for unit in [At.street, At.merged] {
                let answer = try await district.said("visit.duty_months", unit, "2015-Q2")
                #expect(answer == "1/3", "\(unit)")
            }
            let half = try await district.said("visit.duty_months", At.street, "2015-H1")
            #expect(half == "2/6")
            let before = try await district.said("visit.duty_months", At.two, "2015-02")
            #expect(before == "1/1")
            #expect(try await district.addsUp("visit.duty_months", At.street, "2015-H1"))
        }
    }

    @Test(arguments: Engine.available)
    func eachIsAFigureOnlyWhenAllAreEqual(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            #expect(try await district.said("visit.each", At.street, "2015-03") == "no_data")
            try await district.take(
                "visit", "编号,日期,单位,时长", "V1,2015-03-02,\(At.grid11),30",
                "V2,2015-03-03,\(At.grid21),30")
            #expect(try await district.said("visit.each", At.street, "2015-03") == "30")
            #expect(try await district.phrase("visit.each", At.street, "2015-03") == "各30分钟")
            #expect(try await district.addsUp("visit.each", At.street, "2015-03"))
            #expect(try await district.said("visit.each_grid", At.street, "2015-03") == "differs")
            try await district.take(
                "visit", "编号,日期,单位,时长", "V3,2015-03-04,\(At.grid22),40")
            #expect(try await district.said("visit.each", At.street, "2015-03") == "differs")
            #expect(try await district.said("visit.each", At.one, "2015-03") == "30")
            #expect(try await district.addsUp("visit.each", At.street, "2015-03"))
        }
    }
}
