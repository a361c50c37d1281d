import Core
import Ledger
import Storage

/// The rows of some cases as the program wrote them, and copies of them.
struct CaseCopies {
    /// One of the tables that a case stands in.
    private struct Table {
        let name: String
        let columns: [String]
        /// The columns that hold a moment.
        let moments: [Int]
        /// The column that holds the day.
        let day: Int?

        init(_ name: String, _ db: Connection) throws {
            self.name = name
            let columns = try db.first("SELECT * FROM \(name: name) LIMIT 1")?.columns ?? []
            self.columns = columns
            moments = columns.indices.filter { Self.ofMoments.contains(columns[$0]) }
            day = columns.firstIndex(of: "happened_on")
        }

        private static let ofMoments: Set = [
            "recorded_at", "due", "opened_at", "closed_at", "read_at", "since", "earliest",
            "latest",
        ]

        func place(_ column: String) -> Int { columns.firstIndex(of: column) ?? 0 }

        func rows(_ statement: SQL, _ db: Connection) throws -> [[Value]] {
            try db.rows(statement).map { row in columns.indices.map { row[$0] } }
        }
    }

    private enum Part: Int, CaseIterable {
        case record, privates, state, owed

        var table: String {
            switch self {
            case .record: "record"
            case .privates: "record_private"
            case .state: "case_state"
            case .owed: "obligation"
            }
        }
    }

    /// A case with all its rows, by part.
    private struct Pattern {
        var rows: [[[Value]]] = Part.allCases.map { _ in [] }
        var isOpen = false

        subscript(part: Part) -> [[Value]] {
            get { rows[part.rawValue] }
            set { rows[part.rawValue] = newValue }
        }
    }

    private let tables: [Table]
    private let patterns: [Pattern]
    /// Copies of one commit.
    private static let batch = 2_000
    /// Closed requests are spread over three years, open ones over three weeks.
    private static let (closedDays, openDays) = (1_000, 21)
    /// What is owed without a last day stays so.
    private static let never: Int64 = 9_000_000_000_000

    /// Reads every case that there is.
    init(_ db: Connection) throws {
        tables = try Part.allCases.map { try Table($0.table, db) }
        var found: [Value: Pattern] = [:]
        var cases: [Value: Value] = [:]
        let (record, privates, state, owed) = (tables[0], tables[1], tables[2], tables[3])
        for row in try state.rows("SELECT * FROM case_state", db) {
            var pattern = Pattern()
            pattern[.state] = [row]
            pattern.isOpen = row[state.place("closed_at")] == .null
            found[row[state.place("case_id")]] = pattern
        }
        for row in try record.rows(
            "SELECT * FROM record WHERE case_id IS NOT NULL ORDER BY seq", db)
        {
            let id = row[record.place("case_id")]
            cases[row[record.place("id")]] = id
            found[id]?[.record].append(row)
        }
        for row in try privates.rows("SELECT * FROM record_private", db) {
            guard let id = cases[row[privates.place("record_id")]] else { continue }
            found[id]?[.privates].append(row)
        }
        for row in try owed.rows("SELECT * FROM obligation", db) {
            found[row[owed.place("case_id")]]?[.owed].append(row)
        }
        patterns = Array(found.values)
    }

    /// Puts so many copies of open and of closed cases.
    func copy(open: Int, closed: Int, into district: District) async throws {
        for (count, days, these) in [
            (open, Self.openDays, patterns.filter(\.isOpen)),
            (closed, Self.closedDays, patterns.filter { !$0.isOpen }),
        ] where !these.isEmpty {
            for start in stride(from: 0, to: count, by: Self.batch) {
                let numbers = start..<min(start + Self.batch, count)
                try await district.database.write { db in
                    var rows = Part.allCases.map { _ in [[Value]]() }
                    for number in numbers {
                        // The days go round on their own, so that each unit has all of them.
                        add(
                            these[number % these.count], "SR-\(days)-\(number)",
                            number / these.count % days, to: &rows)
                    }
                    try write(&rows, Audit(db, key: district.key), db)
                }
            }
        }
    }

    /// Adds a copy so many days older, under identities and a number of its own.
    private func add(
        _ pattern: Pattern, _ number: String, _ days: Int, to rows: inout [[[Value]]]
    ) {
        let id = tables[0].place("id")
        var names: [Value: Value] = [:]
        for record in pattern[.record] { names[record[id]] = .text(Record.ID.make().text) }
        for part in Part.allCases {
            let table = tables[part.rawValue]
            for row in pattern[part] {
                var row = row.map { names[$0] ?? $0 }
                for place in table.moments {
                    if case .integer(let moment) = row[place], moment < Self.never {
                        row[place] = .integer(moment - Int64(days) * 86_400_000)
                    }
                }
                if let place = table.day, case .text(let text) = row[place], let day = Day(text) {
                    row[place] = .text("\(day + -days)")
                }
                if part == .state { row[table.place("number")] = .text(number) }
                if part == .record, row[table.place("seq")] == .integer(0) {
                    row[table.place("ref")] = .text(number)
                }
                rows[part.rawValue].append(row)
            }
        }
    }

    private func write(_ rows: inout [[[Value]]], _ audit: Audit, _ db: Connection) throws {
        let ordinal = tables[0].place("ordinal")
        let first = try audit.claim(rows[0].count)
        for place in rows[0].indices {
            rows[0][place][ordinal] = .integer(Int64(first + place))
        }
        for (table, rows) in zip(tables, rows) where !rows.isEmpty {
            try db.insert(into: table.name, table.columns, rows)
        }
    }
}
