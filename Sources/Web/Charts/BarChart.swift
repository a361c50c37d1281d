/// Horizontal bars: a label and a value on one line, the bar under them, so it fits a phone.
package struct BarChart: Chart {
    package let title: String
    package let bars: [Bar]
    /// How wide a label may be before it is cut, in Latin letters.
    package let labelWidth: Int
    /// What a whole bar stands for; the largest value unless given, as 100 is for shares.
    package let whole: Int?

    /// Labels wider than this would run into the value on a phone of 360 points.
    package static let labelWidth = 32
    /// The same in the larger letters of the elder mode.
    package static let elderLabelWidth = 20

    package struct Bar: Sendable {
        package let label: String
        package let value: Int
        /// The value as it is printed, with its unit.
        package let text: String
        /// The address of what the bar counts; nil when it leads nowhere.
        package let href: String?

        package init(_ label: String, _ value: Int, text: String, href: String? = nil) {
            self.label = label
            self.value = value
            self.text = text
            self.href = href
        }
    }

    package init(
        title: String, bars: [Bar], whole: Int? = nil, labelWidth: Int = labelWidth
    ) {
        self.title = title
        self.bars = bars
        self.labelWidth = labelWidth
        self.whole = whole
    }

    /// The picture. The longest bar is the largest value, or the whole where there is one; nothing,
    /// or less, has its line and no bar.
    package var picture: Picture {
        let largest = max(bars.map(\.value).max() ?? 0, whole ?? 0)
        var drawing = Drawing()
        for (index, bar) in bars.enumerated() {
            let top = Double(index) * BarChart.rowHeight
            func at(_ offset: Double) -> String { Drawing.number(top + offset) + "em" }
            if let href = bar.href { drawing.add(#"<a href="\#(Markup.escape(href))">"#) }
            drawing.text(
                "chart-label", x: "0", y: at(1.1), TextWidth.shortened(bar.label, to: labelWidth))
            drawing.text("chart-value", x: "100%", y: at(1.1), bar.text)
            drawing.rectangle("chart-ground", x: "0", y: at(1.5), width: "100%", height: "0.5em")
            let width = Drawing.percent(max(bar.value, 0), of: largest)
            drawing.rectangle(
                "chart-bar", x: "0", y: at(1.5), width: width, height: "0.5em",
                title: "\(bar.label) \(bar.text)")
            if bar.href != nil { drawing.add("</a>") }
        }
        return drawing.picture(
            "bar-chart", title: title,
            description: bars.map { "\($0.label) \($0.text)" }.joined(separator: "; "),
            size: .letters(Double(bars.count) * BarChart.rowHeight))
    }

    private static let rowHeight = 2.6
}
