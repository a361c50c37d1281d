/// A small line over equal steps of time: how a figure moved, without axes.
package struct Sparkline: Chart {
    package let title: String
    package let points: [ChartPoint]

    package init(title: String, points: [ChartPoint]) {
        self.title = title
        self.points = points
    }

    /// The picture: the line stands on zero, or on the lowest value when that is below.
    package var picture: Picture {
        var drawing = Drawing()
        for run in runs {
            let places = run.map { "\(Drawing.number($0.x)),\(Drawing.number($0.y))" }
            if let only = places.first, places.count == 1 {
                // A lone value between gaps has no line; a stroke of no length shows as a dot.
                drawing.add(#"<path class="chart-line chart-dot" d="M\#(only)h0"/>"#)
            } else {
                let line = places.joined(separator: " ")
                drawing.add(#"<polyline class="chart-line" points="\#(line)"/>"#)
            }
        }
        return drawing.picture(
            "sparkline", title: title,
            description: points.map { "\($0.label) \($0.text)" }.joined(separator: "; "),
            size: .stretched(width: 100, height: 24))
    }

    /// The stretches between gaps, as places in a field of 100 by 24 with a margin of 2.
    private var runs: [[(x: Double, y: Double)]] {
        let values = points.compactMap(\.value)
        let low = Double(min(values.min() ?? 0, 0))
        let high = Double(max(values.max() ?? 0, 0))
        let span = high > low ? high - low : 1
        let step = points.count > 1 ? 96 / Double(points.count - 1) : 0
        var runs: [[(x: Double, y: Double)]] = [[]]
        for (index, point) in points.enumerated() {
            guard let value = point.value else {
                runs.append([])
                continue
            }
            let height = (Double(value) - low) / span * 20
            runs[runs.count - 1].append((x: 2 + Double(index) * step, y: 22 - height))
        }
        return runs.filter { !$0.isEmpty }
    }
}
