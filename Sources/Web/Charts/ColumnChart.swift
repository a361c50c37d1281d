/// Columns over steps of time on an axis from zero, with the same steps of a year before as
/// outlines beside them, and a line where the units were changed.
///
/// Places are shares of the width and heights are letters, so one drawing fits page, phone and
/// paper; numbers above the columns are left out on a phone where they would touch.
package struct ColumnChart: Chart {
    package let title: String
    package let steps: [Step]
    /// What the columns and the outlines are, where there are outlines.
    package let names: (now: String, before: String)?
    /// The numbers of the axis, from zero up, as they are printed.
    package let axis: [Tick]
    /// The step before which something changed, and what.
    package let turn: (step: Int, words: String)?
    /// What every column is seen against, each with its words above the field.
    package let lines: [ChartLine]

    package struct Step: Sendable {
        package let label: String
        /// Nil where there is no number: a gap is not a zero.
        package let value: Int?
        /// The number without its unit, or the words for why there is none.
        package let text: String
        package let href: String?
        package let before: Int?
        package let beforeText: String?

        package init(
            _ label: String, _ value: Int?, text: String, href: String? = nil,
            before: Int? = nil, beforeText: String? = nil
        ) {
            self.label = label
            self.value = value
            self.text = text
            self.href = href
            self.before = before
            self.beforeText = beforeText
        }
    }

    package struct Tick: Sendable {
        package let value: Int
        package let text: String

        package init(_ value: Int, text: String) {
            self.value = value
            self.text = text
        }
    }

    package init(
        title: String, steps: [Step], names: (now: String, before: String)? = nil, axis: [Tick],
        turn: (step: Int, words: String)? = nil, lines: [ChartLine] = []
    ) {
        self.title = title
        self.steps = steps
        self.names = names
        self.axis = axis
        self.turn = turn
        self.lines = lines
    }

    /// Heights in letters: the field of columns, what stands above it, and the line below.
    private static let (field, below) = (11.0, 1.8)
    /// How high each line of words above the field is.
    private static let wordsHeight = 1.8
    /// How many letters a phone and a page are wide.
    private static let (phone, page) = (34.0, 90.0)

    /// The share of the width that the numbers of the axis take, on a phone as well.
    private var margin: Double {
        1.5 + 100 / Self.phone * (axis.map { Self.width($0.text) }.max() ?? 0)
    }

    private var above: Double {
        let words = (names == nil ? 0 : 1) + Double(lines.count)
        return words * Self.wordsHeight + (turn == nil ? 0.4 : 1.6) + 1.2
    }
    private var top: Int { axis.map(\.value).max() ?? 0 }
    private var step: Double { (100 - margin) / Double(max(1, steps.count)) }

    package var picture: Picture {
        var drawing = Drawing()
        addAxis(&drawing)
        addNames(&drawing)
        for (index, one) in steps.enumerated() { add(one, at: index, &drawing) }
        addLines(&drawing)
        if let turn { add(turn, &drawing) }
        return drawing.picture(
            "column-chart", title: title,
            description: (steps.map { step in
                let before = step.beforeText.flatMap { text in
                    names.map { " (\($0.before) \(text))" }
                }
                return "\(step.label) \(step.text)\(before ?? "")"
            } + lines.map(\.label)).joined(separator: "; "),
            size: .letters(above + Self.field + Self.below))
    }

    private func y(_ value: Int) -> Double {
        let share = top > 0 ? Double(min(max(value, 0), top)) / Double(top) : 0
        return above + Self.field * (1 - share)
    }

    private func addAxis(_ drawing: inout Drawing) {
        for tick in axis {
            let line = tick.value == 0 ? "chart-base" : "chart-grid"
            drawing.line(
                line, x1: Drawing.percent(margin), y1: Drawing.em(y(tick.value)), x2: "100%",
                y2: Drawing.em(y(tick.value)))
            drawing.text(
                "chart-end chart-note", x: Drawing.percent(margin - 1),
                y: Drawing.em(y(tick.value) + 0.35),
                tick.text)
        }
    }

    /// What is filled and what is outlined, said above the field.
    private func addNames(_ drawing: inout Drawing) {
        guard let names else { return }
        drawing.rectangle(
            "chart-column", x: Drawing.percent(margin), y: "0.3em", width: "0.9em", height: "0.9em")
        drawing.add(
            #"<text class="chart-start" x="\#(Drawing.percent(margin))" y="1.15em" dx="1.3em">"#
                + Markup.escape(names.now) + "</text>")
        drawing.rectangle("chart-before", x: "55%", y: "0.3em", width: "0.9em", height: "0.9em")
        drawing.add(
            #"<text class="chart-start" x="55%" y="1.15em" dx="1.3em">"#
                + Markup.escape(names.before) + "</text>")
    }

    /// The lines across all columns, each named where nothing else stands.
    private func addLines(_ drawing: inout Drawing) {
        for (place, line) in lines.enumerated() {
            let look = "chart-\(line.look.rawValue)"
            drawing.line(
                look, x1: Drawing.percent(margin), y1: Drawing.em(y(line.value)), x2: "100%",
                y2: Drawing.em(y(line.value)))
            let top = (Double(place) + (names == nil ? 0 : 1)) * Self.wordsHeight
            let sample = 100 / Self.phone * 1.6
            drawing.line(
                look, x1: Drawing.percent(margin), y1: Drawing.em(top + 0.8),
                x2: Drawing.percent(margin + sample), y2: Drawing.em(top + 0.8))
            drawing.text(
                "chart-start", x: Drawing.percent(margin + sample * 1.3),
                y: Drawing.em(top + 1.15), line.label)
        }
    }

    private func add(_ one: Step, at index: Int, _ drawing: inout Drawing) {
        let left = margin + Double(index) * step
        let base = y(0)
        let hasBefore = steps.contains { $0.before != nil }
        let width = step * (hasBefore ? 0.4 : 0.7)
        let place = left + step * (hasBefore ? 0.48 : 0.15)
        if let href = one.href { drawing.add(#"<a href="\#(Markup.escape(href))">"#) }
        if let before = one.before {
            drawing.rectangle(
                "chart-before", x: Drawing.percent(left + step * 0.1), y: Drawing.em(y(before)),
                width: Drawing.percent(step * 0.34), height: Drawing.em(base - y(before)))
        }
        if let value = one.value {
            drawing.rectangle(
                "chart-column", x: Drawing.percent(place), y: Drawing.em(y(value)),
                width: Drawing.percent(width),
                height: Drawing.em(base - y(value)), title: "\(one.label) \(one.text)")
        }
        if let kind = labelKind(index) {
            drawing.text(
                "chart-middle chart-strong\(kind)", x: Drawing.percent(place + width / 2),
                y: Drawing.em(foot(of: one.value ?? 0)), one.text)
        }
        if let kind = stepKind(index) {
            drawing.text(
                "chart-middle chart-note\(kind)", x: Drawing.percent(left + step / 2),
                y: Drawing.em(base + 1.4),
                one.label)
        }
        if one.href != nil { drawing.add("</a>") }
    }

    /// Where the number above a column stands: on the column, or on a line that would cross it.
    private func foot(of value: Int) -> Double {
        let foot = y(value) - 0.4
        return lines.map { y($0.value) }.filter { (foot - 1...foot + 0.3).contains($0) }
            .reduce(foot) { min($0, $1 - 0.3) }
    }

    /// Whether the number of a step is written: everywhere, on a page only, or not at all; the
    /// last one always is.
    private func labelKind(_ index: Int) -> String? {
        kind(index, steps.map { $0.value == nil ? 0 : Self.width($0.text) + 1 })
    }

    /// On a phone every second or third step is named where not all of them have room.
    private func stepKind(_ index: Int) -> String? {
        let widths = steps.map { Self.width($0.label) + 1 }
        let room = Self.phone * step / 100
        let widest = widths.max() ?? 0
        guard let apart = (2...3).first(where: { widest <= room * Double($0) }), widest > room
        else { return kind(index, widths) }
        return (steps.count - 1 - index) % apart == 0 ? "" : " chart-wide"
    }

    private func kind(_ index: Int, _ widths: [Double]) -> String? {
        guard widths[index] > 0 else { return nil }
        let share = step / 100
        let widest = widths.max() ?? 0
        if widest <= Self.phone * share { return "" }
        if index == steps.count - 1, widths[index] <= Self.phone * 0.16 { return "" }
        return widest <= Self.page * share ? " chart-wide" : nil
    }

    private static func width(_ text: String) -> Double { Double(TextWidth.letters(text)) }

    private func add(_ turn: (step: Int, words: String), _ drawing: inout Drawing) {
        let x = margin + Double(turn.step) * step
        drawing.line(
            "chart-turn", x1: Drawing.percent(x), y1: Drawing.em(above - 1.6),
            x2: Drawing.percent(x), y2: Drawing.em(y(0)))
        // Further left where it would not fit on a phone.
        let room = 100 - 100 / Self.phone * Self.width(turn.words)
        drawing.text(
            "chart-start chart-note", x: Drawing.percent(max(0, min(x, room))),
            y: Drawing.em(above - 1.7),
            turn.words)
    }
}

extension ColumnChart {
    /// Round numbers from zero to at least a value, in four steps or five.
    package static func ticks(to value: Int, _ text: (Int) -> String) -> [Tick] {
        guard value > 0 else { return [Tick(0, text: text(0))] }
        var size = 1
        while size * 50 < value { size *= 10 }
        let step = [size, size * 2, size * 5, size * 10].first { $0 * 5 >= value } ?? size * 10
        let count = (value + step - 1) / step
        return (0...count).map { Tick($0 * step, text: text($0 * step)) }
    }
}
