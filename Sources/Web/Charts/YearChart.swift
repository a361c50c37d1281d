import Core

/// The days of a year, a square for each in a shade by how much there was: weeks are columns from
/// Monday down, months are named above. On a phone the two halves stand below each other.
package struct YearChart: NarrowChart {
    package let title: String
    package let year: Int
    package let counts: [Day: Int]
    /// What a month is called where there is little room.
    package let month: @Sendable (Int) -> String
    /// What a day comes to, in words.
    package let words: @Sendable (Day, Int) -> String
    private let classes: MapClasses

    package init(
        title: String, year: Int, counts: [Day: Int], month: @escaping @Sendable (Int) -> String,
        words: @escaping @Sendable (Day, Int) -> String
    ) {
        self.title = title
        self.year = year
        self.counts = counts
        self.month = month
        self.words = words
        classes = MapClasses(.quantile, of: counts.values.filter { $0 > 0 })
    }

    /// How large a square with its gap is, and how high the names of months are.
    private static let (square, above, between) = (20.0, 26.0, 18.0)

    package var picture: Picture { drawn(halves: [1...12]) }
    package var narrow: Picture { drawn(halves: [1...6, 7...12]) }

    private func drawn(halves: [ClosedRange<Int>]) -> Picture {
        var drawing = Drawing()
        var (top, width) = (0.0, 0.0)
        for months in halves {
            guard let first = Day(year, months.lowerBound, 1) else { continue }
            let start = first.monday
            for month in months {
                guard let day = Day(year, month, 1) else { continue }
                drawing.text(
                    "flow-name chart-start chart-note",
                    x: Drawing.number(Double((day.number - start.number + 6) / 7) * Self.square),
                    y: Drawing.number(top + 18), self.month(month))
                var one = day
                while one.month == month {
                    add(one, from: start, top + Self.above, &drawing)
                    let column = (one.number - start.number) / 7
                    width = max(width, Double(column + 1) * Self.square)
                    one = one + 1
                }
            }
            top += Self.above + 7 * Self.square + Self.between
        }
        addLegend(at: top + 2, &drawing)
        return drawing.picture(
            "year-chart", title: title,
            description: counts.filter { $0.value > 0 }.sorted { $0.key < $1.key }
                .map { words($0.key, $0.value) }.joined(separator: "; "),
            size: .field(x: 0, y: 0, width: max(width, 520), height: top + 36))
    }

    private func add(_ day: Day, from start: Day, _ top: Double, _ drawing: inout Drawing) {
        let place = day.number - start.number
        let count = counts[day] ?? 0
        drawing.rectangle(
            count > 0 ? "map-step-\(classes.step(of: count))" : "year-none",
            x: Drawing.number(Double(place / 7) * Self.square),
            y: Drawing.number(top + Double(place % 7) * Self.square),
            width: Drawing.number(Self.square - 2), height: Drawing.number(Self.square - 2),
            title: words(day, count))
    }

    private func addLegend(at y: Double, _ drawing: inout Drawing) {
        var x = 0.0
        for (place, bound) in ([0] + classes.bounds.filter { $0 > 0 }).enumerated() {
            let text = place == 0 ? "0" : "≥ \(bound.grouped)"
            drawing.rectangle(
                place == 0 ? "year-none" : "map-step-\(place)", x: Drawing.number(x),
                y: Drawing.number(y), width: "18", height: "18")
            drawing.text(
                "flow-name chart-start chart-note", x: Drawing.number(x + 24),
                y: Drawing.number(y + 16), text)
            x += 40 + Double(TextWidth.letters(text)) * 11
        }
    }
}
