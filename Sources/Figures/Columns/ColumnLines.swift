import Core
import Storage

/// How records get into columns: from the cells of their rows, and then from what they name.
extension LedgerColumns {
    /// What is read of a record, without its last day, which follows.
    static let recordColumns: SQL = """
        r.id, r.kind, r.unit_id, r.place_id, r.happened_on, r.fields, r.m1, r.m2, r.m3, r.m4
        """
    /// How many they are.
    static let recordWidth = 10

    /// Puts a record behind the others of its kind; it names nobody and nothing yet.
    ///
    /// - Throws: `NotHeld` for an identity that columns cannot name.
    mutating func append(_ cells: any Cells, to known: inout KindColumns) throws {
        let end = cells.isNull(Self.recordWidth) ? nil : try cells.day(Self.recordWidth)
        try known.append(
            KindColumns.Key(
                id: PackedID(held: cells.letters(0)),
                unit: units.number(for: PackedID(held: cells.letters(2))),
                place: cells.isNull(3)
                    ? KindColumns.nowhere : units.number(for: PackedID(held: cells.letters(3))),
                day: try cells.day(4), end: end ?? KindColumns.open),
            fields: cells.letters(5),
            measure: { cells.isNull(6 + $0) ? KindColumns.absent : try cells.integer(6 + $0) })
    }

    /// Adds a person or thing that a record names, where columns hold it.
    ///
    /// - Throws: `NotHeld` when it cannot be named.
    mutating func add(
        _ names: Names, _ cells: any Cells, to known: inout KindColumns, _ row: Int
    ) throws {
        switch names {
        case .persons:
            guard let list = known.held.roles.place(of: cells.letters(1)) else { return }
            let person = persons.number(for: try PackedID(held: cells.letters(2)))
            try known.add(person: person, to: row, list)
        case .subjects:
            guard let list = known.held.subjects.place(of: cells.letters(1)) else { return }
            try known.add(subject: codes.number(for: cells.letters(2)), to: row, list)
        }
    }

    /// What records name: persons under roles, and things under subjects.
    enum Names: CaseIterable {
        case persons, subjects

        /// The record first, then under what it names whom or what; record by record.
        ///
        /// - Parameter records: a condition on `record_id`.
        func statement(of records: SQL) -> SQL {
            switch self {
            case .persons:
                """
                SELECT record_id, role, person_id FROM record_person
                WHERE \(records) ORDER BY record_id
                """
            case .subjects:
                """
                SELECT record_id, kind, code FROM record_subject
                WHERE \(records) ORDER BY record_id
                """
            }
        }
    }
}

extension Cells {
    /// A day as columns keep it.
    func day(_ index: Int) throws -> Int32 {
        guard let day = Day(letters: letters(index)) else { throw NotHeld() }
        return day.column
    }
}

extension [String] {
    fileprivate func place(of letters: UnsafeBufferPointer<UInt8>) -> Int? {
        firstIndex { $0.isSpelled(letters) }
    }
}
