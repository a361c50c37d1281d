/// How much of something came to each of several steps: a bar for each in the middle of the field,
/// as wide as its share of the first, and what fell away between two as the narrowing from one to
/// the next.
package struct FunnelChart: NarrowChart {
    package let title: String
    package let steps: [Step]

    package struct Step: Sendable {
        package let label: String
        package let value: Int
        package let text: String
        /// What share of the step before it is, in words; empty for the first.
        package let note: String
        package let href: String?

        package init(
            _ label: String, _ value: Int, text: String, note: String = "", href: String? = nil
        ) {
            self.label = label
            self.value = value
            self.text = text
            self.note = note
            self.href = href
        }
    }

    package init(title: String, steps: [Step]) {
        self.title = title
        self.steps = steps
    }

    /// How wide the field is where letters have 20 of its units: on a page, and on a phone.
    private static let (page, phone) = (1000.0, 520.0)
    /// How wide a Latin letter is, how high a line of words and how high a bar.
    private static let (letter, line, bar) = (11.0, 30.0, 40.0)

    package var picture: Picture { drawn(Self.page) }
    /// The same in a narrower field, so that its letters stay as large.
    package var narrow: Picture { drawn(Self.phone) }

    private func drawn(_ width: Double) -> Picture {
        var drawing = Drawing()
        let most = max(1, steps.map(\.value).max() ?? 1)
        func half(_ step: Step) -> Double {
            width / 2 * Double(max(0, step.value)) / Double(most)
        }
        var top = 0.0
        for (place, step) in steps.enumerated() {
            let lines = words(of: step, in: width)
            let bar = top + Double(lines.count) * Self.line
            if place > 0 {
                addNarrowing(
                    (half(steps[place - 1]), top), (half(step), bar), width / 2, &drawing)
            }
            if let href = step.href { drawing.add(#"<a href="\#(Markup.escape(href))">"#) }
            for (index, text) in lines.enumerated() {
                drawing.text(
                    index == 0 ? "flow-name chart-middle chart-name" : "flow-name chart-middle",
                    x: Drawing.number(width / 2),
                    y: Drawing.number(top + (Double(index) + 0.75) * Self.line), text)
            }
            // Nothing is drawn as well: a line.
            let reach = max(half(step), 1)
            drawing.rectangle(
                "chart-column", x: Drawing.number(width / 2 - reach), y: Drawing.number(bar),
                width: Drawing.number(reach * 2), height: Drawing.number(Self.bar),
                title: step.words)
            if step.href != nil { drawing.add("</a>") }
            top = bar + Self.bar
        }
        return drawing.picture(
            "funnel-chart", title: title,
            description: steps.map(\.words).joined(separator: "; "),
            size: .field(x: 0, y: 0, width: width, height: max(1, top + 4)))
    }

    /// The words above a bar, in one line where they have room, else in two.
    private func words(of step: Step, in width: Double) -> [String] {
        let most = Int(width / Self.letter)
        let name = "\(step.label) \(step.text)"
        let one = step.note.isEmpty ? name : "\(name) · \(step.note)"
        let lines = TextWidth.letters(one) <= most ? [one] : [name, step.note]
        return lines.filter { !$0.isEmpty }.map { TextWidth.shortened($0, to: most) }
    }

    private func addNarrowing(
        _ from: (half: Double, y: Double), _ to: (half: Double, y: Double), _ middle: Double,
        _ drawing: inout Drawing
    ) {
        let corners = [
            (middle - from.half, from.y), (middle + from.half, from.y), (middle + to.half, to.y),
            (middle - to.half, to.y),
        ]
        let path = corners.map { "\(Drawing.number($0.0)),\(Drawing.number($0.1))" }
            .joined(separator: "L")
        drawing.add(#"<path class="funnel-narrowing" d="M\#(path)Z"/>"#)
    }
}

extension FunnelChart.Step {
    fileprivate var words: String {
        "\(label) \(text)" + (note.isEmpty ? "" : " (\(note))")
    }
}
