import Boards
import Core
import Figures
import Testing

@Suite struct PeriodWordsTests {
    @Test(arguments: [
        ("2015", "2015年", "the year 2015"),
        ("2015-H1", "2015年上半年", "the first half of 2015"),
        ("2015-H2", "2015年下半年", "the second half of 2015"),
        ("2015-Q3", "2015年第3季度", "quarter 3 of 2015"),
        ("2015-06", "2015年6月", "2015-06"),
        ("@2015-06-30", "2015年6月30日", "2015-06-30"),
        ("..2015-06-30", "截至2015年6月30日", "up to 2015-06-30"),
        ("2015-01-02..2015-03-04", "2015年1月2日至2015年3月4日", "2015-01-02 to 2015-03-04"),
    ])
    func aPeriodIsSaidAsPeopleSayIt(_ text: String, _ zh: String, _ en: String) throws {
        let period = try #require(Period(text))
        #expect(period.words.zh == zh)
        #expect(period.words.en == en)
    }
}
