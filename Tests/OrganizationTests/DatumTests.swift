import Organization
import Testing

struct DatumTests {
    private static func metres(_ one: Place, _ other: Place) -> Double {
        let (x, y) = (
            (one.longitude - other.longitude) * 85_000, (one.latitude - other.latitude) * 111_000
        )
        return (x * x + y * y).squareRoot()
    }

    /// Published pairs, as satellites measure and shifted.
    @Test(arguments: [
        (121.5272106, 31.1774276, 121.531541859215, 31.17530398364597),
        (113.912316, 22.543847, 113.9171764808363, 22.540796131694766),
        (116.377817, 39.911954, 116.38404722455657, 39.91334545536069),
    ])
    func knownPlacesAreShiftedAsPublished(_ known: (Double, Double, Double, Double)) {
        let (real, shifted) = (
            Place(longitude: known.0, latitude: known.1),
            Place(longitude: known.2, latitude: known.3)
        )
        #expect(Self.metres(Datum.gcj02.fromWGS84(real), shifted) < 0.01)
        #expect(Self.metres(Datum.gcj02.toWGS84(shifted), real) < 0.01)
    }

    /// A published pair of GCJ-02 and BD-09.
    @Test func aKnownPlaceIsShiftedOnceMoreAsPublished() {
        let (once, twice) = (
            Place(longitude: 116.404, latitude: 39.915),
            Place(longitude: 116.41036949371029, latitude: 39.92133699351021)
        )
        let real = Datum.gcj02.toWGS84(once)
        #expect(Self.metres(Datum.bd09.fromWGS84(real), twice) < 0.01)
        #expect(Self.metres(Datum.bd09.toWGS84(twice), real) < 0.01)
    }

    @Test(arguments: Datum.allCases)
    func theWayBackIsExactAllOverChina(_ datum: Datum) {
        var worst = 0.0
        for longitude in stride(from: 74.0, through: 134, by: 3.7) {
            for latitude in stride(from: 4.0, through: 53, by: 3.3) {
                let place = Place(longitude: longitude, latitude: latitude)
                let back = datum.toWGS84(datum.fromWGS84(place))
                worst = max(worst, Self.metres(place, back))
            }
        }
        #expect(worst < 0.001, "\(datum) is \(worst) m off")
    }
}
