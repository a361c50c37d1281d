import Catalogue
import Core
import Organization
import Storage

/// Holders that a kind allows in one record at a time, such as a cadre with their contact point,
/// and the spans in which each stands in one. It tells which entries would make a second.
struct Singles {
    /// One record of a holder: from a day to the first day it is no longer in force.
    private struct Span {
        let entry: Record.ID
        let from: Day
        var to: Day?
        /// The row of a file; nil for what is in the ledger already.
        var line: Int?
        /// It had ended, and stands again since its end is taken back.
        var stoodUpAgain = false
    }

    /// An entry that ended a record, and what is left of the record without it.
    private struct End {
        let record: Record.ID
        let until: Day?
    }

    private struct Holder: Hashable {
        let role: String
        let id: String
    }

    private let kind: Kind
    private var spans: [Holder: [Span]] = [:]
    private var ends: [Record.ID: End] = [:]

    /// Reads the spans of every record of the kind that counts, and what every end ended.
    init(_ kind: Kind, _ db: Connection) throws {
        self.kind = kind
        guard !kind.single.isEmpty else { return }
        try readSpans(of: nil, db)
        try readEnds("r.kind = \(kind.id)", db)
    }

    /// Reads the spans of an entry's holders alone: however many there are of the kind, one entry
    /// touches few. One that takes an end back touches the holders of what had ended.
    init(_ kind: Kind, _ db: Connection, for entry: Entry) throws {
        self.kind = kind
        guard !kind.single.isEmpty else { return }
        var touched = Set(holders(of: entry).map(\.id))
        if let reversed = entry.reverses {
            try readEnds("e.id = \(reversed)", db)
            for end in ends.values {
                touched.formUnion(
                    try db.rows(
                        """
                        SELECT person_id FROM record_person WHERE record_id = \(end.record)
                        UNION SELECT code FROM record_subject WHERE record_id = \(end.record)
                        """
                    ).map { try $0.at(0) })
            }
        }
        if !touched.isEmpty { try readSpans(of: touched.sorted(), db) }
    }

    private mutating func readSpans(of holders: [String]?, _ db: Connection) throws {
        for row in try db.rows(Self.statement(kind, of: holders)) {
            let holder = Holder(role: try row.at(3), id: try row.at(4))
            spans[holder, default: []].append(
                Span(
                    entry: try row.at(0), from: try row.at(1),
                    to: try row.optional("last_on", as: Day.self), line: nil))
        }
    }

    private mutating func readEnds(_ condition: SQL, _ db: Connection) throws {
        for row in try db.rows(
            """
            SELECT e.id, r.id, r.until_on FROM posted e JOIN record r ON r.id = e.ends
            WHERE \(condition)
            """)
        {
            ends[try row.at(0)] = End(record: try row.at(1), until: try row.optionalAt(2))
        }
    }

    /// How many times a holder stands in two records at once.
    var doubles: Int {
        spans.values.reduce(0) { count, spans in count + Self.overlapping(spans).count }
    }

    /// From the holders, who are few, to their records: SQLite keeps to the order of a cross join.
    ///
    /// - Parameter holders: whose spans are read; nil reads everybody's.
    static func statement(_ kind: Kind, of holders: [String]?) -> SQL {
        let persons: SQL = holders.map { "AND p.person_id IN (\(values: $0))" } ?? ""
        let codes: SQL = holders.map { "AND s.code IN (\(values: $0))" } ?? ""
        return """
            SELECT f.id, f.happened_on, f.last_on, p.role, p.person_id
            FROM record_person p CROSS JOIN fact f
            WHERE f.id = p.record_id AND f.kind = \(kind.id)
                AND p.role IN (\(values: kind.single)) \(persons)
            UNION ALL
            SELECT f.id, f.happened_on, f.last_on, s.kind, s.code
            FROM record_subject s CROSS JOIN fact f
            WHERE f.id = s.record_id AND f.kind = \(kind.id)
                AND s.kind IN (\(values: kind.single)) \(codes)
            """
    }

    /// Takes in an entry, or what it does to an earlier record.
    mutating func meet(_ entry: Entry, on line: Int?) {
        guard !kind.single.isEmpty else { return }
        if let ended = entry.ends {
            change { $0.entry == ended ? Self.cut($0, entry.happenedOn) : $0 }
        } else if let reversed = entry.reverses {
            change { $0.entry == reversed ? nil : $0 }
            // An end that is taken back leaves the record standing again.
            if let end = ends[reversed] {
                change { span in
                    guard span.entry == end.record else { return span }
                    var open = span
                    (open.to, open.line, open.stoodUpAgain) = (end.until, line, true)
                    return open
                }
            }
        }
        for holder in holders(of: entry) {
            spans[holder, default: []].append(
                Span(entry: entry.id, from: entry.happenedOn, to: entry.untilOn, line: line))
        }
    }

    /// The rows by which somebody would stand in two records at once, each with its sentence.
    func faults() -> [RowFault] {
        var faults: [RowFault] = []
        for (holder, spans) in spans {
            for (earlier, later) in Self.overlapping(spans) {
                guard let line = later.line ?? earlier.line else { continue }
                let isPerson = kind.persons.contains { $0.id == holder.role }
                let heading: Heading =
                    isPerson ? .person(holder.role) : .subject(holder.role)
                let label = kind.label(heading)
                let words =
                    earlier.stoodUpAgain || later.stoodUpAgain
                    ? reopened(label, earlier, later) : begun(label, earlier)
                faults.append(
                    RowFault(line, Fault(label, at: heading.name, zh: words.zh, en: words.en)))
            }
        }
        return faults
    }

    private func begun(_ label: Wording, _ earlier: Span) -> Wording {
        Wording(
            zh: "该\(label.zh)自\(earlier.from)起已有一条“\(kind.name.zh)”，须先结束才能另立。",
            en: """
                This holder has had “\(kind.name.en)” since \(earlier.from): end that one before \
                another begins.
                """)
    }

    private func reopened(_ label: Wording, _ earlier: Span, _ later: Span) -> Wording {
        Wording(
            zh: "撤回这次结束后，该\(label.zh)会同时有两条“\(kind.name.zh)”"
                + "（自\(earlier.from)起和自\(later.from)起）；请先处理其中一条。",
            en: """
                Without this end the holder would have “\(kind.name.en)” twice at once, since \
                \(earlier.from) and since \(later.from): settle one of the two first.
                """)
    }

    /// Each record with the one before it that has not ended when it begins.
    private static func overlapping(_ spans: [Span]) -> [(Span, Span)] {
        let sorted = spans.sorted { ($0.from, $0.line ?? 0) < ($1.from, $1.line ?? 0) }
        return zip(sorted, sorted.dropFirst()).filter { earlier, later in
            earlier.to.map { later.from < $0 } ?? true
        }
    }

    private func holders(of entry: Entry) -> [Holder] {
        let persons = entry.persons.filter { kind.single.contains($0.role) }
            .map { Holder(role: $0.role, id: $0.person.text) }
        let subjects = entry.subjects.filter { kind.single.contains($0.kind) }
            .map { Holder(role: $0.kind, id: $0.code) }
        return persons + subjects
    }

    private mutating func change(_ span: (Span) -> Span?) {
        spans = spans.mapValues { $0.compactMap(span) }
    }

    private static func cut(_ span: Span, _ day: Day) -> Span? {
        var span = span
        span.to = min(span.to ?? day, day)
        return span
    }
}
