import Catalogue
import Core
import Dues
import Testing

struct EndingTests {
    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    private func ending(
        _ began: String, until: String? = nil, ended: String? = nil
    ) throws -> Ending {
        Ending(
            began: try day(began), until: try until.map(day), ended: try (ended ?? until).map(day))
    }

    @Test(arguments: [
        ("2015-01-31", 1, "2015-02-28"), ("2012-02-29", 36, "2015-02-28"),
        ("2012-02-29", 48, "2016-02-29"), ("2014-12-15", 60, "2019-12-15"),
        ("2015-11-30", 3, "2016-02-29"),
    ])
    func aTermOfMonthsEndsOnTheSameDay(_ from: String, _ months: Int, _ to: String) throws {
        #expect(try day(from).after(months: months) == Day(to))
    }

    @Test(arguments: [
        ("2015-05-30", 0), ("2015-05-31", 1), ("2015-06-29", 1), ("2015-06-30", 1),
        ("2015-07-01", 0),
    ])
    func whatWasGivenADayShowsAheadAndIsGoneAfterIt(_ on: String, _ count: Int) throws {
        let endings = [try ending("2014-07-01", until: "2015-07-01")]
        let found = try endings.occurrences(notice: 30, term: nil, on: day(on))
        #expect(found.count == count)
        #expect(found.allSatisfy { $0.latest == Day("2015-06-30") && $0.owed == 1 })
    }

    @Test func aTermThatIsOverAndStillStandsIsOverdue() throws {
        let standing = [try ending("2012-03-01")]
        let before = try standing.occurrences(
            notice: 180, term: Deadline.Length(36, .month), on: day("2015-01-10"))
        #expect(before.map(\.state) == [.open])
        let after = try standing.occurrences(
            notice: 180, term: Deadline.Length(36, .month), on: day("2015-04-01"))
        #expect(after.map(\.state) == [.overdue])
        #expect(after.first?.latest == Day("2015-02-28"))
        let elected = [try ending("2012-03-01", ended: "2015-03-20")]
        #expect(
            try elected.occurrences(
                notice: 180, term: Deadline.Length(36, .month), on: day("2015-04-01")
            ).isEmpty)
    }

    @Test func whatWasEndedAheadIsDoneUntilItsDay() throws {
        let renewed = [try ending("2014-07-01", until: "2015-07-01", ended: "2015-06-10")]
        let found = try renewed.occurrences(notice: 30, term: nil, on: day("2015-06-15"))
        #expect(found.map(\.state) == [.done])
        #expect(try renewed.occurrences(notice: 30, term: nil, on: day("2015-07-01")).isEmpty)
        // Ended long before anybody was to be reminded: there is nothing to tell.
        let early = [try ending("2014-07-01", until: "2015-07-01", ended: "2014-12-01")]
        #expect(try early.occurrences(notice: 30, term: nil, on: day("2015-06-15")).isEmpty)
    }

    @Test func whatEndsTogetherIsToldTogetherAndNeverByPerson() throws {
        let three = [
            try ending("2014-07-01", until: "2015-07-01"),
            try ending("2014-09-01", until: "2015-07-01", ended: "2015-06-12"),
            try ending("2014-09-01", until: "2015-07-05"), try ending("2014-01-01"),
        ]
        let found = try three.occurrences(notice: 30, term: nil, on: day("2015-06-20"))
        #expect(found.map(\.owed) == [2, 1])
        #expect(found.map(\.done) == [1, 0])
    }
}
