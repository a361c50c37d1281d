import Catalogue
import Core
import Storage

extension Kind {
    /// The fields whose words everybody may look for: the texts of a public kind. What is internal
    /// or sealed, private values and persons are never looked for.
    package var searched: [Field] {
        visibility == .public ? fields.filter { $0.form == .text } : []
    }

    /// The searched texts of a record with these fields, as one.
    package func searchedText(_ fields: [String: String]) -> FoldedText {
        FoldedText(searched.compactMap { fields[$0.id] }.joined(separator: "\n"))
    }
}

/// Every statement on the pairs by which records are found.
struct PairStore {
    private let db: Connection

    init(db: Connection) { self.db = db }

    private static let columns = ["pair", "happened_on", "record_id"]

    /// Writes the pairs of new entries beside their records.
    func insert(_ values: [Value]) throws {
        try db.insert(into: "record_pair", PairStore.columns, values: values)
    }

    /// A row before it is written.
    struct Line {
        let pair: Pair
        let day: Day
        let id: Record.ID
    }

    /// The pairs of a record.
    static func lines(
        _ kind: Kind, _ fields: [String: String], _ day: Day, _ id: Record.ID
    ) -> [Line] {
        guard !kind.searched.isEmpty else { return [] }
        return kind.searchedText(fields).pairs.map { Line(pair: $0, day: day, id: id) }
    }

    /// The rows in the order in which they lie in the table, one behind the other: those of a few
    /// hundred records come to every page of it, and so to each page once.
    static func values(_ lines: [Line]) -> [Value] {
        lines.sorted { ($0.pair, $0.day) < ($1.pair, $1.day) }.flatMap { line in
            [.integer(Int64(line.pair.number)), line.day.storageValue, line.id.storageValue]
        }
    }

    // MARK: Records that were there before their kind was searched

    /// The kinds that are searched, each with the fields that were read.
    func marks() throws -> [String: String] {
        var marks: [String: String] = [:]
        for row in try db.rows("SELECT kind, fields FROM record_pair_kind") {
            marks[try row.at(0)] = try row.at(1, as: String.self)
        }
        return marks
    }

    func mark(_ kind: String, _ fields: String) throws {
        try db.execute(
            """
            INSERT INTO record_pair_kind (kind, fields) VALUES (\(kind), \(fields))
            ON CONFLICT (kind) DO UPDATE SET fields = excluded.fields
            """)
    }

    /// Forgets a kind that is searched no longer.
    func remove(_ kind: String) throws {
        try db.execute(
            """
            DELETE FROM record_pair
            WHERE record_id IN (SELECT r.id FROM record r WHERE r.kind = \(kind))
            """)
        try db.execute("DELETE FROM record_pair_kind WHERE kind = \(kind)")
    }

    /// Adds the pairs of some records of a kind, those it has already left alone.
    ///
    /// - Returns: the last record read; nil when there are no more.
    func fill(_ kind: Kind, after id: String, limit: Int) throws -> String? {
        let records = try db.rows(
            """
            SELECT id, happened_on, fields FROM record
            WHERE kind = \(kind.id) AND id > \(id) AND case_id IS NULL
            ORDER BY id LIMIT \(limit)
            """)
        var lines: [Line] = []
        for row in records {
            let fields = Record.fields(try row.get("fields"))
            lines += Self.lines(kind, fields, try row.get("happened_on"), try row.get("id"))
        }
        let width = PairStore.columns.count
        for part in Self.values(lines).chunks(of: PairStore.rowsPerStatement * width) {
            let lists = part.chunks(of: width).map { "(\(values: $0))" as SQL }
            try db.execute(
                """
                INSERT INTO record_pair (pair, happened_on, record_id)
                VALUES \(lists.joined(separator: ", ")) ON CONFLICT DO NOTHING
                """)
        }
        return records.count < limit ? nil : try records.last?.get("id")
    }

    private static let rowsPerStatement = 2_000
}

extension District {
    /// Makes the records findable that were written before their kind was searched: by an older
    /// program, or under a catalogue that said otherwise. Goes in small commits and may be cut
    /// short at any point; when nothing changed it only reads the marks.
    package func fillPairs() async throws {
        let marks = try await database.read { db in try PairStore(db: db).marks() }
        var wanted: [String: String] = [:]
        for kind in catalogue.kinds.values where !kind.searched.isEmpty {
            wanted[kind.id] = kind.searched.map(\.id).sorted().joined(separator: ",")
        }
        for kind in marks.keys.sorted() where wanted[kind] == nil {
            try await database.write { db in try PairStore(db: db).remove(kind) }
        }
        for (id, fields) in wanted.sorted(by: { $0.key < $1.key }) where marks[id] != fields {
            guard let kind = catalogue.kinds[id] else { continue }
            var last: String? = ""
            while let after = last {
                last = try await database.write { db in
                    try PairStore(db: db).fill(kind, after: after, limit: Self.stageSize)
                }
            }
            try await database.write { db in try PairStore(db: db).mark(id, fields) }
        }
    }
}
