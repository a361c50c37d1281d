import Core
import Testing

/// Every written form of a period, and what only looks like one.
@Suite struct PeriodTests {
    private func effective(_ code: String) -> Day? { code == "R1" ? Day("2015-07-01") : nil }

    @Test(arguments: [
        "", " ", "15", "201", "20155", "0000", "9999", "+015", "-015", "2015-", "-2015", "2015-H",
        "2015-H0", "2015-H3", "2015-h1", "2015-H1 ", "2015-H１", "2015-Q0", "2015-Q5", "2015-Q01",
        "2015-00", "2015-13", "2015-6", "2015-1x", "2015-+1", "2015-W1", "2015-W00", "2015-W54",
        "2015-W+1", "2015-Wx1", "2015-W10-1", "+015-H1", "2015-02-29", "2015-06-31",
        "2015-01-01..", "2015-01-01..2014-12-31", "2015-01-01...2015-02-01",
        "2015-01-01-2015-02-01",
        "2015-01-01..2015-02-30", "..", "..2015", "..2015-02-29", "@", "@2015", "@2015-02-29",
        "before:", "after:", "before:R2", "after:R2", "before:R1 ", "R1", "before", "2015-H1-H2",
        "2005-01-01..2016-01-01", "1999-01-01..9998-12-31", "..9999-12-31", "@9999-12-31",
        "9999-12-31", "2015-01-01..9999-12-31", "9999-12",
        "2015'; DROP TABLE record; --", "二〇一五", "٢٠١٥", "2015\u{0}", "２０１５",
    ])
    func whatIsNoPeriodIsRefused(_ text: String) {
        #expect(Period(text, effective: effective) == nil)
    }

    @Test(arguments: [
        ("2015", "2015-01-01", "2015-12-31", Period.Shape.year),
        ("0001", "0001-01-01", "0001-12-31", .year),
        ("9998", "9998-01-01", "9998-12-31", .year),
        ("2015-H1", "2015-01-01", "2015-06-30", .half),
        ("2015-H2", "2015-07-01", "2015-12-31", .half),
        ("2015-Q1", "2015-01-01", "2015-03-31", .quarter),
        ("2015-Q2", "2015-04-01", "2015-06-30", .quarter),
        ("2015-Q4", "2015-10-01", "2015-12-31", .quarter),
        ("2015-06", "2015-06-01", "2015-06-30", .month),
        ("2016-02", "2016-02-01", "2016-02-29", .month),
        ("2015-12", "2015-12-01", "2015-12-31", .month),
        ("2015-W01", "2014-12-29", "2015-01-04", .week),
        ("2015-W10", "2015-03-02", "2015-03-08", .week),
        ("2015-W53", "2015-12-28", "2016-01-03", .week),
        ("2016-W01", "2016-01-04", "2016-01-10", .week),
        ("2015-03-01", "2015-03-01", "2015-03-01", .day),
        ("@2015-06-30", "2015-06-30", "2015-06-30", .day),
        ("2015-03-01..2015-03-31", "2015-03-01", "2015-03-31", .span),
        ("2015-03-01..2015-03-01", "2015-03-01", "2015-03-01", .span),
        ("2005-01-01..2014-12-31", "2005-01-01", "2014-12-31", .span),
        ("..2015-06-30", "0001-01-01", "2015-06-30", .toDate),
        ("..9999-12-30", "0001-01-01", "9999-12-30", .toDate),
        ("before:R1", "2015-06-30", "2015-06-30", .day),
        ("after:R1", "2015-07-01", "2015-07-01", .day),
    ])
    func everyWrittenFormHasItsDays(
        _ text: String, _ first: String, _ last: String, _ shape: Period.Shape
    ) throws {
        let period = try #require(Period(text, effective: effective))
        #expect(period.from.description == first)
        #expect(period.lastDay.description == last)
        #expect(period.shape == shape)
        #expect(period.description == text)
        #expect(period.contains(period.from) && period.contains(period.lastDay))
        #expect(!period.contains(period.from - 1) && !period.contains(period.to))
    }

    /// A year has a 53rd week only when it begins on a Thursday, or is a leap year from Wednesday.
    @Test(arguments: [
        (2009, true), (2014, false), (2015, true), (2016, false), (2020, true), (2026, true),
    ])
    func onlyALongYearHasA53rdWeek(_ year: Int, _ isLong: Bool) {
        #expect((Period("\(year)-W53") != nil) == isLong)
    }

    @Test(arguments: 1990...2040)
    func theWeeksOfAYearAreThoseWhoseThursdayItHolds(_ year: Int) throws {
        let period = try #require(Period("\(year)"))
        let numbered = (1...53).compactMap { number in
            Period("\(year)-W\(number < 10 ? "0" : "")\(number)")?.from
        }
        #expect(period.weeks == numbered)
        let thursdays = (period.from.number..<period.to.number).map(Day.init(number:))
            .filter { $0.weekday == 4 }
        #expect(period.weeks.map { $0 + 3 } == thursdays)
    }

    @Test(arguments: [
        ("2015-01", "2014-12-29", 5), ("2015-H1", "2014-12-29", 26), ("2015-W10", "2015-03-02", 1),
        ("@2015-03-05", "2015-03-02", 1), ("2015-03-06..2015-03-12", "2015-03-09", 1),
    ])
    func aWeekBelongsWhereItsThursdayLies(_ text: String, _ first: String, _ count: Int) throws {
        let weeks = try #require(Period(text)).weeks
        #expect(weeks.first == Day(first))
        #expect(weeks.count == count)
    }

    @Test(arguments: ["@2015-03-04", "2015-03-06..2015-03-11", "..2015-06-30"])
    func aPeriodWithoutAThursdayOrABeginningHasNoWeeks(_ text: String) throws {
        #expect(try #require(Period(text)).weeks == [])
    }

    @Test(arguments: [
        ("2015", 12, "2015-01-01"), ("2015-Q2", 3, "2015-04-01"), ("2015-06", 1, "2015-06-01"),
        ("2015-01-02..2015-03-31", 2, "2015-02-01"), ("2015-01-01..2015-03-30", 2, "2015-01-01"),
        ("2015-01-15..2015-02-14", 0, nil), ("2015-12-02..2016-01-31", 1, "2016-01-01"),
        ("..2015-06-30", 0, nil), ("@2015-06-30", 0, nil),
    ])
    func onlyMonthsWhollyInsideCount(_ text: String, _ count: Int, _ first: String?) throws {
        let months = try #require(Period(text)).months
        #expect(months.count == count)
        #expect(months.first?.description == first)
    }

    @Test(arguments: [
        ("2015", "2014"), ("2015-H2", "2015-H1"), ("2015-H1", "2014-H2"), ("2015-Q1", "2014-Q4"),
        ("2015-Q3", "2015-Q2"), ("2015-01", "2014-12"), ("2015-06", "2015-05"),
        ("@2015-01-01", "@2014-12-31"), ("2015-W10", nil), ("..2015-06-30", nil),
        ("2015-01-01..2015-01-31", nil), ("0001", nil),
    ])
    func thePeriodBeforeHasTheSameShape(_ text: String, _ before: String?) throws {
        let period = try #require(Period(text))
        #expect(period.previous?.text == before)
        if let previous = period.previous {
            #expect(previous.to == period.from)
            #expect(previous.shape == period.shape)
        }
    }
}
