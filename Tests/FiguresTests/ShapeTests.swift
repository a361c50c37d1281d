import TestKit
import Testing

/// The shapes of figures that need neither persons, nor members, nor a pick.
struct ShapeTests {
    /// Zero, no data because nobody ever recorded it, and no data because the unit was not there.
    @Test(arguments: Engine.available)
    func zeroAndNoDataAreDifferentAnswers(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            for indicator in [
                "visit.count", "visit.minutes", "visit.longest", "visit.persons", "visit.streak",
                "visit.places", "visit.share", "duty.count", "house.largest", "visit.first",
            ] {
                let said = try await district.said(indicator, At.street, "2015")
                #expect(said == "no_data", "\(indicator)")
            }
            try await district.take("visit", "编号,日期,单位", "V1,2015-03-01,\(At.grid11)")
            for indicator in ["visit.count", "visit.minutes", "visit.persons", "visit.streak"] {
                let said = try await district.said(indicator, At.two, "2015")
                #expect(said == "0", "\(indicator)")
            }
            #expect(try await district.said("visit.longest", At.two, "2015") == "no_data")
            #expect(try await district.said("silence.count", At.street, "2015") == "no_data")
            #expect(try await district.said("visit.count", At.grid11, "2013") == "no_data")
            #expect(try await district.said("visit.count", At.grid11, "2014") == "0")
            #expect(try await district.phrase("silence.count", At.street, "2015") == "无数据")
            #expect(try await district.phrase("visit.count", At.two, "2015") == "0次")
        }
    }

    @Test(arguments: Engine.available)
    func countsSumsAndLargestsRollUpFromTheDoer(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take(
                "visit", "编号,日期,单位,时长,主题,事项", "V1,2015-03-01,\(At.grid11),90,安全,S1",
                "V2,2015-03-31,\(At.one),45,安全,S1；S2", "V3,2015-04-01,\(At.grid11),600,卫生,S3",
                "V4,2015-03-05,\(At.two),30,卫生,S2", "V5,2015-03-05,\(At.grid21),,,")
            for (indicator, unit, said) in [
                ("visit.count", At.street, "4"), ("visit.count", At.one, "2"),
                ("visit.count", At.grid11, "1"), ("visit.count", At.district, "4"),
                ("visit.minutes", At.street, "165"), ("visit.hours", At.street, "165/60"),
                ("visit.longest", At.street, "90"), ("visit.themes", At.street, "2"),
                ("visit.themes", At.one, "1"), ("visit.matters", At.street, "2"),
                ("visit.matters", At.grid11, "1"), ("visit.themed", At.street, "3"),
                ("visit.unthemed", At.street, "1"), ("visit.communities", At.street, "2"),
                ("visit.communities", At.two, "1"),
            ] {
                let answer = try await district.said(indicator, unit, "2015-03")
                #expect(answer == said, "\(indicator) \(unit)")
                #expect(try await district.addsUp(indicator, unit, "2015-03"), "\(indicator)")
            }
            #expect(try await district.phrase("visit.hours", At.street, "2015") == "10余小时")
        }
    }

    @Test(arguments: Engine.available)
    func aChoiceWithAnOrderIsComparedByIt(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take(
                "visit", "编号,日期,单位,轻重", "V1,2015-03-01,\(At.grid11),轻",
                "V2,2015-03-01,\(At.grid11),中", "V3,2015-03-01,\(At.grid11),重",
                "V4,2015-03-01,\(At.grid11),")
            #expect(try await district.said("visit.weighty", At.street, "2015") == "2")
            #expect(try await district.said("visit.beyond", At.street, "2015") == "1")
            #expect(try await district.said("visit.light", At.street, "2015") == "2")
            #expect(try await district.said("visit.lightest", At.street, "2015") == "1")
        }
    }

    /// A limit from above, of records and of members; where its rule is not in force, none meets.
    @Test(arguments: Engine.available)
    func anUpperLimitIncludesItselfAndNeedsItsRule(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take(
                "visit", "编号,日期,单位,时长", "V1,2015-02-01,\(At.grid11),30",
                "V2,2015-02-02,\(At.grid11),31", "V3,2015-02-03,\(At.grid12),29",
                "V4,2015-06-03,\(At.grid12),1")
            for (indicator, period, said) in [
                ("visit.short", "2015-02", "2"), ("visit.short", "2015-06", "0"),
                ("visit.shorter", "2015-02", "1"), ("visit.quiet_grids", "2015-02", "3/4"),
                ("visit.quieter_grids", "2015-02", "2/4"), ("visit.within_rule", "2015-02", "3/4"),
                ("visit.within_rule", "2015-06", "0/4"),
            ] {
                let answer = try await district.said(indicator, At.street, period)
                #expect(answer == said, "\(indicator) \(period)")
                #expect(try await district.addsUp(indicator, At.street, period), "\(indicator)")
            }
        }
    }

    /// By a field: options in their order, then what gave none; a ratio has no parts.
    @Test(arguments: Engine.available)
    func theFieldAnIndicatorNamesDividesIt(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            #expect(try await district.parts("visit.by_weight") == [])
            try await district.take(
                "visit", "编号,日期,单位,轻重,时长,事项", "V1,2015-03-01,\(At.grid11),重,30,S1",
                "V2,2015-03-01,\(At.grid11),轻,10,S1", "V3,2015-03-02,\(At.two),重,5,S1",
                "V4,2015-03-03,\(At.one),,7,S2", "V5,2014-03-03,\(At.one),中,9,S9")
            #expect(
                try await district.parts("visit.by_weight") == ["low 10", "high 35", "– 7"])
            #expect(
                try await district.parts("visit.matters_by_weight") == ["low 1", "high 1", "– 1"])
            #expect(try await district.parts("visit.share_by_weight") == [])
            #expect(try await district.parts("visit.count") == [])
        }
    }

    @Test(arguments: Engine.available)
    func aRuleIsThatOfTheDayAndNoDataOutsideItsDays(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            for (period, said) in [
                ("2014", "no_data"), ("@2015-01-01", "30"), ("@2015-03-01", "30"),
                ("@2015-03-02", "40"), ("2015-03", "40"), ("@2015-04-30", "40"),
                ("@2015-05-01", "no_data"),
            ] {
                let answer = try await district.said("rule.length", At.street, period)
                #expect(answer == said, "\(period)")
            }
            try await district.take(
                "visit", "编号,日期,单位,时长", "V1,2015-02-01,\(At.grid11),30",
                "V2,2015-02-02,\(At.grid11),29", "V3,2015-03-05,\(At.grid11),40",
                "V4,2015-05-05,\(At.grid11),500")
            #expect(try await district.said("visit.by_rule", At.street, "2015-02") == "1")
            #expect(try await district.said("visit.by_rule", At.street, "2015-Q1") == "1")
            let outside = try await district.said("visit.by_rule", At.street, "2015-05")
            #expect(outside == "0", "no rule is in force, so nothing meets it")
        }
    }

    @Test(arguments: Engine.available)
    func aStreakIsTheLongestRunOfDaysWithoutAGap(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.visits(
                "V1,2015-02-27,\(At.grid11)", "V2,2015-02-28,\(At.grid21)",
                "V3,2015-03-01,\(At.grid11)", "V4,2015-03-01,\(At.grid21)",
                "V5,2015-03-03,\(At.grid11)", "V6,2015-03-04,\(At.grid11)")
            #expect(try await district.said("visit.streak", At.street, "2015") == "3")
            #expect(try await district.said("visit.streak", At.two, "2015") == "2")
            #expect(try await district.said("visit.streak", At.street, "2015-03") == "2")
            #expect(try await district.phrase("visit.streak", At.street, "2015") == "连续3天")
            #expect(try await district.addsUp("visit.streak", At.street, "2015"))
            try await district.reverse("visit", "V2")
            #expect(try await district.said("visit.streak", At.street, "2015") == "2")
        }
    }

    /// The bureau goes out; what is counted are the communities in which it was.
    @Test(arguments: Engine.available)
    func theDoerRollsUpWhileItsPlacesAreCounted(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take(
                "visit", "编号,日期,单位,地点", "V1,2015-03-01,BUR-EDU,\(At.grid11)",
                "V2,2015-03-02,BUR-EDU,\(At.one)", "V3,2015-03-03,BUR-EDU,\(At.two)",
                "V4,2015-03-03,BUR-EDU,", "V5,2015-03-03,\(At.street),\(At.two)")
            #expect(try await district.said("visit.places", "BUR-EDU", "2015") == "2")
            #expect(try await district.said("visit.count", "BUR-EDU", "2015") == "4")
            #expect(try await district.said("visit.places", At.street, "2015") == "1")
            #expect(try await district.said("visit.at_place", At.one, "2015") == "2")
            #expect(try await district.said("visit.at_place", At.street, "2015") == "4")
            #expect(try await district.said("visit.at_place", "BUR-EDU", "2015") == "0")
        }
    }

    /// S1 is taken up in February and settled in March and May; S2 is settled in April, S3 never.
    @Test(arguments: Engine.available)
    func whatIsFollowedCountsOnTheDayOfItsFirstFollower(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take(
                "visit", "编号,日期,单位,事项", "V1,2015-02-10,\(At.grid11),S1",
                "V2,2015-02-11,\(At.grid21),S2", "V3,2015-02-12,\(At.grid21),S3")
            try await district.take(
                "settled", "编号,日期,单位,事项", "E1,2015-03-10,\(At.street),S1",
                "E2,2015-05-10,\(At.street),S1", "E3,2015-04-10,\(At.street),S2",
                "E4,2015-04-10,\(At.street),S9")
            for (period, said) in [("2015-02", "0"), ("2015-03", "1"), ("2015-05", "0")] {
                #expect(try await district.said("visit.settled", At.street, period) == said)
            }
            #expect(try await district.said("visit.settled", At.one, "2015") == "1")
            #expect(try await district.said("visit.settled", At.street, "2015") == "2")
            #expect(try await district.said("visit.taken_up", At.street, "2015-02") == "2")
            #expect(try await district.said("visit.taken_up", At.street, "2015-03") == "0")
            try await district.reverse("settled", "E1")
            #expect(try await district.said("visit.settled", At.street, "2015-03") == "0")
            #expect(try await district.said("visit.settled", At.street, "2015-05") == "1")
            #expect(try await district.addsUp("visit.settled", At.street, "2015"))
        }
    }

    @Test(arguments: Engine.available)
    func aFollowerThatCameBeforeIsNone(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take(
                "visit", "编号,日期,单位,事项", "V1,2015-02-10,\(At.grid11),S1",
                "V2,2015-02-10,\(At.grid11),S2")
            try await district.take(
                "settled", "编号,日期,单位,事项", "E1,2015-02-09,\(At.street),S1",
                "E2,2015-02-10,\(At.street),S2")
            #expect(try await district.said("visit.settled", At.street, "2015") == "1")
        }
    }

    @Test(arguments: Engine.available)
    func aShareKeepsBothNumbersAndItsPartMustBeAPart(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take(
                "visit", "编号,日期,单位,轻重", "V1,2015-03-01,\(At.grid11),重",
                "V2,2015-03-01,\(At.grid11),轻", "V3,2015-03-01,\(At.grid21),轻")
            #expect(try await district.said("visit.share", At.street, "2015") == "1/3")
            #expect(try await district.phrase("visit.share", At.street, "2015") == "33%")
            #expect(try await district.said("visit.share", At.two, "2015") == "0/1")
            #expect(try await district.said("visit.share", At.grid12, "2015") == "no_data")
            #expect(try await district.said("visit.share", At.street, "2015-04") == "no_data")
            #expect(try await district.addsUp("visit.share", At.street, "2015"))
            try await district.take("settled", "编号,日期,单位", "E1,2015-03-10,\(At.street)")
            let other = try await district.said("visit.no_part", At.street, "2015")
            #expect(other == "not_a_part")
        }
    }
}
