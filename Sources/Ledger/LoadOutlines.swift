import Core
import Organization
import Storage

extension District {
    /// How many features of a file of boundaries are named that fit no unit.
    private static let namedFaults = 20

    /// Takes in the boundaries of units from a day on, converted once to what satellites measure.
    /// A file is taken as a whole or not at all.
    ///
    /// - Parameters:
    ///   - property: the one that names the unit, by its code or its name on that day.
    /// - Returns: how many units have a boundary now.
    package func loadOutlines(
        _ bytes: [UInt8], property: String, datum: Datum, from day: Day, by actor: Actor
    ) async throws -> Int {
        let file = try GeoFile(bytes, property: property, datum: datum)
        let structure = try await structure()
        var rings: [OrgUnit.ID: [[Place]]] = [:]
        var faults: [Fault] = []
        let units = UnitReading(structure, on: day)
        for (number, feature) in file.features.enumerated() {
            switch units.read(feature.unit) {
            case .one(let unit):
                rings[unit.unit, default: []] += feature.rings.map { $0.map(datum.toWGS84) }
            case .several(let near), .none(let near):
                let zh = near.prefix(3).map { "\($0.name)（\($0.code)）" }
                let en = near.prefix(3).map { "\($0.name) (\($0.code))" }
                faults.append(
                    Fault(
                        Wording(zh: "第\(number + 1)个要素", en: "Feature \(number + 1)"),
                        at: property,
                        zh: "\(day)没有单位“\(feature.unit)”。"
                            + (zh.isEmpty ? "" : "是否为\(zh.joined(separator: "、"))？"),
                        en: "No unit “\(feature.unit)” on \(day)."
                            + (en.isEmpty ? "" : " Is it \(en.joined(separator: ", "))?")))
            }
        }
        guard faults.isEmpty else { throw Refusal.invalid(Array(faults.prefix(Self.namedFaults))) }
        let outlines = rings.mapValues { UnitOutline(rings: $0) }
        let moment = now()
        try await database.write { db in
            try OutlineStore(db: db).put(outlines, from: day)
            try Audit(db, key: key).record(
                "map.loaded", day.description, by: actor, at: moment,
                evidence: bytes.withUnsafeBufferPointer { letters in
                    var print = Fingerprint()
                    print.add(letters: letters)
                    return print.text
                })
        }
        return outlines.count
    }
}
