import Core
import Testing

struct YearEarlierTests {
    @Test(arguments: [
        ("2015", "2014"), ("2015-H1", "2014-H1"), ("2015-Q3", "2014-Q3"), ("2015-02", "2014-02"),
        ("@2016-02-29", "@2015-02-28"), ("@2015-02-28", "@2014-02-28"),
        ("@2017-02-28", "@2016-02-29"), ("2016-01-01..2016-02-29", "2015-01-01..2015-02-28"),
        ("0002-H1", "0001-H1"), ("2015-W10", "2014-W10"), ("..2015-06-30", "..2014-06-30"),
    ])
    func theSamePeriodAYearEarlier(text: String, earlier: String) throws {
        #expect(try #require(Period(text)).yearEarlier?.text == earlier)
    }

    @Test(arguments: ["2020-W53", "0001"])
    func noPeriodAYearEarlier(text: String) throws {
        #expect(try #require(Period(text)).yearEarlier == nil)
    }
}
