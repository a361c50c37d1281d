/// A value that everything in a chart is seen against: the middle of like units, or what should be.
package struct ChartLine: Sendable {
    package enum Look: String, Sendable { case median, standard }

    package let value: Int
    package let label: String
    package let look: Look

    package init(_ value: Int, _ label: String, _ look: Look) {
        self.value = value
        self.label = label
        self.look = look
    }
}
