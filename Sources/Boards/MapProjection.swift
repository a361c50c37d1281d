import Foundation
import Organization
import Web

/// Puts boundaries on a flat field: east is right, north is up, and a degree of longitude is as
/// wide as it is in the middle of the field. What lies closer than a reader sees is left out.
struct MapProjection {
    private let west: Double
    private let north: Double
    private let shrink: Double
    private let scale: Double

    /// How far off a boundary may be drawn, in the field's ten thousand.
    static let tolerance = 8.0

    /// Nil where there is nothing to put anywhere.
    init?(_ outlines: some Collection<UnitOutline>) {
        let places = outlines.lazy.flatMap(\.rings).flatMap { $0 }
        let longitudes = places.map(\.longitude)
        let latitudes = places.map(\.latitude)
        guard let west = longitudes.min(), let east = longitudes.max(),
            let south = latitudes.min(), let north = latitudes.max(), east > west, north > south
        else { return nil }
        shrink = cos((south + north) / 2 / 180 * .pi)
        let extent = max((east - west) * shrink, north - south)
        scale = Double(MapChart.Outline.range.upperBound) / extent
        self.west = west
        self.north = north
    }

    func outline(_ outline: UnitOutline) -> MapChart.Outline? {
        MapChart.Outline(
            rings: outline.rings.map { ring in
                Self.simplified(
                    ring.map { place in
                        (
                            x: (place.longitude - west) * shrink * scale,
                            y: (north - place.latitude) * scale
                        )
                    }
                ).map { MapChart.Outline.Corner(x: Int($0.x.rounded()), y: Int($0.y.rounded())) }
            })
    }

    private typealias Spot = (x: Double, y: Double)

    /// The ring with as few corners as it takes to stay within the tolerance (Douglas and Peucker),
    /// begun at its first corner and the one farthest from it.
    private static func simplified(_ ring: [Spot]) -> [Spot] {
        guard ring.count > 4, let first = ring.first else { return ring }
        func apart(_ one: Spot) -> Double {
            (one.x - first.x) * (one.x - first.x) + (one.y - first.y) * (one.y - first.y)
        }
        let far = ring.indices.max { apart(ring[$0]) < apart(ring[$1]) } ?? 0
        guard far > 0 else { return ring }
        var kept = [Bool](repeating: false, count: ring.count + 1)
        let closed = ring + [first]
        for corner in [0, far, ring.count] { kept[corner] = true }
        var spans = [(0, far), (far, ring.count)]
        while let (from, to) = spans.popLast() {
            guard to - from > 1 else { continue }
            var (worst, most) = (from, 0.0)
            for corner in (from + 1)..<to {
                let off = distance(closed[corner], closed[from], closed[to])
                if off > most { (worst, most) = (corner, off) }
            }
            guard most > tolerance else { continue }
            kept[worst] = true
            spans += [(from, worst), (worst, to)]
        }
        return ring.indices.filter { kept[$0] }.map { ring[$0] }
    }

    private static func distance(_ one: Spot, _ from: Spot, _ to: Spot) -> Double {
        let (x, y) = (to.x - from.x, to.y - from.y)
        let length = (x * x + y * y).squareRoot()
        guard length > 0 else {
            return ((one.x - from.x) * (one.x - from.x) + (one.y - from.y) * (one.y - from.y))
                .squareRoot()
        }
        return abs(x * (from.y - one.y) - (from.x - one.x) * y) / length
    }
}
