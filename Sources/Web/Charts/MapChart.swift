/// A map of areas, each in one of five shades by its value. What the shades mean stands below.
package struct MapChart: Chart {
    package let title: String
    package let areas: [Area]
    /// A value as it is written in the legend.
    package let written: @Sendable (Int) -> String

    package struct Area: Sendable {
        package let label: String
        /// Nil where nothing is told; the area then has no shade.
        package let value: Int?
        package let text: String
        package let href: String
        package let outline: Outline

        package init(
            _ label: String, _ value: Int?, text: String, href: String, outline: Outline
        ) {
            self.label = label
            self.value = value
            self.text = text
            self.href = href
            self.outline = outline
        }
    }

    /// The corners of an area, in the units of its own map; y grows downward.
    package struct Outline: Sendable, Hashable {
        package let corners: [Corner]

        package struct Corner: Sendable, Hashable {
            package let x: Int
            package let y: Int
        }

        /// Reads corners written as `x,y x,y x,y`; nil unless there are at least three, each of
        /// whole numbers from 0 to 10,000.
        package init?(_ text: String) {
            let corners = text.split(separator: " ").map { pair -> Corner? in
                let parts = pair.split(separator: ",", omittingEmptySubsequences: false)
                guard parts.count == 2, let x = Int(parts[0]), let y = Int(parts[1]),
                    Outline.range.contains(x), Outline.range.contains(y)
                else { return nil }
                return Corner(x: x, y: y)
            }
            guard corners.count >= 3, !corners.contains(nil) else { return nil }
            self.corners = corners.compactMap { $0 }
        }

        package static let range = 0...10_000
    }

    package init(
        title: String, areas: [Area], written: @escaping @Sendable (Int) -> String
    ) {
        self.title = title
        self.areas = areas
        self.written = written
    }

    private static let steps = 5

    package func svg() -> String { areas.isEmpty ? "" : picture.svg() }

    /// The picture: a field of 1000 wide, as high as the map asks for, and the legend under it.
    package var picture: Picture {
        let corners = areas.flatMap(\.outline.corners)
        guard let left = corners.map(\.x).min(), let right = corners.map(\.x).max(),
            let top = corners.map(\.y).min(), let bottom = corners.map(\.y).max(), right > left
        else {
            return Drawing().picture("map-chart", title: title, description: "", size: .letters(0))
        }
        let scale = 1000 / Double(right - left)
        func place(_ corner: Outline.Corner) -> (x: Double, y: Double) {
            (Double(corner.x - left) * scale, Double(corner.y - top) * scale)
        }
        var drawing = Drawing()
        // A name that is wider than its area runs into the next one, so it is drawn after that.
        for area in areas.filter({ !$0.isNarrow(scale) }) + areas.filter({ $0.isNarrow(scale) }) {
            let places = area.outline.corners.map(place)
            let points = places.map { "\(Drawing.number($0.x)),\(Drawing.number($0.y))" }
            let middle = MapChart.middle(places)
            let x = Drawing.number(middle.x)
            drawing.add(#"<a href="\#(Markup.escape(area.href))">"#)
            drawing.add(
                #"<polygon class="map-area map-step-\#(step(area.value))" "#
                    + #"points="\#(points.joined(separator: " "))"/>"#)
            drawing.text(
                "map-label", x: x, y: Drawing.number(middle.y - 6),
                TextWidth.shortened(area.label, to: 16))
            drawing.text("map-value", x: x, y: Drawing.number(middle.y + 34), area.text)
            drawing.add("</a>")
        }
        let height = Double(bottom - top) * scale
        let legend = height + 30
        for (index, words) in legendTexts.enumerated() {
            let x = Double(index) * 200
            drawing.rectangle(
                "map-step-\(index + 1)", x: Drawing.number(x), y: Drawing.number(legend),
                width: "34", height: "34")
            drawing.text(
                "map-legend", x: Drawing.number(x + 44), y: Drawing.number(legend + 28), words)
        }
        return drawing.picture(
            "map-chart", title: title,
            description: areas.map { "\($0.label) \($0.text)" }.joined(separator: "; "),
            size: .field(x: -4, y: -4, width: 1008, height: legend + 50))
    }

    private var largest: Int { areas.compactMap(\.value).max() ?? 0 }

    /// The shade of a value: 0 without one, then 1 to 5 in equal steps up to the largest.
    private func step(_ value: Int?) -> Int {
        guard let value, largest > 0 else { return value == nil ? 0 : 1 }
        return min(Self.steps, max(0, value) * Self.steps / largest + 1)
    }

    /// From where each shade begins.
    private var legendTexts: [String] {
        guard largest >= Self.steps else { return [] }
        return (0..<Self.steps).map { step in
            "≥ " + written((step * largest + Self.steps - 1) / Self.steps)
        }
    }

    /// The center of gravity of a polygon; the mean of the corners for one without area.
    private static func middle(_ places: [(x: Double, y: Double)]) -> (x: Double, y: Double) {
        var (area, x, y) = (0.0, 0.0, 0.0)
        for (one, next) in zip(places, places.dropFirst() + places.prefix(1)) {
            let cross = one.x * next.y - next.x * one.y
            area += cross
            x += (one.x + next.x) * cross
            y += (one.y + next.y) * cross
        }
        guard abs(area) > 1e-6 else {
            let count = Double(places.count)
            return (
                places.reduce(0) { $0 + $1.x } / count, places.reduce(0) { $0 + $1.y } / count
            )
        }
        return (x / (3 * area), y / (3 * area))
    }
}

extension MapChart.Area {
    /// How wide one Chinese character of a name is on the map.
    private static let letterWidth = 27.0

    fileprivate func isNarrow(_ scale: Double) -> Bool {
        let places = outline.corners.map(\.x)
        guard let left = places.min(), let right = places.max() else { return false }
        return Double(right - left) * scale < Double(label.count + 2) * Self.letterWidth
    }
}
