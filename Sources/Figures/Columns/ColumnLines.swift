import Core
import Storage

/// Records as columns take them in, from rows and what stands beside them.
extension LedgerColumns {
    /// The columns of `posted` that a line is read from, without its last day, which follows them.
    static let lineColumns: SQL = """
        r.id, r.kind, r.unit_id, r.place_id, r.happened_on, r.fields, r.m1, r.m2, r.m3, r.m4
        """
    /// How many they are.
    static let lineWidth = 10

    /// What some records name, by the record and the role or subject it stands under.
    struct Named {
        private var persons: [String: [String: [String]]] = [:]
        private var subjects: [String: [String: [String]]] = [:]

        /// - Parameter records: a condition on `record_id`.
        init(_ records: SQL, _ db: Connection) throws {
            try db.each("SELECT record_id, role, person_id FROM record_person WHERE \(records)") {
                try persons[$0.at(0), default: [:]][$0.at(1), default: []].append($0.at(2))
            }
            try db.each("SELECT record_id, kind, code FROM record_subject WHERE \(records)") {
                try subjects[$0.at(0), default: [:]][$0.at(1), default: []].append($0.at(2))
            }
        }

        fileprivate func persons(_ record: String, _ role: String) -> [String] {
            persons[record]?[role] ?? []
        }

        fileprivate func subjects(_ record: String, _ subject: String) -> [String] {
            subjects[record]?[subject] ?? []
        }
    }

    /// A record as a line. Only what is held of its kind gets numbers.
    ///
    /// - Parameter end: the first day it is no longer in force.
    /// - Throws: `NotHeld` for an identity that columns cannot name.
    mutating func line(
        _ row: Row, until end: Day?, of held: HeldKind, _ named: Named
    ) throws -> KindColumns.Line {
        let id = try row.at(0, as: String.self)
        let place = try row.optionalAt(3, as: String.self)
        return KindColumns.Line(
            id: try PackedID(held: id), unit: units.number(for: try PackedID(held: row.at(2))),
            place: try place.map { units.number(for: try PackedID(held: $0)) }
                ?? KindColumns.nowhere,
            day: try row.at(4, as: Day.self).column, end: end?.column ?? KindColumns.open,
            measures: try held.kind.measures.indices.map { index in
                try row.optionalAt(6 + index) ?? KindColumns.absent
            },
            fields: held.fields.isEmpty ? [] : held.stored.values(in: try row.at(5)),
            persons: try held.roles.map { role in
                try named.persons(id, role).map { persons.number(for: try PackedID(held: $0)) }
            },
            subjects: held.subjects.map { subject in
                named.subjects(id, subject).map { codes.number(for: $0) }
            })
    }
}
