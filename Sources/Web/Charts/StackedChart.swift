/// Columns over steps of time, each built of the same few parts in the same order: what a number
/// was made of, and how that changed. What the parts are stands above, and their numbers in the
/// title of each and in the table.
package struct StackedChart: NarrowChart {
    package let title: String
    package let parts: [String]
    package let steps: [Step]
    package let axis: [ColumnChart.Tick]

    package struct Step: Sendable {
        package let label: String
        /// One for each part; nil where there is none.
        package let values: [Int]
        /// What the whole column comes to.
        package let text: String

        package init(_ label: String, _ values: [Int], text: String) {
            self.label = label
            self.values = values
            self.text = text
        }
    }

    package init(
        title: String, parts: [String], steps: [Step], axis: [ColumnChart.Tick]
    ) {
        self.title = title
        self.parts = parts
        self.steps = steps
        self.axis = axis
    }

    /// The most parts that stay apart by their colors; what is left is one more.
    package static let partLimit = 5

    /// How wide the field is where letters have 20 of its units: on a page, and on a phone.
    private static let (page, phone) = (1000.0, 520.0)
    /// How wide a Latin letter is, how high a line is, and the field of columns.
    private static let (letter, line, field) = (11.0, 28.0, 260.0)

    package var picture: Picture { drawn(Self.page) }
    /// The same in a narrower field, so that its letters stay as large.
    package var narrow: Picture { drawn(Self.phone) }

    private func drawn(_ width: Double) -> Picture {
        var drawing = Drawing()
        let above = addParts(width, &drawing) + 34
        let most = max(1, axis.map(\.value).max() ?? 1)
        let margin = Double(axis.map { TextWidth.letters($0.text) }.max() ?? 0) * Self.letter + 12
        let base = above + Self.field
        func y(_ value: Int) -> Double { base - Self.field * Double(max(0, value)) / Double(most) }
        for tick in axis {
            drawing.line(
                tick.value == 0 ? "chart-base" : "chart-grid", x1: Drawing.number(margin),
                y1: Drawing.number(y(tick.value)), x2: Drawing.number(width),
                y2: Drawing.number(y(tick.value)))
            drawing.text(
                "flow-name chart-end chart-note", x: Drawing.number(margin - 8),
                y: Drawing.number(y(tick.value) + 7), tick.text)
        }
        let step = (width - margin) / Double(max(1, steps.count))
        let longest =
            steps.map { max(TextWidth.letters($0.label), TextWidth.letters($0.text)) }
            .max() ?? 0
        // Every second or third is named where not all of them have room.
        let apart = max(1, Int((Double(longest + 1) * Self.letter / step).rounded(.up)))
        for (index, one) in steps.enumerated() {
            let left = margin + Double(index) * step + step * 0.15
            var below = 0
            for (part, value) in one.values.enumerated() where value > 0 {
                drawing.rectangle(
                    "chart-share-\(part % 6 + 1) chart-part", x: Drawing.number(left),
                    y: Drawing.number(y(below + value)), width: Drawing.number(step * 0.7),
                    height: Drawing.number(y(below) - y(below + value)),
                    title:
                        "\(one.label) \(parts.indices.contains(part) ? parts[part] : "") \(value)")
                below += value
            }
            guard (steps.count - 1 - index) % apart == 0 else { continue }
            let middle = Drawing.number(left + step * 0.35)
            drawing.text(
                "flow-name chart-middle chart-name", x: middle,
                y: Drawing.number(y(below) - 8), one.text)
            drawing.text(
                "flow-name chart-middle chart-note", x: middle, y: Drawing.number(base + 26),
                one.label)
        }
        return drawing.picture(
            "stacked-chart", title: title,
            description: steps.map { step in
                let made = zip(parts, step.values).map { "\($0) \($1)" }.joined(separator: ", ")
                return "\(step.label) \(step.text) (\(made))"
            }.joined(separator: "; "),
            size: .field(x: 0, y: 0, width: width, height: base + 36))
    }

    /// What the colors are, in as many rows as it takes; answers where the last one ends.
    private func addParts(_ width: Double, _ drawing: inout Drawing) -> Double {
        var (x, y) = (0.0, 4.0)
        for (part, name) in parts.enumerated() {
            let name = TextWidth.shortened(name, to: 40)
            let needed = 30 + Double(TextWidth.letters(name)) * Self.letter
            if x > 0, x + needed > width { (x, y) = (0, y + Self.line) }
            drawing.rectangle(
                "chart-share-\(part % 6 + 1)", x: Drawing.number(x), y: Drawing.number(y),
                width: "18", height: "18")
            drawing.text(
                "flow-name chart-start", x: Drawing.number(x + 26), y: Drawing.number(y + 16), name)
            x += needed + 18
        }
        return y + Self.line
    }
}
