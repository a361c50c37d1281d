import Catalogue
import Core
import Organization
import Storage

/// Looks for words in the texts of records that count, the newest first.
///
/// Pairs only say where a word may be: “ab” and “bc” may stand apart. So each record found by its
/// pairs is read, and kept when its text really holds the words.
package struct RecordSearch: Sendable {
    package let words: [FoldedText]
    private let catalogue: Catalogue
    private let scope: Scope
    private let position: Int

    /// How many records are read at once, and for one page at most.
    package static let batch = 200
    package static let readLimit = 2_000
    /// Beyond so many places a word is called common.
    package static let commonLimit = 1_000

    package init(_ words: [FoldedText], in district: District, asOf position: Int) {
        self.words = words
        self.catalogue = district.catalogue
        self.scope = district.publicScope
        self.position = position
    }

    /// The last place that was looked at.
    package struct Place: Sendable, Equatable {
        package let day: Day
        package let id: Record.ID

        package init(day: Day, id: Record.ID) {
            self.day = day
            self.id = id
        }
    }

    package struct Found: Sendable {
        package let records: [Record]
        /// Where to go on; nil when nothing follows.
        package let next: Place?
        /// Whether the rarest of the pairs stands in more places than `commonLimit`.
        package let isCommon: Bool
    }

    /// One page of records after a place.
    package func page(after start: Place?, limit: Int, _ db: Connection) throws -> Found {
        guard let lead = try lead(db) else { return Found(records: [], next: nil, isCommon: false) }
        var records: [Record] = []
        var place = start
        var read = 0
        while read < Self.readLimit {
            let rows = try db.rows(candidates(lead, after: place)).map(Record.init)
            read += rows.count
            for record in rows {
                guard holds(record) else {
                    place = Place(day: record.happenedOn, id: record.id)
                    continue
                }
                if records.count == limit {
                    return Found(records: records, next: place, isCommon: lead.isCommon)
                }
                records.append(record)
                place = Place(day: record.happenedOn, id: record.id)
            }
            if rows.count < Self.batch {
                return Found(records: records, next: nil, isCommon: lead.isCommon)
            }
        }
        return Found(records: records, next: place, isCommon: lead.isCommon)
    }

    private func holds(_ record: Record) -> Bool {
        catalogue.kinds[record.kind]?.searchedText(record.fields).holds(words) ?? false
    }

    // MARK: Statements

    /// What the statement walks along: the rarest pair, or all that begin with a lone letter.
    private struct Lead {
        let rows: SQL
        let others: [Int]
        let isCommon: Bool
    }

    private func lead(_ db: Connection) throws -> Lead? {
        var pairs = Array(Set(words.flatMap(\.needed))).sorted().map(\.number)
        guard !pairs.isEmpty else {
            guard let letter = words.flatMap(\.lone).first else { return nil }
            let range = Pair.beginning(with: letter)
            let rows: SQL = """
                (SELECT DISTINCT happened_on, record_id FROM record_pair
                    WHERE pair >= \(range.lowerBound) AND pair < \(range.upperBound))
                """
            return Lead(rows: rows, others: [], isCommon: false)
        }
        let counts: [SQL] = pairs.enumerated().map { index, pair in
            """
            SELECT \(index) AS place, (SELECT COUNT(*) FROM (SELECT 1 AS one FROM record_pair
                WHERE pair = \(pair) LIMIT \(Self.commonLimit + 1)) AS few) AS amount
            """
        }
        var rarest = (place: 0, amount: Int.max)
        for row in try db.rows(counts.joined(separator: " UNION ALL ")) {
            let amount = try row.get("amount", as: Int.self)
            if amount < rarest.amount { rarest = (try row.get("place"), amount) }
        }
        let first = pairs.remove(at: rarest.place)
        return Lead(
            rows: "(SELECT happened_on, record_id FROM record_pair WHERE pair = \(first))",
            others: pairs, isCommon: rarest.amount > Self.commonLimit)
    }

    /// Records that have every pair, count, and may be seen: the newest first.
    private func candidates(_ lead: Lead, after place: Place?) -> SQL {
        let fact = Fact("f", asOf: position)
        let others = lead.others.map { pair in
            """
             AND EXISTS (SELECT 1 FROM record_pair AS q WHERE q.pair = \(pair)
                AND q.happened_on = p.happened_on AND q.record_id = p.record_id)
            """ as SQL
        }.joined(separator: "")
        let after: SQL =
            place.map { "AND (p.happened_on, p.record_id) < (\($0.day), \($0.id))" } ?? ""
        // CROSS JOIN keeps SQLite to walking the pairs, newest first, instead of a kind.
        return """
            SELECT f.*, COALESCE(f_import.base, 0) + f.ordinal AS position
            FROM \(lead.rows) AS p CROSS JOIN \(fact.source)
            WHERE f.id = p.record_id \(after)\(others)
                AND \(scope.condition(kind: "f.kind", unit: "f.unit_id")) AND \(fact.counts)
            ORDER BY p.happened_on DESC, p.record_id DESC LIMIT \(Self.batch)
            """
    }

    /// The statement that walks along the pairs, for those who read its plan.
    package func statement(_ db: Connection) throws -> SQL? {
        try lead(db).map { candidates($0, after: nil) }
    }
}
