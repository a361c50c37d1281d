import Core
import Figures
import TestKit
import Testing

/// A district of five units that is cut anew in the middle of a month: two communities become one
/// under the code of the first, and the third is divided under its own code and a new one.
struct RecutDistrictTests {
    private static let units = """
        编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期
        110199,试区,district,,,,2020-01-01,
        110199001,甲街道,street,110199,110199,,2020-01-01,
        110199001001,一社区,community,110199001,,,2020-01-01,
        110199001002,二社区,community,110199001,,,2020-01-01,
        110199001003,三社区,community,110199001,,,2020-01-01,

        """

    private static let recut = [
        "merge,110199001001,110199001001,一社区,community,110199001,whole",
        "merge,110199001002,110199001001,一社区,community,110199001,whole",
        "split,110199001003,110199001003,三社区,community,110199001,record_by_record",
        "split,110199001003,110199001004,四社区,community,110199001,record_by_record",
    ]

    private func with(_ engine: Engine, _ body: (TestDistrict) async throws -> Void) async throws {
        try await TestDistrict.with(engine, now: { TreeDistrict.today }) { district in
            try await district.accept(Self.units, what: "units")
            try await district.change("X1", "2024-04-15", Self.recut)
            try await body(district)
        }
    }

    @Test(arguments: Engine.available)
    func aCodeMeansUnderNowWhatItMeansToday(on engine: Engine) async throws {
        try await with(engine) { district in
            try await district.take(
                "service_activity", "编号,日期,单位,服务类别", "1,2024-02-01,110199001001,便民维修",
                "2,2024-02-02,110199001002,便民维修", "3,2024-02-03,110199001003,便民维修")
            let indicator = "service_activity.three_kinds"
            for period in ["2024-Q1", "2024-H1", "2024-02"] {
                func now(_ code: String) async throws -> String {
                    try await district.said(indicator, code, period, .now)
                }
                #expect(try await now("110199001001") == "2", "\(period)")
                #expect(try await now("110199001002") == "no_data", "\(period)")
                #expect(try await now("110199001003") == "not_comparable", "\(period)")
                #expect(try await now("110199001004") == "not_comparable", "\(period)")
                #expect(try await now("110199") == "3", "\(period)")
            }
            #expect(try await district.said(indicator, "110199001001", "2024-Q1") == "1")
        }
    }

    @Test(arguments: Engine.available)
    func theShareOfPremisesIsNotComparableAcrossTheDivision(on engine: Engine) async throws {
        try await with(engine) { district in
            try await district.take(
                "premises", "编号,日期,单位,面积", "1,2023-01-05,110199001003,2000")
            let indicator = "premises.share_1000"
            #expect(try await district.said(indicator, "110199", "@2024-03-31") == "1/3")
            for unit in ["110199", "110199001", "110199001003"] {
                let now = try await district.said(indicator, unit, "@2024-03-31", .now)
                #expect(now == "not_comparable", "\(unit)")
            }
            let merged = try await district.said(indicator, "110199001001", "@2024-03-31", .now)
            #expect(merged == "0/1")
        }
    }

    /// The team stood throughout, though it was ended and entered again on the day of the cut.
    @Test(arguments: Engine.available)
    func aThingThatIsHandedOverKeepsEveryMonth(on engine: Engine) async throws {
        try await with(engine) { district in
            try await district.take(
                "volunteer_team", "编号,日期,单位,队伍类别,队伍编号,结束",
                "1,2023-01-05,110199001003,电力安全检修,T1,", "2,2024-04-15,110199001003,,,1",
                "3,2024-04-15,110199001003,电力安全检修,T1,",
                "4,2023-01-05,110199001001,电力安全检修,T2,")
            try await district.take(
                "inspection", "编号,日期,单位,发现隐患,队伍编号", "1,2024-04-03,110199001001,0,T2")
            let indicator = "inspection.monthly_kept"
            for unit in ["110199", "110199001"] {
                for (period, said) in [
                    ("2024-03", "0/2"), ("2024-04", "1/2"), ("2024-05", "0/2"), ("2024-H1", "1/12"),
                    ("2023-01", "no_data"), ("2023-02", "0/2"),
                ] {
                    #expect(try await district.said(indicator, unit, period) == said, "\(period)")
                    #expect(try await district.addsUp(indicator, unit, period), "\(period)")
                }
            }
        }
    }

