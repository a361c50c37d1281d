import Catalogue
import Core
import Ledger
import Storage
import Synchronization

/// Remembers for the newest position which half-years have records, because finding out looks at
/// each of them in the index. Entries of persons and sealed ones do not count: else the first of a
/// half-year would be seen to come by the half-year that begins to be offered.
///
/// What single writes added since is added to what was known; after an import all is read again.
final class RecordedShelf: Sendable {
    private let kept = Mutex<(state: SeenState, recorded: Recorded)?>(nil)

    /// The half-years that are looked at: twenty years.
    static let halfLimit = 40
    /// After more records than this everything is read again.
    private static let stepLimit = 1_000

    /// - Parameter position: the newest of the snapshot.
    func take(
        _ position: Int, _ today: Day, _ catalogue: Catalogue, _ db: Connection
    ) throws -> Recorded {
        let state = SeenState(position, on: today)
        let known = kept.withLock { $0 }
        if let known, known.state == state { return known.recorded }
        let told = catalogue.kindsToldByDay
        let closed = catalogue.kinds.keys.filter { !told.contains($0) }.sorted()
        var recorded: Recorded?
        if let known, known.state.day == today, known.state < state {
            recorded = try Self.added(
                to: known.recorded, from: known.state.seq, to: position, today, without: closed, db)
        }
        let now = try recorded ?? Self.read(upTo: today, without: closed, db)
        kept.withLock { kept in
            if kept.map({ $0.state < state }) ?? true { kept = (state, now) }
        }
        return now
    }

    /// What was known, with the records that were written since; nil when it has to be read again.
    private static func added(
        to known: Recorded, from old: Int, to position: Int, _ today: Day,
        without kinds: [String], _ db: Connection
    ) throws -> Recorded? {
        let hasImports = try db.value(
            """
            SELECT 1 FROM import
            WHERE \(ImportStore.changed(after: old, through: position)) LIMIT 1
            """, as: Int.self)
        guard hasImports == nil, position - old <= stepLimit else { return nil }
        let closed = Set(kinds)
        var (newest, counts) = (known.newest, known.counts)
        try db.each(
            """
            SELECT kind, happened_on FROM record WHERE import_id IS NULL
                AND ordinal > \(old) AND ordinal <= \(position) AND reverses IS NULL
            """
        ) { row in
            let day = try row.at(1, as: Day.self)
            guard !closed.contains(try row.at(0)), day <= today else { return }
            newest = max(newest ?? day, day)
            let half = Period.half(of: day).from
            if let count = counts[half] { counts[half] = min(count + 1, Recorded.countLimit) }
        }
        return Recorded(newest: newest, counts: counts)
    }

    private static func read(
        upTo today: Day, without kinds: [String], _ db: Connection
    ) throws -> Recorded {
        let isCounted: SQL =
            kinds.isEmpty
            ? "r.reverses IS NULL" : "r.reverses IS NULL AND r.kind NOT IN (\(values: kinds))"
        var halves: [(from: Day, to: Day)] = []
        var day = Period.half(of: today)
        while halves.count < halfLimit {
            halves.append((day.from, min(day.to, today + 1)))
            guard let before = day.previous else { break }
            day = before
        }
        // One statement, each of whose parts reads no more of the index than it counts.
        var counts: SQL = ""
        for half in halves {
            counts = """
                \(counts), (SELECT COUNT(*) FROM (SELECT 1 AS one FROM posted r
                    WHERE \(isCounted) AND r.happened_on >= \(half.from)
                    AND r.happened_on < \(half.to) LIMIT \(Recorded.countLimit)) counted)
                """
        }
        let row = try db.first(
            """
            SELECT (SELECT MAX(r.happened_on) FROM posted r
                WHERE \(isCounted) AND r.happened_on <= \(today)) \(counts)
            """)
        guard let row else { return Recorded(newest: nil, counts: [:]) }
        var found: [Day: Int] = [:]
        for (index, half) in halves.enumerated() {
            found[half.from] = try row.at(index + 1, as: Int.self)
        }
        return Recorded(newest: try row.optionalAt(0), counts: found)
    }
}

extension Catalogue {
    /// The kinds of which it may be told that something was recorded on a day: neither sealed ones
    /// nor entries of persons that are not public.
    var kindsToldByDay: Set<String> {
        Set(
            kinds.values.filter {
                $0.visibility == .public || $0.visibility == .internal && $0.persons.isEmpty
            }.map(\.id))
    }
}
