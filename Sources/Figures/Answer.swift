import Catalogue
import Core

/// What a question is answered with: an exact value, or the reason there is none.
///
/// Zero, no data, not comparable and not on this tree are four different answers.
package struct Answer: Sendable, Hashable {
    package enum State: String, Sendable, CaseIterable {
        case value
        /// Nothing was ever recorded that could tell, or there is nothing to divide by.
        case noData = "no_data"
        /// The past of the units cannot be told apart under the structure asked for.
        case notComparable = "not_comparable"
        /// The unit does not stand on the tree that the figure is about: not zero, but asked of the
        /// wrong unit.
        case notOnTree = "not_on_tree"
        /// The members of an `each` have different values.
        case differs
        /// Two share the place that only one can have.
        case tie
        /// A part is larger than its whole: the definition does not fit the records.
        case notAPart = "not_a_part"
    }

    package let state: State
    /// The value is numerator over denominator, divided last.
    package let numerator: Int
    package let denominator: Int
    /// Whether numerator and denominator are themselves figures, as in a share.
    package let isRatio: Bool
    /// How many records, units or members stand behind it.
    package let count: Int

    package init(
        state: State = .value, numerator: Int = 0, denominator: Int = 1, isRatio: Bool = false,
        count: Int = 0
    ) {
        self.state = state
        self.numerator = numerator
        self.denominator = denominator
        self.isRatio = isRatio
        self.count = count
    }

    package static func none(_ state: State) -> Answer { Answer(state: state) }

    package var hasValue: Bool { state == .value }

    /// The value in the printed unit with the indicator's digits, rounded half up on the exact
    /// ratio. It is for printing; `isAbove`, `floor` and `isExactly` compare the exact value.
    package func rounded(_ indicator: Indicator) -> Int {
        let multiplier = indicator.multiplier * power(10, indicator.round)
        let scaled = numerator * multiplier
        return (2 * scaled + denominator) / (2 * denominator)
    }

    /// Whether the exact value is above a whole number of printed units.
    package func isAbove(_ number: Int, _ indicator: Indicator) -> Bool {
        numerator * indicator.multiplier > number * denominator
    }

    /// Whether the exact value is less than another's, neither of them divided.
    package func isLess(than other: Answer) -> Bool {
        numerator * other.denominator < other.numerator * denominator
    }

    /// The largest multiple of a step that is not above the exact value.
    package func floor(to step: Int, _ indicator: Indicator) -> Int {
        numerator * indicator.multiplier / (denominator * step) * step
    }

    /// Whether the exact value is a whole number of printed units.
    package func isExactly(_ number: Int, _ indicator: Indicator) -> Bool {
        numerator * indicator.multiplier == number * denominator
    }
}

/// How two answers of one figure compare.
extension Answer {
    /// Where fewer records than this part of the newer ones stand behind the older number, the two
    /// are not compared: what was hardly written down did not hardly happen.
    private static let fewestPart = 10

    /// Whether records were kept then as fully as later, told from how many there are.
    package static func isKept(_ past: Int, beside now: Int) -> Bool { past * fewestPart >= now }

    /// How far it lies above an older one: in printed units; between shares in hundredths of the
    /// whole with one digit more, from the shares themselves and not from what is printed of them.
    package func distance(from past: Answer, _ indicator: Indicator) -> Int {
        guard indicator.unit == "%" else {
            return rounded(indicator) - past.rounded(indicator)
        }
        let apart = numerator * past.denominator - past.numerator * denominator
        let whole = denominator * past.denominator
        let tenths = (2 * abs(apart) * 1000 + whole) / (2 * whole)
        return apart < 0 ? -tenths : tenths
    }
}

extension Indicator {
    /// A share is printed in hundredths.
    package var multiplier: Int { unit == "%" ? 100 : 1 }
}

/// A whole number multiplied by itself so many times.
package func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { value, _ in value * base }
}