    /// What was done before the cut counts for whom the thing belongs to behind it, whether the
    /// communities became one or the thing was handed over.
    @Test(arguments: Engine.available)
    func whatWasDoneBeforeTheCutFollowsTheThing(on engine: Engine) async throws {
        try await with(engine) { district in
            try await district.take(
                "volunteer_team", "编号,日期,单位,队伍类别,队伍编号,结束",
                "1,2023-01-05,110199001003,电力安全检修,T1,", "2,2024-04-15,110199001004,,,1",
                "3,2024-04-15,110199001004,电力安全检修,T1,",
                "4,2023-01-05,110199001002,电力安全检修,T2,")
            try await district.take(
                "inspection", "编号,日期,单位,发现隐患,队伍编号", "1,2024-04-03,110199001002,0,T2",
                "2,2024-04-04,110199001003,0,T1", "3,2024-03-04,110199001003,0,T1")
            let indicator = "inspection.monthly_kept"
            for (unit, april, half) in [
                ("110199", "2/2", "3/12"), ("110199001", "2/2", "3/12"),
                ("110199001001", "1/1", "1/6"), ("110199001004", "1/1", "2/6"),
                ("110199001003", "no_data", "no_data"),
            ] {
                #expect(try await district.said(indicator, unit, "2024-04") == april, "\(unit)")
                #expect(try await district.said(indicator, unit, "2024-H1") == half, "\(unit)")
                #expect(try await district.addsUp(indicator, unit, "2024-04"), "\(unit)")
            }
        }
    }

    /// Whatever is cut on whatever day, the communities, the streets and the district say the same.
    @Test(arguments: Engine.available)
    func unitStreetAndDistrictAgreeOverRandomCuts(on engine: Engine) async throws {
        for seed in 1...4 {
            var dice = Dice(seed: UInt64(seed))
            let day = "2024-04-\(10 + dice.roll(0...15))"
            let codes = (1...5).map { "C\($0)" }
            func street(_ index: Int) -> String { "S\(index % 2 + 1)" }
            var units = "编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期\n"
            units += "D,区,district,,,,2020-01-01,\nS1,东街,street,D,D,,2020-01-01,\n"
            units += "S2,西街,street,D,D,,2020-01-01,\n"
            for (index, code) in codes.enumerated() {
                units += "\(code),\(code)社区,community,\(street(index)),,,2020-01-01,\n"
            }
            // One community is merged into a new one, one moves to the other street, one is
            // divided and hands its team over.
            let order = (0...4).shuffled(using: &dice)
            let (merged, moved, divided) = (order[0], order[1], order[2])
            let cut = [
                "merge,\(codes[merged]),N1,新社区,community,\(street(merged)),whole",
                "move,\(codes[moved]),,,,\(street(moved + 1)),",
                "split,\(codes[divided]),N2,南社区,community,\(street(divided)),record_by_record",
                "split,\(codes[divided]),N3,北社区,community,\(street(divided)),record_by_record",
            ]
            var teams = (0...4).map { "\($0 + 1),2023-01-05,\(codes[$0]),电力安全检修,T\($0)," }
            let heir = dice.flip() ? "N2" : "N3"
            teams.append("8,\(day),\(heir),,,\(divided + 1)")
            teams.append("9,\(day),\(heir),电力安全检修,T\(divided),")
            var done: [String] = []
            for team in 0...4 {
                for month in ["03", "04"] where dice.flip() {
                    let on = "2024-\(month)-0\(dice.roll(1...9))"
                    done.append("\(done.count + 1),\(on),\(codes[team]),0,T\(team)")
                }
            }
            try await TestDistrict.with(engine, now: { TreeDistrict.today }) {
                [units, teams, done] test in
                try await test.accept(units, what: "units")
                try await test.change("X", day, cut)
                try await test.accept(
                    (["编号,日期,单位,队伍类别,队伍编号,结束"] + teams).joined(separator: "\n") + "\n",
                    what: "volunteer_team")
                if !done.isEmpty {
                    try await test.accept(
                        (["编号,日期,单位,发现隐患,队伍编号"] + done).joined(separator: "\n") + "\n",
                        what: "inspection")
                }
                for period in ["2024-03", "2024-04", "2024-05", "2024-H1"] {
                    var sums: [[Int]] = []
                    for level in [["D"], ["S1", "S2"], codes + ["N1", "N2", "N3"]] {
                        var sum = [0, 0]
                        for code in level {
                            guard
                                let answer = try? await test.answer(
                                    "inspection.monthly_kept", code, period), answer.hasValue
                            else { continue }
                            sum[0] += answer.numerator
                            sum[1] += answer.denominator
                        }
                        sums.append(sum)
                    }
                    #expect(Set(sums).count == 1, "seed \(seed), \(period): \(sums), \(cut)")
                }
            }
        }
    }
}
