import Core
import Figures
import Ledger
import TestKit
import Testing

/// The file of printed figures: refused as a whole without its columns, and each row that does
/// not match says why.
struct FigureCheckTests {
    private static let head = FigureCheck.columns.joined(separator: ",")

    private func check(_ text: String, in district: TestDistrict) async throws -> FigureCheck {
        let table = try ImportTable(name: "figures.csv", digest: "", text: Array(text.utf8))
        return try await district.figures.check(table)
    }

    @Test func aFileWithoutTheColumnsIsRefusedAndToldWhich() async throws {
        try await SmallCatalogue.with(.sqlite) { district in
            await #expect {
                try await check(
                    "id,indicator,unit,period,value,qualifier,step,phrase\n1,a,b,c,1,exact,,\n",
                    in: district)
            } throws: { error in
                (error as? Refusal)?.text(.en).contains("counting_unit, numerator, denominator")
                    ?? false
            }
        }
    }

    @Test(arguments: Engine.available)
    func aRowThatMatchesHasNothingToSay(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.record24Visits()
            let result = try await check(
                """
                \(Self.head),printed
                A,visit.count,\(At.street),2015-03,24,exact,,次,24次,,,二十四次
                B,visit.hours,\(At.street),2015-03,10,over,10,小时,10余小时,,,十余小时
                C,visit.hours,\(At.street),2015-03,10,more-than,10,小时,,,,
                D,visit.share,\(At.street),2015-03,4,exact,,%,4%,1,24,
                E,visit.each,\(At.street),2015-03,30,each,,分钟,各30分钟,,,
                """, in: district)
            #expect(result.rows.flatMap(\.mismatches) == [])
            #expect(result.matched == 5)
            #expect(result.rows.map(\.computed)[3] == "1/24 = 4")
        }
    }

    /// A column that is empty does not apply; without a qualifier the number is exact.
    @Test(arguments: Engine.available)
    func aRowMayExpectNoValueAndLeaveItsQualifierOut(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.record24Visits()
            let result = try await check(
                """
                \(Self.head),state,structure
                A,visit.count,\(At.street),2015-03,24,,,次,24次,,,,
                B,silence.count,\(At.street),2015-03,,,,,,,,no_data,then
                C,visit.hours,\(At.street),2015-03,10,more_than,10,小时,,,,,now
                """, in: district)
            #expect(result.rows.flatMap(\.mismatches) == [])
            #expect(result.matched == 3)
        }
    }

    @Test(
        arguments: [
            ("visit.count,S,2015-03,23,exact,,次,24次,,", ["it is 24"]),
            ("visit.count,S,2015-03,24,exact,,次,二十四次,,", ["the phrase is “24次”"]),
            ("visit.count,S,2015-03,24,exact,,人次,24次,,", ["the counting unit is “次”"]),
            (
                "visit.share,S,2015-03,4,exact,,%,4%,2,25,",
                ["numerator 2 expected, 1 found", "denominator 25 expected, 24 found"]
            ),
            (
                "visit.hours,S,2015-03,20,over,10,小时,10余小时,,",
                ["it is not above 20", "the step below it is 10"]
            ),
            ("visit.hours,S,2015-03,5,over,10,小时,10余小时,,", ["the step below it is 10"]),
            ("visit.count,S,2015-03,24,over,8,次,24次,,", ["it is not above 24"]),
            ("visit.count,S,2015-03,many,exact,,次,24次,,", ["value “many” is not a whole number"]),
            (
                "visit.count,S,2015-03,24,exact,,次,,9999.5,abc,",
                [
                    "numerator “9999.5” is not a whole number",
                    "denominator “abc” is not a whole number",
                ]
            ),
            (
                "visit.count,S,2015-03,24,over,0,次,,,",
                ["step “0” is not a whole number from 1 upwards"]
            ),
            (
                "visit.count,S,2015-03,24,about,,次,24次,,",
                ["qualifier “about” is not known: write exact, each, over, more-than"]
            ),
            (
                "visit.count,S,2015-03,,exact,,次,24次,,",
                ["give the value, or say under state why there is none, such as no_data"]
            ),
            ("visit.count,S,2015-03,,,,次,,,,no_data", ["it is 24 times"]),
            (
                "visit.count,S,2015-03,24,,,次,,,,no_data",
                [
                    "state says that there is no value: leave value, numerator and denominator "
                        + "empty"
                ]
            ),
            (
                "visit.count,S,2015-03,,,,次,,,,nothing",
                [
                    "state “nothing” is not known: write no_data, not_comparable, "
                        + "not_on_tree, differs, tie, not_a_part"
                ]
            ),
            ("silence.count,S,2015-03,0,exact,,次,,,", ["no data"]),
            ("visit.none,S,2015-03,24,exact,,次,,,", ["指标: There is no indicator “visit.none”."]),
            ("visit.count,X-9,2015-03,24,exact,,次,,,", ["单位: No unit has the code X-9."]),
        ])
    func aRowThatDiffersSaysWhere(row: String, mismatches: [String]) async throws {
        try await SmallCatalogue.with(.sqlite) { district in
            try await district.record24Visits()
            var row = "1," + row.replacing(",S,", with: ",\(At.street),")
            let missing = 11 - row.count { $0 == "," }
            row += String(repeating: ",", count: max(0, missing))
            let result = try await check(Self.head + ",state\n" + row + "\n", in: district)
            #expect(result.rows.map { $0.mismatches.map(\.en) } == [mismatches])
            #expect(result.matched == 0)
        }
    }
}

extension TestDistrict {
    /// Twenty-four visits of half an hour in March 2015, the first of them weighty.
    fileprivate func record24Visits() async throws {
        let rows = (1...24).map { number in
            "V\(number),2015-03-\(number < 10 ? "0" : "")\(number),\(At.grid11),30,"
                + (number == 1 ? "重" : "轻")
        }
        try await accept(
            (["编号,日期,单位,时长,轻重"] + rows).joined(separator: "\n") + "\n", what: "visit")
    }
}
