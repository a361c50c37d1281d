import Core
import Figures
import Testing

struct PeriodWordsReadTests {
    @Test(arguments: [
        "2015", "2015-H1", "2015-H2", "2015-Q3", "2015-05", "2015-05-06", "2015-03-01..2015-03-31",
        "..2015-06-30", "2024-02", "2015-W20",
    ])
    func whatPagesSayOfAPeriodIsReadAsTheSameDays(_ text: String) throws {
        let period = try #require(Period(text))
        for words in [period.words.zh, period.words.en] {
            let read = Period.read(words, today: Day(2026, 11, 30)!)
            #expect(read?.from == period.from && read?.to == period.to, "\(words)")
        }
    }
}
