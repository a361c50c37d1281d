import Core
import Ledger
import Organization
import Storage

/// Finds and deletes entries that are no records yet and may name persons: drafts, entries that
/// come again, and entries that wait or were sent back, with their files.
///
/// What somebody chose last is not among them: it holds options of the catalogue and names nobody.
struct UnfinishedStore: UnfinishedEntries {
    let db: Connection
    /// The key of what is sealed.
    let key: SecretKey

    /// Ids in one statement.
    private static let chunk = 500
    static let tables = ["entry_draft", "entry_pattern", "entry_waiting"]

    /// One of them, as its form said it.
    private struct Entry {
        let id: String
        let kind: String
        let said: [String: String]

        init(_ row: Row, _ key: SecretKey) throws {
            id = try row.at(0)
            kind = try row.at(1)
            said = try key.fields(sealed: row.at(2), of: row.at(3))
        }

        /// What stands under headings of one sort, each code or name by itself, with the
        /// heading's own name. A draft is kept right or wrong: commas part it as well.
        func written(under sort: Heading) -> [(name: String, text: String)] {
            var written: [(name: String, text: String)] = []
            for (key, text) in said where key.hasPrefix(sort.name) {
                let name = String(key.dropFirst(sort.name.count))
                for piece in text.split(whereSeparator: { ";；、,，\n".contains($0) }) {
                    written.append((name: name, text: piece.trimmed))
                }
            }
            return written
        }
    }

    private struct Bearer {
        let id: String
        let number: String?
        let sortName: String
        let unit: OrgUnit.ID
    }

    /// The entries that name one of these persons by number, identity or name, and those that
    /// correct, end or reverse a record about one of them: they say why.
    func naming(_ persons: [String], kinds: Set<String>?) throws -> [String] {
        let bearers = try persons.chunks(of: Self.chunk).flatMap { ids in
            try db.rows(
                "SELECT id, number, sort_name, unit_id FROM person WHERE id IN (\(values: ids))"
            ).map {
                Bearer(
                    id: try $0.at(0), number: try $0.optionalAt(1), sortName: try $0.at(2),
                    unit: try $0.at(3))
            }
        }
        guard !bearers.isEmpty else { return [] }
        let codes = Set(bearers.flatMap { [$0.id, $0.number].compactMap { $0 } })
        let names = Dictionary(grouping: bearers.filter { !$0.sortName.isEmpty }, by: \.sortName)
        var found: Set<String> = []
        var byName: [(entry: Entry, name: String)] = []
        try each { entry in
            guard kinds?.contains(entry.kind) ?? true else { return }
            for (_, text) in entry.written(under: .person("")) {
                if codes.contains(text) {
                    found.insert(entry.id)
                } else if names[sortName(text)] != nil {
                    byName.append((entry, text))
                }
            }
        }
        for (entry, name) in byName where !found.contains(entry.id) {
            let bearers = names[sortName(name)] ?? []
            if try !means(another: name, than: bearers, entry) { found.insert(entry.id) }
        }
        for ids in persons.chunks(of: Self.chunk) {
            let records: SQL = """
                SELECT m.record_id FROM record_person m WHERE m.person_id IN (\(values: ids))
                """
            for (id, kind) in try changing(records) where kinds?.contains(kind) ?? true {
                found.insert(id)
            }
        }
        return found.sorted()
    }

    /// Whether a name in an entry is that of a namesake in its unit, as a form would read it.
    /// A name that may be either's is taken for theirs: it can be written again.
    private func means(
        another name: String, than bearers: [Bearer], _ entry: Entry
    ) throws -> Bool {
        let units = Set(
            try db.rows(
                """
                SELECT DISTINCT unit_id FROM org_unit_version
                WHERE code = \(entry.said[Heading.unit.name] ?? "")
                """
            ).map { try $0.at(0, as: OrgUnit.ID.self) })
        let ids = Set(bearers.map(\.id))
        guard !bearers.contains(where: { units.contains($0.unit) }) else { return false }
        return try PersonStore(db: db).find(name: name).contains {
            !ids.contains($0.id.text) && units.contains($0.unit)
        }
    }

    /// The entries that correct, end or reverse one of these records, and those that say something
    /// private about the same matter.
    func about(_ records: [String]) throws -> [String] {
        guard !records.isEmpty else { return [] }
        var found: Set<String> = []
        var matters: Set<String> = []
        for ids in records.chunks(of: Self.chunk) {
            found.formUnion(try changing("\(values: ids)").map { $0.id })
            matters.formUnion(
                try db.rows(
                    """
                    SELECT DISTINCT kind, code FROM record_subject
                    WHERE record_id IN (\(values: ids))
                    """
                ).map { try Self.matter($0.at(0), $0.at(1)) })
        }
        try each { entry in
            let isPrivate = entry.said.contains {
                $0.key.hasPrefix(Heading.privateValue("").name) && !$0.value.isEmpty
            }
            if isPrivate,
                entry.written(under: .subject("")).contains(where: {
                    matters.contains(Self.matter($0.name, $0.text))
                })
            {
                found.insert(entry.id)
            }
        }
        return found.sorted()
    }

    private static func matter(_ kind: String, _ code: String) -> String { "\(kind)\t\(code)" }

    private func changing(_ records: SQL) throws -> [(id: String, kind: String)] {
        try db.rows(
            """
            SELECT w.id, w.kind FROM entry_waiting w
            WHERE w.corrects IN (\(records)) OR w.ends IN (\(records))
                OR w.reverses IN (\(records)) OR w.record_id IN (\(records))
            """
        ).map { (id: try $0.at(0), kind: try $0.at(1)) }
    }

    private func each(_ body: (Entry) throws -> Void) throws {
        for table in Self.tables {
            try db.each("SELECT id, kind, said, account_id FROM \(name: table)") {
                try body(Entry($0, key))
            }
        }
    }

    /// The files that came with them.
    func files(of entries: [String]) throws -> [String] {
        try entries.chunks(of: Self.chunk).flatMap { ids in
            try db.rows(
                """
                SELECT id FROM entry_waiting_file WHERE waiting_id IN (\(values: ids)) ORDER BY id
                """
            ).map { try $0.at(0, as: String.self) }
        }
    }

    /// Takes entries away with the names of their files; what is none of them is let be.
    func delete(_ entries: [String]) throws {
        for ids in entries.chunks(of: Self.chunk) {
            try db.execute(
                "DELETE FROM entry_waiting_file WHERE waiting_id IN (\(values: ids))")
            try db.execute(
                "DELETE FROM entry_pattern_day WHERE pattern_id IN (\(values: ids))")
            for table in Self.tables {
                try db.execute("DELETE FROM \(name: table) WHERE id IN (\(values: ids))")
            }
        }
    }
}
