import Core

/// The boundary of a unit from a day on: rings of places as satellites measure them. A ring within
/// another is a hole; a unit may lie in several pieces.
package struct UnitOutline: Sendable, Hashable {
    package let rings: [[Place]]

    /// The most places of one unit.
    package static let placeLimit = 50_000

    package init(rings: [[Place]]) { self.rings = rings }

    /// How finely places are kept: a millionth of a degree is a tenth of a meter.
    private static let fineness = 1_000_000.0

    /// Whole millionths of degrees, as they are kept: `lon,lat lon,lat;lon,lat …`.
    var text: String {
        rings.map { ring in
            ring.map { place in
                "\(Int((place.longitude * Self.fineness).rounded()))"
                    + ",\(Int((place.latitude * Self.fineness).rounded()))"
            }.joined(separator: " ")
        }.joined(separator: ";")
    }

    init(text: String) {
        rings = text.split(separator: ";").map { ring in
            ring.split(separator: " ").compactMap { pair in
                let parts = pair.split(separator: ",").compactMap { Double($0) }
                guard parts.count == 2 else { return nil }
                return Place(
                    longitude: parts[0] / Self.fineness, latitude: parts[1] / Self.fineness)
            }
        }
    }
}
