/// A value at one step of time, as charts over time draw it.
package struct ChartPoint: Sendable {
    package let label: String
    /// Nil where there is no number, which is left out or breaks a line: a gap is not a zero.
    package let value: Int?
    /// The value as it is printed; for a gap, the words that say why there is none.
    package let text: String

    package init(_ label: String, _ value: Int?, text: String) {
        self.label = label
        self.value = value
        self.text = text
    }
}
