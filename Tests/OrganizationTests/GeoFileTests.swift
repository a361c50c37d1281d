import Core
import Organization
import Testing

struct GeoFileTests {
    private static let square = "[[113.6,34.7],[113.7,34.7],[113.7,34.8],[113.6,34.7]]"

    private static func file(_ geometry: String, code: String = "\"410102\"") -> [UInt8] {
        Array(
            """
            {"type":"FeatureCollection","features":[{"type":"Feature",
            "properties":{"code":\(code),"other":null},"geometry":\(geometry)}]}
            """.utf8)
    }

    @Test func areasOfOneAndOfSeveralPiecesAreRead() throws {
        let one = try GeoFile(
            Self.file(#"{"type":"Polygon","coordinates":[\#(Self.square)]}"#), property: "code",
            datum: .wgs84)
        #expect(one.features.map(\.unit) == ["410102"])
        #expect(one.features[0].rings.map(\.count) == [3], "the last point says nothing new")
        let many = try GeoFile(
            Self.file(
                #"{"type":"MultiPolygon","coordinates":[[\#(Self.square)],[\#(Self.square)]]}"#,
                code: "410102"), property: "code", datum: .gcj02)
        #expect(many.features[0].rings.count == 2)
        #expect(many.features[0].unit == "410102", "a code may be written as a number")
    }

    /// A ring that crosses itself is drawn as it is.
    @Test func aRingThatCrossesItselfIsTaken() throws {
        let bow = "[[113.6,34.7],[113.7,34.8],[113.7,34.7],[113.6,34.8],[113.6,34.7]]"
        let file = try GeoFile(
            Self.file(#"{"type":"Polygon","coordinates":[\#(bow)]}"#), property: "code",
            datum: .wgs84)
        #expect(file.features[0].rings[0].count == 4)
    }

    @Test(arguments: [
        ("{", "GeoJSON"), (#"{"type":"FeatureCollection","features":[]}"#, "没有要素"),
        (#"{"type":"Polygon"}"#, "GeoJSON"),
    ])
    func whatIsNoFileOfAreasIsRefusedInWords(_ text: String, _ words: String) {
        Self.refuses(Array(text.utf8), words)
    }

    @Test(arguments: [
        (#"{"type":"Point","coordinates":[113.6,34.7]}"#, "没有面"), ("null", "没有面"),
        (#"{"type":"Polygon","coordinates":[[[113.6,34.7],[113.7,34.7]]]}"#, "不足三个点"),
        (#"{"type":"Polygon","coordinates":[[[34.7,113.6],[34.8,113.6],[34.8,113.7]]]}"#, "经度、纬度"),
        (#"{"type":"Polygon","coordinates":[[[13.4,52.5],[13.5,52.5],[13.5,52.6]]]}"#, "中国以外"),
        (#"{"type":"Polygon","coordinates":[[[1],[2,3],[4,5]]]}"#, "不完整"),
    ])
    func anAreaThatCannotBeIsRefusedWithItsPlace(_ geometry: String, _ words: String) {
        Self.refuses(Self.file(geometry), words)
        Self.refuses(Self.file(geometry, code: "null"), "没有属性")
    }

    private static func refuses(_ bytes: [UInt8], _ words: String) {
        do {
            _ = try GeoFile(bytes, property: "code", datum: .gcj02)
            Issue.record("taken although \(words)")
        } catch {
            #expect("\(error)".contains(words), "\(error)")
        }
    }
}
