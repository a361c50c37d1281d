import Core
import Storage
import Testing

@Suite struct MomentTests {
    /// The district's midnight is 16:00 UTC.
    @Test(arguments: [
        (Int64(0), "1970-01-01 08:00"), (57_599_999, "1970-01-01 23:59"),
        (57_600_000, "1970-01-02 00:00"), (-28_800_000, "1970-01-01 00:00"),
        (-28_800_001, "1969-12-31 23:59"), (1_435_679_999_999, "2015-06-30 23:59"),
        (1_435_680_000_000, "2015-07-01 00:00"), (1_448_000_000_000, "2015-11-20 14:13"),
        (1_456_675_200_000, "2016-02-29 00:00"),
    ])
    func theDayChangesAtMidnightInTheDistrict(_ milliseconds: Int64, _ text: String) {
        let moment = Moment(milliseconds: milliseconds)
        #expect(moment.text == text)
        #expect(moment.day.description == text.prefix(10))
        #expect(moment.instant.hasPrefix(text.replacing(" ", with: "T") + ":"))
    }

    @Test func anInstantIsWrittenWithItsZoneAndAllItsZeros() {
        let moment = Moment(milliseconds: 1_435_680_000_000 + 9 * 3_600_000 + 5 * 60_000 + 6_007)
        #expect(moment.clock == "09:05:06")
        #expect(moment.instant == "2015-07-01T09:05:06+08:00")
        #expect(moment.exactInstant == "2015-07-01T09:05:06.007+08:00")
        let before = Moment(milliseconds: -28_800_001)
        #expect(before.exactInstant == "1969-12-31T23:59:59.999+08:00")
    }

    @Test func momentsAreStoredWhole() throws {
        let moment = Moment(milliseconds: 1_448_000_000_001)
        #expect(moment.storageValue == .integer(1_448_000_000_001))
        #expect(try Moment(storageValue: moment.storageValue) == moment)
        #expect(throws: ColumnFault.self) { try Moment(storageValue: .text("now")) }
        #expect(Moment(milliseconds: 1) < Moment(milliseconds: 2))
    }
}
