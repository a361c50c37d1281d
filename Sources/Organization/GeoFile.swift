import Core
import Foundation

/// A file of boundaries as GeoJSON (RFC 7946): one feature for each unit, or several.
package struct GeoFile: Sendable {
    package let features: [Feature]

    /// A feature: what its property says of the unit, and its rings as they stand in the file.
    package struct Feature: Sendable {
        package let unit: String
        package let rings: [[Place]]
    }

    /// The largest file, in bytes.
    package static let byteLimit = 64 << 20
    /// The most features of a file, and the most places in all of them.
    package static let (featureLimit, placeLimit) = (20_000, 2_000_000)

    /// - Parameters:
    ///   - property: the one that has the code or the name of the unit.
    ///   - datum: what the file's places are measured from.
    /// - Throws: `Refusal.invalid` that says what is wrong with the file, and where.
    package init(_ bytes: [UInt8], property: String, datum: Datum) throws(Refusal) {
        guard bytes.count <= Self.byteLimit else {
            let limit = Self.byteLimit >> 20
            throw Self.wrong(
                "文件超过\(limit)MB，请先简化边界。",
                "The file is larger than \(limit) MB: simplify the boundaries first.")
        }
        let found: Collection
        do { found = try JSONDecoder().decode(Collection.self, from: Data(bytes)) } catch {
            throw Self.wrong(
                "这不是GeoJSON面文件：应为FeatureCollection，每个要素是Polygon或MultiPolygon。",
                """
                This is no GeoJSON of areas: it takes a FeatureCollection whose features are \
                Polygon or MultiPolygon.
                """)
        }
        guard !found.features.isEmpty, found.features.count <= Self.featureLimit else {
            throw Self.wrong(
                "文件没有要素，或超过\(Self.featureLimit)个。",
                "The file has no features, or more than \(Self.featureLimit).")
        }
        var features: [Feature] = []
        var places = 0
        for (number, feature) in found.features.enumerated() {
            let at = (zh: "第\(number + 1)个要素", en: "Feature \(number + 1)")
            guard let unit = feature.properties?[property]?.text, !unit.isEmpty else {
                throw Self.wrong(
                    "\(at.zh)没有属性“\(property)”。有的属性：\(feature.names(", "))。",
                    "\(at.en) has no property “\(property)”; it has \(feature.names(", ")).")
            }
            let rings = try Self.rings(feature, at, datum)
            let count = rings.reduce(0) { $0 + $1.count }
            places += count
            guard count <= UnitOutline.placeLimit, places <= Self.placeLimit else {
                throw Self.wrong(
                    "\(at.zh)的点过多，请先简化边界。",
                    "\(at.en) has too many points: simplify the boundaries first.")
            }
            features.append(Feature(unit: unit, rings: rings))
        }
        self.features = features
    }

    private static func rings(
        _ feature: Collection.Feature, _ at: (zh: String, en: String), _ datum: Datum
    ) throws(Refusal) -> [[Place]] {
        let rings = feature.geometry?.rings ?? []
        guard !rings.isEmpty else {
            throw wrong("\(at.zh)没有面。", "\(at.en) has no area.")
        }
        var found: [[Place]] = []
        for ring in rings {
            var places: [Place] = []
            for pair in ring {
                guard pair.count >= 2 else {
                    throw wrong("\(at.zh)有不完整的点。", "\(at.en) has a point without two numbers.")
                }
                let place = Place(longitude: pair[0], latitude: pair[1])
                guard place.exists else {
                    throw wrong(
                        "\(at.zh)的点（\(pair[0])，\(pair[1])）不在地球上：顺序应为经度、纬度，单位为度。",
                        """
                        \(at.en) has a point (\(pair[0]), \(pair[1])) that is nowhere: points are \
                        longitude, then latitude, in degrees.
                        """)
                }
                guard datum == .wgs84 || Datum.shifts(place) else {
                    throw wrong(
                        "\(at.zh)有中国以外的点，不可能是\(datum.rawValue)；请核对坐标系和经纬度顺序。",
                        """
                        \(at.en) has a point outside China, where there is no \(datum.rawValue): \
                        check the datum, and the order of longitude and latitude.
                        """)
                }
                places.append(place)
            }
            // A ring ends where it began; the last place says nothing new.
            if places.count > 1, places.first == places.last { places.removeLast() }
            guard places.count >= 3 else {
                throw wrong(
                    "\(at.zh)有不足三个点的边界。", "\(at.en) has a boundary of fewer than three points.")
            }
            found.append(places)
        }
        return found
    }

    private static func wrong(_ zh: String, _ en: String) -> Refusal {
        .invalid("file", zh: zh, en: en)
    }
}

/// What is read of the file; everything else in it is passed over.
private struct Collection: Decodable {
    let features: [Feature]

    struct Feature: Decodable {
        let properties: [String: Property]?
        let geometry: Geometry?

        func names(_ separator: String) -> String {
            (properties ?? [:]).keys.sorted().prefix(12).joined(separator: separator)
        }
    }

    /// A text, or a number that is meant as one: codes are written both ways.
    struct Property: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                self.text = text
            } else if let number = try? value.decode(Int.self) {
                text = String(number)
            } else {
                text = nil
            }
        }
    }

    struct Geometry: Decodable {
        let rings: [[[Double]]]

        private enum Key: String, CodingKey { case type, coordinates }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            switch try values.decode(String.self, forKey: .type) {
            case "Polygon": rings = try values.decode([[[Double]]].self, forKey: .coordinates)
            case "MultiPolygon":
                rings = try values.decode([[[[Double]]]].self, forKey: .coordinates).flatMap { $0 }
            default: rings = []
            }
        }
    }
}
