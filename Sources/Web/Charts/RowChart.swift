/// Like units in rows on one axis from zero: as bars at one moment, or as two moments, the earlier
/// hollow and the later filled. Lines across all rows are the middle of them and a standard.
///
/// It is drawn twice: with everything of a row on one line, and for a phone in two lines.
package struct RowChart: NarrowChart {
    package let title: String
    package let rows: [Row]
    /// The numbers of the axis, from zero up.
    package let axis: [ColumnChart.Tick]
    package let lines: [ChartLine]
    /// What the filled and the hollow marks are; nil for bars at one moment.
    package let names: (now: String, before: String)?

    package struct Row: Sendable {
        package let label: String
        /// Nil where there is no number: a gap is not a zero.
        package let value: Int?
        package let text: String
        /// What the number is made of, such as 4/6.
        package let note: String
        package let before: Int?
        package let beforeText: String?
        package let href: String?

        package init(
            _ label: String, _ value: Int?, text: String, note: String = "", before: Int? = nil,
            beforeText: String? = nil, href: String? = nil
        ) {
            self.label = label
            self.value = value
            self.text = text
            self.note = note
            self.before = before
            self.beforeText = beforeText
            self.href = href
        }
    }

    package init(
        title: String, rows: [Row], axis: [ColumnChart.Tick], lines: [ChartLine] = [],
        names: (now: String, before: String)? = nil
    ) {
        self.title = title
        self.rows = rows
        self.axis = axis
        self.lines = lines
        self.names = names
    }

    package var picture: Picture { drawn(RowLayout(wide: self)) }

    /// The same for a phone, or for half a page.
    package var narrow: Picture { drawn(RowLayout(narrow: self)) }

    private var most: Int { axis.map(\.value).max() ?? 0 }

    private func drawn(_ layout: RowLayout) -> Picture {
        var drawing = Drawing()
        func x(_ value: Int) -> Double {
            let share = most > 0 ? Double(min(max(value, 0), most)) / Double(most) : 0
            return layout.left + (layout.right - layout.left) * share
        }
        addNames(layout, &drawing)
        let base = layout.top + Double(rows.count) * layout.rowHeight
        addAxis(layout, base: base, x, &drawing)
        for (index, row) in rows.enumerated() {
            add(row, at: layout.top + Double(index) * layout.rowHeight, layout, x, &drawing)
        }
        addLines(layout, base: base, x, &drawing)
        return drawing.picture(
            "row-chart", title: title,
            description: (rows.map(\.words)
                + lines.map(\.label)).joined(separator: "; "),
            size: .letters(base + 1.8))
    }

    /// What is filled and what is hollow, said above the rows.
    private func addNames(_ layout: RowLayout, _ drawing: inout Drawing) {
        guard let names else { return }
        var at = layout.left
        for (name, kind) in [(names.before, "chart-then"), (names.now, "chart-now")] {
            drawing.circle(
                kind, x: Drawing.percent(at + layout.share(0.6)), y: "0.8em", radius: "0.38em")
            drawing.text(
                "chart-start", x: Drawing.percent(at + layout.share(1.4)), y: "1.15em", name)
            at += layout.share(2.6 + RowLayout.width(name))
        }
    }

    private func addAxis(
        _ layout: RowLayout, base: Double, _ x: (Int) -> Double, _ drawing: inout Drawing
    ) {
        for (place, tick) in axis.enumerated() {
            drawing.line(
                tick.value == 0 ? "chart-base" : "chart-grid", x1: Drawing.percent(x(tick.value)),
                y1: Drawing.em(layout.top - 0.1), x2: Drawing.percent(x(tick.value)),
                y2: Drawing.em(base))
            guard layout.labelsAxis(place, of: axis) else { continue }
            let side =
                place == 0
                ? "chart-start" : place == axis.count - 1 ? "chart-end" : "chart-middle"
            drawing.text(
                "\(layout.isTight ? side : "chart-middle") chart-note",
                x: Drawing.percent(x(tick.value)), y: Drawing.em(base + 1.3), tick.text)
        }
    }

    private func add(
        _ row: Row, at top: Double, _ layout: RowLayout, _ x: (Int) -> Double,
        _ drawing: inout Drawing
    ) {
        if let href = row.href { drawing.add(#"<a href="\#(Markup.escape(href))">"#) }
        let (words, mark) = (Drawing.em(top + layout.words), top + layout.mark)
        drawing.text(
            layout.isTight ? "chart-start" : "chart-end", x: Drawing.percent(layout.labelAt),
            y: words, TextWidth.shortened(row.label, to: layout.labelLetters))
        drawing.text(
            "chart-end chart-strong", x: Drawing.percent(layout.valueAt), y: words, row.text)
        if let noteAt = layout.noteAt, !row.note.isEmpty {
            drawing.text("chart-start chart-note", x: Drawing.percent(noteAt), y: words, row.note)
        }
        if names == nil {
            addBar(row, at: mark, x, &drawing)
        } else {
            addRange(row, at: mark, x, &drawing)
        }
        if row.href != nil { drawing.add("</a>") }
    }

    private func addBar(
        _ row: Row, at mark: Double, _ x: (Int) -> Double, _ drawing: inout Drawing
    ) {
        guard let value = row.value else { return }
        // Nothing is drawn as well: a line, where a gap has none.
        let width = value > 0 ? Drawing.percent(x(value) - x(0)) : "2"
        drawing.rectangle(
            "chart-bar", x: Drawing.percent(x(0)), y: Drawing.em(mark - 0.4), width: width,
            height: "0.8em", title: row.words)
    }

    private func addRange(
        _ row: Row, at mark: Double, _ x: (Int) -> Double, _ drawing: inout Drawing
    ) {
        let y = Drawing.em(mark)
        if let before = row.before, let value = row.value {
            drawing.line(
                "chart-span", x1: Drawing.percent(x(before)), y1: y,
                x2: Drawing.percent(x(value)), y2: y)
        }
        if let before = row.before {
            drawing.circle(
                "chart-then", x: Drawing.percent(x(before)), y: y, radius: "0.38em",
                title: row.words)
        }
        if let value = row.value {
            drawing.circle(
                "chart-now", x: Drawing.percent(x(value)), y: y, radius: "0.38em",
                title: row.words)
        }
    }

    private func addLines(
        _ layout: RowLayout, base: Double, _ x: (Int) -> Double, _ drawing: inout Drawing
    ) {
        for (level, line) in lines.enumerated() {
            let at = x(line.value)
            let y = layout.top - 0.5 - Double(lines.count - 1 - level) * RowLayout.lineHeight
            drawing.line(
                "chart-\(line.look.rawValue)", x1: Drawing.percent(at), y1: Drawing.em(y + 0.2),
                x2: Drawing.percent(at), y2: Drawing.em(base))
            // Kept within the field, whichever end of it the line is near.
            let half = layout.share(RowLayout.width(line.label) / 2 + 1.5)
            let middle = min(max(at, half), max(half, 100 - half))
            drawing.text(
                "chart-middle chart-note", x: Drawing.percent(middle), y: Drawing.em(y),
                line.label)
        }
    }
}

extension RowChart.Row {
    /// The row in words: what the two moments were.
    fileprivate var words: String {
        let made = note.isEmpty ? "" : " (\(note))"
        return "\(label) \(text)\(made)" + (beforeText.map { " ← \($0)" } ?? "")
    }
}
