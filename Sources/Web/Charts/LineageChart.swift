/// Where a unit came from and what became of it, as one rail from top to bottom: those before it,
/// the unit itself, those after it. One line of words for each, so it fits a phone.
package struct LineageChart: Chart {
    package let title: String
    package let before: [Stop]
    package let name: String
    package let after: [Stop]

    /// A unit before or after, what passed from it or to it, and its page.
    package struct Stop: Sendable {
        package let label: String
        package let text: String
        package let href: String
        /// Whether what was recorded passed as well; where it did not, the rail is broken.
        package let isWhole: Bool

        package init(_ label: String, text: String, href: String, isWhole: Bool) {
            self.label = label
            self.text = text
            self.href = href
            self.isWhole = isWhole
        }
    }

    package init(title: String, before: [Stop], name: String, after: [Stop]) {
        self.title = title
        self.before = before
        self.name = name
        self.after = after
    }

    /// The picture. Each stop hangs on the rail by its own arm, broken where nothing passed whole.
    package var picture: Picture {
        var drawing = Drawing()
        let middle = Double(before.count) * Self.rowHeight
        let last = middle + Double(after.count) * Self.rowHeight
        drawing.line(
            "chart-rail", x1: "0.8em", y1: em(before.isEmpty ? middle : 0), x2: "0.8em",
            y2: em(last))
        for (index, stop) in before.enumerated() {
            draw(stop, at: Double(index) * Self.rowHeight, &drawing)
        }
        drawing.circle("chart-stop chart-here", x: "0.8em", y: em(middle), radius: "0.6em")
        drawing.text("chart-label chart-name", x: "3em", y: em(middle + 0.35), name)
        for (index, stop) in after.enumerated() {
            draw(stop, at: middle + Double(index + 1) * Self.rowHeight, &drawing)
        }
        let words =
            before.map { "\($0.label) \($0.text)" } + [name]
            + after.map { "\($0.label) \($0.text)" }
        return drawing.picture(
            "lineage-chart", title: title, description: words.joined(separator: "; "),
            size: .letters(last + 2.4))
    }

    private func draw(_ stop: Stop, at top: Double, _ drawing: inout Drawing) {
        drawing.line(
            stop.isWhole ? "chart-rail" : "chart-rail chart-broken", x1: "0.8em", y1: em(top),
            x2: "2.2em", y2: em(top))
        drawing.circle("chart-stop", x: "2.2em", y: em(top), radius: "0.4em")
        drawing.add(#"<a href="\#(Markup.escape(stop.href))">"#)
        drawing.text(
            "chart-label", x: "3em", y: em(top + 0.35),
            TextWidth.shortened(stop.label, to: BarChart.labelWidth))
        drawing.add("</a>")
        drawing.text("chart-note", x: "3em", y: em(top + 1.5), stop.text)
    }

    private func em(_ offset: Double) -> String { Drawing.em(offset + Self.top) }

    private static let rowHeight = 3.2
    private static let top = 0.9
}
