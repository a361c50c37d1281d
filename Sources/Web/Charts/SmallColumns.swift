/// Columns over a few steps of time, small enough to stand beside others like it: all of them are
/// drawn to one scale, and the middle of all is a line across.
package struct SmallColumns: Chart {
    package let title: String
    package let points: [ChartPoint]
    /// What the highest column of any of the pictures stands for.
    package let most: Int
    /// The middle of all pictures at each step; nil where there is none.
    package let line: [Int?]

    package init(title: String, points: [ChartPoint], most: Int, line: [Int?] = []) {
        self.title = title
        self.points = points
        self.most = most
        self.line = line
    }

    /// Heights in letters: of the field of columns, of the words above it and of those below.
    private static let (field, above, below) = (4.5, 1.4, 1.4)

    /// The picture. Its places are shares of its width, so that it is as wide as its frame.
    package var picture: Picture {
        var drawing = Drawing()
        let base = Self.above + Self.field
        let step = 100 / Double(max(1, points.count))
        func height(_ value: Int) -> Double {
            most > 0 ? Double(min(max(value, 0), most)) / Double(most) * Self.field : 0
        }
        for (index, point) in points.enumerated() {
            guard let value = point.value else { continue }
            let tall = height(value)
            drawing.rectangle(
                "chart-column", x: Drawing.percent((Double(index) + 0.1) * step),
                y: Drawing.em(base - tall),
                width: Drawing.percent(step * 0.8),
                height: Drawing.em(tall), title: "\(point.label) \(point.text)")
        }
        for index in line.indices.dropLast() {
            guard let here = line[index], let next = line[index + 1] else { continue }
            drawing.line(
                "chart-median", x1: Drawing.percent((Double(index) + 0.5) * step),
                y1: Drawing.em(base - height(here)),
                x2: Drawing.percent((Double(index) + 1.5) * step),
                y2: Drawing.em(base - height(next)))
        }
        drawing.line("chart-base", x1: "0", y1: Drawing.em(base), x2: "100%", y2: Drawing.em(base))
        let numbered = points.indices.filter { points[$0].value != nil }
        if let highest = numbered.max(by: {
            (points[$0].value ?? 0, $1) < (points[$1].value ?? 0, $0)
        }),
            let value = points[highest].value
        {
            let place = (Double(highest) + 0.5) * step
            let side = place < 20 ? "chart-start" : place > 80 ? "chart-end" : "chart-middle"
            let x = place < 20 ? 0 : place > 80 ? 100 : place
            // Above the line as well, where that runs higher.
            let near = line.indices.filter { abs($0 - highest) <= 1 }
            let top = near.compactMap { line[$0] }.reduce(value, max)
            drawing.text(
                side, x: Drawing.percent(x), y: Drawing.em(base - height(top) - 0.3),
                points[highest].text)
        }
        if let first = points.first, let last = points.last {
            drawing.text("chart-start chart-note", x: "0", y: Drawing.em(base + 1.2), first.label)
            drawing.text("chart-end chart-note", x: "100%", y: Drawing.em(base + 1.2), last.label)
        }
        return drawing.picture(
            "small-columns", title: title,
            description: points.map { "\($0.label) \($0.text)" }.joined(separator: "; "),
            size: .letters(base + Self.below))
    }
}
