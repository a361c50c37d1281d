import Catalogue
import Core
import Ledger
import Organization
import Storage

/// Everything that is held about somebody, part by part: what their page shows and their copy
/// holds.
package struct HeldData: Sendable {
    /// Rows of one kind of data, as text.
    package struct Part: Sendable {
        package let id: String
        /// The register entries that say why this is held.
        package let entries: [String]
        package let columns: [String]
        package let rows: [[String]]
        /// Whether there is more than the reader asked for.
        package let hasMore: Bool
    }

    package let parts: [Part]

    package var rowCount: Int { parts.reduce(0) { $0 + $1.rows.count } }
}

/// Reads what is held about one subject, in one snapshot.
package struct HeldReader {
    private let db: Connection
    private let district: District
    private let language: Language
    /// The most rows of one part.
    private let limit: Int

    package init(_ db: Connection, _ district: District, _ language: Language, limit: Int) {
        self.db = db
        self.district = district
        self.language = language
        self.limit = limit
    }

    package func read(_ subject: DataSubject) throws -> HeldData {
        var parts = [
            try persons(subject), try formers(subject), try joins(subject), try records(subject),
            try privates(subject), try evidence(subject),
        ]
        parts += try district.declared.flatMap(\.personal).compactMap {
            try declared($0, subject)
        }
        parts += [
            try entered(subject), try consents(subject), try contacts(subject), try views(subject),
        ]
        return HeldData(parts: parts.filter { !$0.rows.isEmpty })
    }

    private func part(
        _ id: String, _ entries: [String], _ columns: [String], _ statement: SQL,
        _ line: (Row) throws -> [[String]]
    ) throws -> HeldData.Part {
        var rows: [[String]] = []
        var hasMore = false
        try db.each("\(statement) LIMIT \(limit + 1)") { row in
            if rows.count < limit { rows += try line(row) } else { hasMore = true }
        }
        return HeldData.Part(
            id: id, entries: entries, columns: columns, rows: rows, hasMore: hasMore)
    }

    // MARK: The person

    private func persons(_ subject: DataSubject) throws -> HeldData.Part {
        let structure = try district.structure(db)
        let today = district.now().day
        return try part(
            "person", ["person_name", "person_number", "person_unit"],
            ["name", "number", "unit", "restricted", "erased"],
            """
            SELECT p.name, p.number, p.unit_id, p.restricted_at, p.erased_at FROM person p
            WHERE p.id IN (\(values: subject.persons)) ORDER BY p.id
            """
        ) { row in
            let unit = structure.nearestVersion(try row.at(2), on: today)
            return [
                [
                    try row.at(0), try row.optionalAt(1) ?? "", unit.map(named) ?? "",
                    try moment(row, 3), try moment(row, 4),
                ]
            ]
        }
    }

    private func formers(_ subject: DataSubject) throws -> HeldData.Part {
        let structure = try district.structure(db)
        let today = district.now().day
        return try part(
            "former", ["person_former"], ["until", "name", "number", "unit", "reason"],
            """
            SELECT c.changed_on, c.name, c.number, c.unit_id, c.reason FROM person_change c
            WHERE c.person_id IN (\(values: subject.persons)) ORDER BY c.changed_on, c.id
            """
        ) { row in
            let last = try row.at(0, as: Day.self) - 1
            let unit = structure.nearestVersion(try row.at(3), on: min(last, today))
            return [
                [
                    last.description, try row.at(1), try row.optionalAt(2) ?? "",
                    unit.map(named) ?? "", try row.at(4),
                ]
            ]
        }
    }

    private func joins(_ subject: DataSubject) throws -> HeldData.Part {
        try part(
            "join", ["person_number"], ["day", "undone"],
            """
            SELECT j.joined_on, j.undoes FROM person_join j
            WHERE j.from_person IN (\(values: subject.persons))
                OR j.to_person IN (\(values: subject.persons)) ORDER BY j.id
            """
        ) { row in
            let isUndone = try row.optionalAt(1, as: String.self) != nil
            return [[try row.at(0), isUndone ? yes : ""]]
        }
    }

    // MARK: Records

    private func records(_ subject: DataSubject) throws -> HeldData.Part {
        let structure = try district.structure(db)
        return try part(
            "record", ["person_role"],
            ["record", "kind", "day", "until", "unit", "role", "entry", "reversed"],
            """
            SELECT r.id, r.kind, r.happened_on, r.until_on, r.unit_id, n.role,
                (SELECT MIN(v.id) FROM posted v WHERE v.reverses = r.id) AS reversal, r.minute
            FROM (
                SELECT m.record_id, m.role FROM record_person m
                WHERE m.person_id IN (\(values: subject.persons))
                UNION
                SELECT r.id, '' FROM record r
                WHERE r.id IN (\(subject.belongings(district.catalogue)))
                    AND NOT EXISTS (SELECT 1 FROM record_person m WHERE m.record_id = r.id
                        AND m.person_id IN (\(values: subject.persons)))) n
            JOIN record r ON r.id = n.record_id
            ORDER BY r.happened_on DESC, r.id, n.role
            """
        ) { row in
            let kind = district.catalogue.kinds[try row.at(1)]
            let day = try row.at(2, as: Day.self)
            let unit = structure.nearestVersion(try row.at(4), on: day)
            let role = try row.at(5, as: String.self)
            let said = kind?.persons.first { $0.id == role }
            let minute = try row.optionalAt(7, as: Minute.self)
            return [
                [
                    try row.at(0), try kind?.name[language] ?? row.at(1), day.written(minute),
                    try row.optionalAt(3) ?? "", unit.map(named) ?? "",
                    said?.label[language] ?? role, said?.register ?? "",
                    try row.optionalAt(6, as: String.self) == nil ? "" : yes,
                ]
            ]
        }
    }

    private func privates(_ subject: DataSubject) throws -> HeldData.Part {
        try part(
            "private", ["private_values"], ["record", "kind", "day", "field", "value", "entry"],
            """
            SELECT r.id, r.kind, r.happened_on, k.salt, k.body
            FROM record_private k JOIN record r ON r.id = k.record_id
            WHERE \(subject.recordCondition(district.catalogue)) ORDER BY r.happened_on DESC, r.id
            """
        ) { row in
            let kind = district.catalogue.kinds[try row.at(1)]
            let values = try PrivateValues(
                sealed: (salt: row.at(3), body: row.at(4)), district.sealedKey, for: row.at(0)
            ).values
            return try values.keys.sorted().map { key in
                let field = kind?.privates.first { $0.id == key }
                return [
                    try row.at(0), try kind?.name[language] ?? row.at(1), try row.at(2),
                    label(key, field, kind), values[key] ?? "",
                    field?.register ?? kind?.privateEntry ?? "",
                ]
            }
        }
    }

    private func label(_ key: String, _ field: Kind.PrivateField?, _ kind: Kind?) -> String {
        if key == PrivateValues.reason { return kind?.label(.reason)[language] ?? key }
        return field?.label[language] ?? key
    }

    private func evidence(_ subject: DataSubject) throws -> HeldData.Part {
        try part(
            "evidence", ["evidence_file"], ["record", "file", "type", "size", "at"],
            """
            SELECT e.record_id, e.file_name, e.media_type, e.size, e.added_at
            FROM evidence e JOIN record r ON r.id = e.record_id
            WHERE e.file_name <> '' AND \(subject.recordCondition(district.catalogue)) ORDER BY e.id
            """
        ) { row in
            [
                [
                    try row.at(0), try row.at(1), try row.at(2),
                    String(try row.at(3, as: Int.self)), try moment(row, 4),
                ]
            ]
        }
    }

    // MARK: The account

    /// What a declaration says of a table, in its words.
    private func declared(
        _ table: PersonalTable, _ subject: DataSubject
    ) throws -> HeldData.Part? {
        let whose: SQL
        switch table.owner {
        case .account(let column):
            whose = "t.\(name: column) IN (\(values: [subject.account].compactMap { $0 }))"
        case .anyone: whose = subject.condition("t")
        case .others: return nil
        }
        let columns = table.columns.map { "t.\(name: $0.name)" as SQL }.joined(separator: ", ")
        return try part(
            table.part, table.entries, table.columns.map(\.heading),
            "SELECT \(columns) FROM \(name: table.name) t WHERE \(whose) ORDER BY 1"
        ) { row in
            [
                try table.columns.enumerated().map { index, column in
                    switch row[column.name] {
                    case .text(let text): text
                    case .integer where column.name == "at" || column.name.hasSuffix("_at"):
                        try moment(row, index)
                    case .integer(let number): String(number)
                    default: ""
                    }
                }
            ]
        }
    }

    /// What they did under their own name: counted, for the rows themselves are about other things.
    private func entered(_ subject: DataSubject) throws -> HeldData.Part {
        let names = [subject.account].compactMap { $0 }
        return try part(
            "entered", ["operator_name"], ["what", "count"],
            """
            SELECT action, COUNT(*) FROM audit WHERE actor IN (\(values: names))
            GROUP BY action ORDER BY action
            """
        ) { [[try $0.at(0), String(try $0.at(1, as: Int.self))]] }
    }

    // MARK: Rights

    private func consents(_ subject: DataSubject) throws -> HeldData.Part {
        try part(
            "consent", ["consent_given"], ["purpose", "version", "act", "channel", "at"],
            """
            SELECT c.purpose, c.version, c.act, c.channel, c.recorded_at FROM consent c
            WHERE \(subject.condition("c")) ORDER BY c.id
            """
        ) { row in
            let purpose = try row.at(0, as: String.self)
            return [
                [
                    district.catalogue.purposes[purpose]?.name[language] ?? purpose,
                    try row.at(1), try row.at(2), try row.at(3), try moment(row, 4),
                ]
            ]
        }
    }

    private func contacts(_ subject: DataSubject) throws -> HeldData.Part {
        try part(
            "contact", ["verified_contact"], ["verified", "at", "used"],
            """
            SELECT v.verified_by, v.issued_at, v.used_at FROM verified_contact v
            WHERE v.id IN (\(values: subject.contacts))
                OR v.person_id IN (\(values: subject.persons)) ORDER BY v.id
            """
        ) { [[try $0.at(0), try moment($0, 1), try moment($0, 2)]] }
    }

    /// Who looked: role, time and reason, without the viewer's name.
    private func views(_ subject: DataSubject) throws -> HeldData.Part {
        try part(
            "view", ["data_view"], ["role", "at", "reason"],
            """
            SELECT v.role, v.viewed_at AS at, v.reason FROM data_view v
            WHERE \(subject.condition("v"))
            UNION ALL
            SELECT 'sealed_list', s.at, s.reason FROM sealed_view s
            JOIN record r ON r.id = s.record_id WHERE \(subject.recordCondition(district.catalogue))
            ORDER BY 2 DESC, 1, 3
            """
        ) { [[try $0.at(0), try moment($0, 1), try $0.at(2)]] }
    }

    // MARK: Words

    private var yes: String { language == .zh ? "是" : "yes" }

    private func named(_ version: UnitVersion) -> String { "\(version.name) \(version.code)" }

    private func moment(_ row: Row, _ index: Int) throws -> String {
        try row.optionalAt(index, as: Moment.self)?.text ?? ""
    }
}
