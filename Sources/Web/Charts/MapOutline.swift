extension MapChart {
    /// The corners of an area, in the units of its own map; y grows downward. A ring within another
    /// is a hole.
    package struct Outline: Sendable, Hashable {
        package let rings: [[Corner]]

        package struct Corner: Sendable, Hashable {
            package let x: Int
            package let y: Int

            package init(x: Int, y: Int) {
                self.x = x
                self.y = y
            }
        }

        package var corners: [Corner] { rings.flatMap { $0 } }

        /// Nil unless there is a ring of at least three corners.
        package init?(rings: [[Corner]]) {
            let rings = rings.filter { $0.count >= 3 }
            guard !rings.isEmpty else { return nil }
            self.rings = rings
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
            rings = [corners.compactMap { $0 }]
        }

        package static let range = 0...10_000
    }
}

/// An area where it is drawn.
package struct DrawnArea {
    package typealias Spot = (x: Double, y: Double)

    let rings: [[Spot]]

    package init(rings: [[Spot]]) { self.rings = rings }

    /// What a path is drawn by.
    var path: String {
        rings.map { ring in
            "M"
                + ring.map { "\(Drawing.number($0.x)),\(Drawing.number($0.y))" }
                .joined(separator: "L") + "Z"
        }.joined()
    }

    /// How large it is, holes and all.
    var size: Double { rings.map { abs(Self.gravity($0).size) }.max() ?? 0 }

    /// Where its name stands: the center of gravity of its largest piece, or, where that lies
    /// outside, the middle of the widest part beside it.
    package var middle: Spot {
        guard let ring = rings.max(by: { abs(Self.gravity($0).size) < abs(Self.gravity($1).size) })
        else { return (0, 0) }
        let center = Self.gravity(ring).center
        let crossings = zip(ring, ring.dropFirst() + ring.prefix(1)).compactMap {
            one, next -> Double? in
            guard (one.y > center.y) != (next.y > center.y) else { return nil }
            return one.x + (center.y - one.y) / (next.y - one.y) * (next.x - one.x)
        }.sorted()
        let spans = stride(from: 0, to: crossings.count - 1, by: 2).map {
            (crossings[$0], crossings[$0 + 1])
        }
        if spans.contains(where: { $0.0 <= center.x && center.x <= $0.1 }) { return center }
        guard let widest = spans.max(by: { $0.1 - $0.0 < $1.1 - $1.0 }) else { return center }
        return ((widest.0 + widest.1) / 2, center.y)
    }

    /// The center of gravity of a ring, and its size; the mean of the corners for one without area.
    private static func gravity(_ ring: [Spot]) -> (center: Spot, size: Double) {
        var (area, x, y) = (0.0, 0.0, 0.0)
        for (one, next) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
            let cross = one.x * next.y - next.x * one.y
            area += cross
            x += (one.x + next.x) * cross
            y += (one.y + next.y) * cross
        }
        guard abs(area) > 1e-6 else {
            let count = Double(max(1, ring.count))
            return (
                (ring.reduce(0) { $0 + $1.x } / count, ring.reduce(0) { $0 + $1.y } / count), 0
            )
        }
        return ((x / (3 * area), y / (3 * area)), area / 2)
    }
}
