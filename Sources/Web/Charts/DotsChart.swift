/// Many units against a limit: a dot for each, piled up where it stands on the axis, filled where
/// it keeps the limit and hollow where it does not.
package struct DotsChart: NarrowChart {
    package let title: String
    package let dots: [Dot]
    package let axis: [ColumnChart.Tick]
    package let limit: (value: Int, label: String)

    package struct Dot: Sendable {
        package let value: Int
        package let words: String
        package let isMet: Bool

        package init(_ value: Int, _ words: String, isMet: Bool) {
            self.value = value
            self.words = words
            self.isMet = isMet
        }
    }

    package init(
        title: String, dots: [Dot], axis: [ColumnChart.Tick], limit: (value: Int, label: String)
    ) {
        self.title = title
        self.dots = dots
        self.axis = axis
        self.limit = limit
    }

    /// How wide the field is where letters have 20 of its units, and into how many piles it is
    /// divided: on a page, and on a phone.
    private static let (page, phone) = ((width: 1000.0, piles: 50), (width: 520.0, piles: 26))
    private static let letter = 11.0

    package var picture: Picture { drawn(Self.page) }
    /// The same in a narrower field, so that its letters stay as large.
    package var narrow: Picture { drawn(Self.phone) }

    private func drawn(_ field: (width: Double, piles: Int)) -> Picture {
        var drawing = Drawing()
        let most = max(1, axis.map(\.value).max() ?? 1)
        let (left, right) = (18.0, field.width - 26)
        func x(_ value: Int) -> Double {
            left + (right - left) * Double(min(max(value, 0), most)) / Double(most)
        }
        let wide = (right - left) / Double(field.piles)
        // A pile lies on one side of the limit only.
        let edge = Int((x(limit.value) - left) / wide)
        var piles: [Int: [Dot]] = [:]
        for dot in dots.sorted(by: { ($0.value, $0.words) < ($1.value, $1.words) }) {
            var pile = min(field.piles - 1, Int((x(dot.value) - left) / wide))
            if dot.isMet, pile < edge { pile = edge }
            if !dot.isMet, pile >= edge { pile = max(0, edge - 1) }
            piles[pile, default: []].append(dot)
        }
        let highest = piles.values.map(\.count).max() ?? 0
        let step = min(wide, 420 / Double(max(1, highest)))
        let base = 44 + Double(max(4, highest)) * step
        for (pile, own) in piles.sorted(by: { $0.key < $1.key }) {
            let start =
                edge > 0 && pile >= edge
                ? x(limit.value) + Double(pile - edge) * wide : left + Double(pile) * wide
            let middle = min(start + wide / 2, right)
            for (place, dot) in own.enumerated() {
                drawing.circle(
                    dot.isMet ? "dot-met" : "dot-short", x: Drawing.number(middle),
                    y: Drawing.number(base - (Double(place) + 0.5) * step),
                    radius: Drawing.number(min(wide, step) * 0.42), title: dot.words)
            }
        }
        drawing.line(
            "chart-base", x1: Drawing.number(left), y1: Drawing.number(base),
            x2: Drawing.number(right), y2: Drawing.number(base))
        let isTight = field.width < Self.page.width
        for (place, tick) in axis.enumerated() where !isTight || place % 2 == 0 {
            drawing.text(
                "flow-name chart-middle chart-note", x: Drawing.number(x(tick.value)),
                y: Drawing.number(base + 26), tick.text)
        }
        let half = Double(TextWidth.letters(limit.label)) * Self.letter / 2
        drawing.line(
            "chart-standard", x1: Drawing.number(x(limit.value)), y1: "30",
            x2: Drawing.number(x(limit.value)), y2: Drawing.number(base))
        drawing.text(
            "flow-name chart-middle",
            x: Drawing.number(min(max(x(limit.value), half), field.width - half)), y: "22",
            limit.label)
        return drawing.picture(
            "dots-chart", title: title,
            description: ([limit.label] + dots.map(\.words)).joined(separator: "; "),
            size: .field(x: 0, y: 0, width: field.width, height: base + 34))
    }
}
