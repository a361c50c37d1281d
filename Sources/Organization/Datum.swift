import Core
import Foundation

/// What the places of a file are measured from. Maps of China come in three: as satellites measure
/// (WGS-84), shifted as the law asks (GCJ-02), and shifted once more (BD-09).
package enum Datum: String, CaseIterable, Sendable {
    case wgs84, gcj02, bd09

    /// Whether the shift is defined at a place: in and around China only.
    package static func shifts(_ place: Place) -> Bool {
        (72.004...137.8347).contains(place.longitude)
            && (0.8293...55.8271).contains(place.latitude)
    }

    /// A place of this datum as satellites measure it. The published formulas lead the other way,
    /// so the answer is sought in steps until it leads back to the place.
    package func toWGS84(_ place: Place) -> Place {
        switch self {
        case .wgs84: place
        case .gcj02: Self.undone(place, Self.shifted)
        case .bd09: Self.undone(Self.undone(place, Self.shiftedAgain), Self.shifted)
        }
    }

    /// A place as satellites measure it, in this datum.
    package func fromWGS84(_ place: Place) -> Place {
        switch self {
        case .wgs84: place
        case .gcj02: Self.shifted(place)
        case .bd09: Self.shiftedAgain(Self.shifted(place))
        }
    }

    /// How near the answer has to lead back, in degrees: a tenth of a millimeter.
    private static let exactness = 1e-9
    private static let mostSteps = 30

    private static func undone(_ place: Place, _ shift: (Place) -> Place) -> Place {
        var found = place
        for _ in 0..<mostSteps {
            let led = shift(found)
            let (east, north) = (led.longitude - place.longitude, led.latitude - place.latitude)
            found = Place(
                longitude: found.longitude - east, latitude: found.latitude - north)
            if abs(east) < exactness, abs(north) < exactness { break }
        }
        return found
    }

    /// The ellipsoid of Krasovsky 1940, on which the shift is reckoned.
    private static let (axis, flatness) = (6_378_245.0, 0.006_693_421_622_965_943)

    /// From WGS-84 to GCJ-02.
    private static func shifted(_ place: Place) -> Place {
        let (x, y) = (place.longitude - 105, place.latitude - 35)
        let waves = (20 * sin(6 * x * .pi) + 20 * sin(2 * x * .pi)) * 2 / 3
        var north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * abs(x).squareRoot()
        north += waves
        north += (20 * sin(y * .pi) + 40 * sin(y / 3 * .pi)) * 2 / 3
        north += (160 * sin(y / 12 * .pi) + 320 * sin(y * .pi / 30)) * 2 / 3
        var east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * abs(x).squareRoot()
        east += waves
        east += (20 * sin(x * .pi) + 40 * sin(x / 3 * .pi)) * 2 / 3
        east += (150 * sin(x / 12 * .pi) + 300 * sin(x / 30 * .pi)) * 2 / 3
        let angle = place.latitude / 180 * .pi
        let bulge = 1 - flatness * sin(angle) * sin(angle)
        let meridian = axis * (1 - flatness) / (bulge * bulge.squareRoot())
        let parallel = axis / bulge.squareRoot() * cos(angle)
        return Place(
            longitude: place.longitude + east * 180 / (parallel * .pi),
            latitude: place.latitude + north * 180 / (meridian * .pi))
    }

    /// From GCJ-02 to BD-09.
    private static func shiftedAgain(_ place: Place) -> Place {
        let (x, y, turn) = (place.longitude, place.latitude, Double.pi * 3000 / 180)
        let length = (x * x + y * y).squareRoot() + 0.00002 * sin(y * turn)
        let angle = atan2(y, x) + 0.000003 * cos(x * turn)
        return Place(
            longitude: length * cos(angle) + 0.0065, latitude: length * sin(angle) + 0.006)
    }
}

/// A place on the earth, in degrees.
package struct Place: Sendable, Hashable {
    package let longitude: Double
    package let latitude: Double

    package init(longitude: Double, latitude: Double) {
        self.longitude = longitude
        self.latitude = latitude
    }

    /// Whether there is such a place at all.
    var exists: Bool {
        (-180...180).contains(longitude) && (-90...90).contains(latitude)
    }
}
