import Core
import Storage

/// A fact with its days.
struct Standing: Hashable {
    let id: String
    let from: Day
    let to: Day?

    init(id: String, from: Day, to: Day?) {
        self.id = id
        self.from = from
        self.to = to
    }

    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), from: try row.get("happened_on"), to: try row.optional("last_on")
        )
    }

    func inForce(on day: Day) -> Bool { from <= day && (to.map { day < $0 } ?? true) }
}

/// The ledger's rows as they lie, counted without any SQL to speak of.
struct BareLedger {
    private struct Line {
        let id: String
        let from: Day
        let until: Day?
        let reverses: String?
        let ends: String?
        let position: Int?
        let gone: Int?
    }

    private let lines: [Line]

    /// How many rows end another.
    var ends: Int { lines.count { $0.ends != nil } }

    init(_ db: Connection) throws {
        var imports: [String: (base: Int?, reversed: Int?)] = [:]
        for row in try db.rows("SELECT id, base, reversed FROM import") {
            imports[try row.get("id")] = (try row.optional("base"), try row.optional("reversed"))
        }
        lines = try db.rows("SELECT * FROM record").map { row in
            let origin = try row.optional("import_id", as: String.self).flatMap { imports[$0] }
            let ordinal = try row.get("ordinal", as: Int.self)
            return Line(
                id: try row.get("id"), from: try row.get("happened_on"),
                until: try row.optional("until_on"), reverses: try row.optional("reverses"),
                ends: try row.optional("ends"),
                position: origin.map { $0.base.map { $0 + ordinal } } ?? ordinal,
                gone: origin?.reversed)
        }
    }

    func facts(at position: Int) -> [Standing] {
        let posted = lines.filter { line in
            (line.position.map { $0 <= position } ?? false)
                && (line.gone.map { $0 > position } ?? true)
        }
        let reversed = Set(posted.compactMap(\.reverses))
        let counting = posted.filter { $0.reverses == nil && !reversed.contains($0.id) }
        return counting.filter { $0.ends == nil }.map { line in
            let ends = counting.filter { $0.ends == line.id }.map(\.from)
            return Standing(
                id: line.id, from: line.from, to: (ends + [line.until].compactMap { $0 }).min())
        }.sorted { $0.id < $1.id }
    }
}
