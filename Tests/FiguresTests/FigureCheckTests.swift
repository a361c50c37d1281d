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

    @Test(
        arguments: [
            ("visit.count,S,2015-03,23,exact,,次,24次,,", ["value"]),
            ("visit.count,S,2015-03,24,exact,,次,二十四次,,", ["phrase"]),
            ("visit.count,S,2015-03,24,exact,,人次,24次,,", ["counting unit 次"]),
            ("visit.share,S,2015-03,4,exact,,%,4%,2,25,", ["numerator 1", "denominator 24"]),
            ("visit.hours,S,2015-03,20,over,10,小时,10余小时,,", ["not above 20", "floor"]),
            ("visit.hours,S,2015-03,5,over,10,小时,10余小时,,", ["floor"]),
            ("visit.count,S,2015-03,24,over,8,次,24次,,", ["not above 24"]),
            ("visit.count,S,2015-03,many,exact,,次,24次,,", ["the expected value is not a number"]),
            ("visit.count,S,2015-03,24,about,,次,24次,,", ["the qualifier “about” is not known"]),
            ("silence.count,S,2015-03,0,exact,,次,,,", ["no data"]),
            ("visit.none,S,2015-03,24,exact,,次,,,", ["指标: There is no indicator “visit.none”."]),
            ("visit.count,X-9,2015-03,24,exact,,次,,,", ["单位: No unit has the code X-9."]),
        ])
    func aRowThatDiffersSaysWhere(row: String, mismatches: [String]) async throws {
        try await SmallCatalogue.with(.sqlite) { district in
            try await district.record24Visits()
            var row = "1," + row.replacing(",S,", with: ",\(At.street),")
            let missing = 10 - row.count { $0 == "," }
            row += String(repeating: ",", count: max(0, missing))
            let result = try await check(Self.head + "\n" + row + "\n", in: district)
            #expect(result.rows.map(\.mismatches) == [mismatches])
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
