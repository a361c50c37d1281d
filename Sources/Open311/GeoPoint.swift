import Core
import Organization
import Requests
import Storage

/// A point as a program sends it, in degrees as satellites measure them.
struct GeoPoint: Sendable {
    let latitude: Double
    let longitude: Double

    init(_ latitude: Double, _ longitude: Double) {
        self.latitude = latitude
        self.longitude = longitude
    }

    /// Whether it lies within a boundary: a ray to the east crosses it an odd number of times.
    func lies(in outline: UnitOutline) -> Bool {
        var isInside = false
        for ring in outline.rings {
            guard var last = ring.last else { continue }
            for next in ring {
                let spans = (next.latitude > latitude) != (last.latitude > latitude)
                if spans {
                    let share = (latitude - next.latitude) / (last.latitude - next.latitude)
                    let crossing = next.longitude + share * (last.longitude - next.longitude)
                    if longitude < crossing { isInside.toggle() }
                }
                last = next
            }
        }
        return isInside
    }
}

extension Requests {
    /// The community within whose boundary a point lies; the first by its code where boundaries
    /// overlap, nil where there is none.
    func community(
        at point: GeoPoint, _ structure: Structure, _ db: Connection
    ) throws -> OrgUnit.ID? {
        let today = district.now().day
        let all = Routing(services, structure, on: today).communities.map(\.unit)
        let outlines = try OutlineStore(db: db).outlines(of: all, on: today)
        return all.first { outlines[$0].map(point.lies) ?? false }
    }
}
