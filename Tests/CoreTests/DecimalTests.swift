import Core
import Testing

struct DecimalTests {
    @Test(
        arguments: [
            (125, 100, "1.25"), (120, 100, "1.2"), (100, 100, "1"), (5, 100, "0.05"),
            (0, 1_000, "0"), (7, 1, "7"), (1_000_001, 1_000_000, "1.000001"),
        ])
    func aNumberHasAsManyDecimalsAsItNeeds(value: Int, factor: Int, written: String) {
        #expect(value.decimal(per: factor) == written)
    }

    @Test(arguments: [(120, 100, "1.20"), (100, 100, "1.00"), (5, 100, "0.05"), (7, 1, "7")])
    func everyDecimalStandsThereWhereThatIsAsked(value: Int, factor: Int, written: String) {
        #expect(value.decimal(per: factor, keepsZeros: true) == written)
    }

    @Test func theWholeIsWrittenAsItsReaderIsUsedTo() {
        #expect(123_456.decimal(per: 10) { "<\($0)>" } == "<12345>.6")
    }
}
