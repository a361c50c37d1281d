/// One strip cut into shares, with a line of words for each: parts of a whole.
package struct ShareStrip: Chart {
    package let title: String
    package let parts: [Part]
    /// How wide a label may be before it is cut, in Latin letters.
    package let labelWidth: Int

    package struct Part: Sendable {
        package let label: String
        package let value: Int
        package let text: String

        package init(_ label: String, _ value: Int, text: String) {
            self.label = label
            self.value = value
            self.text = text
        }
    }

    package init(title: String, parts: [Part], labelWidth: Int = BarChart.labelWidth) {
        self.title = title
        self.parts = parts
        self.labelWidth = labelWidth
    }

    /// The picture. The lines of words follow the strip's order and give each value, so color
    /// is never needed to tell the parts apart.
    package var picture: Picture {
        let whole = parts.reduce(0) { $0 + max($1.value, 0) }
        var drawing = Drawing()
        drawing.rectangle("chart-ground", x: "0", y: "0", width: "100%", height: "1.2em")
        var before = 0
        for (index, part) in parts.enumerated() where part.value > 0 {
            drawing.rectangle(
                "chart-share-\(index % ShareStrip.colors + 1)",
                x: Drawing.percent(before, of: whole), y: "0",
                width: Drawing.percent(part.value, of: whole), height: "1.2em",
                title: "\(part.label) \(part.text)")
            if before > 0 {
                drawing.rectangle(
                    "chart-cut", x: Drawing.percent(before, of: whole), y: "0", width: "2",
                    height: "1.2em")
            }
            before += part.value
        }
        for (index, part) in parts.enumerated() {
            let top = 1.8 + Double(index) * 1.6
            func at(_ offset: Double) -> String { Drawing.number(top + offset) + "em" }
            drawing.rectangle(
                "chart-share-\(index % ShareStrip.colors + 1)", x: "0", y: at(0.2),
                width: "0.8em", height: "0.8em")
            drawing.text(
                "chart-label", x: "1.3em", y: at(1),
                TextWidth.shortened(part.label, to: labelWidth))
            drawing.text("chart-value", x: "100%", y: at(1), part.text)
        }
        return drawing.picture(
            "share-strip", title: title,
            description: parts.map { "\($0.label) \($0.text)" }.joined(separator: "; "),
            size: .letters(2 + Double(parts.count) * 1.6))
    }

    private static let colors = 6
}
