import Catalogue
import Core
import Storage

/// Remembers for the newest position which half-years have records, because finding out looks at
/// each of them in the index. Entries of persons and sealed ones do not count: else the first of a
/// half-year would be seen to come by the half-year that begins to be offered.
struct RecordedShelf: Sendable {
    private let shelf = Shelf<SeenState, OnlyKey, Recorded>()

    /// The half-years that are looked at: twenty years.
    static let halfLimit = 40

    func take(
        _ position: Int, _ today: Day, _ catalogue: Catalogue, _ db: Connection
    ) throws -> Recorded {
        let state = SeenState(position, on: today)
        if let known = shelf.take(state) { return known }
        let closed = catalogue.kinds.values.filter {
            $0.visibility == .sealed || $0.visibility == .internal && !$0.persons.isEmpty
        }
        let recorded = try Self.read(upTo: today, without: closed.map(\.id).sorted(), db)
        shelf.put(recorded, state)
        return recorded
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
