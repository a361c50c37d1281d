import Catalogue
import Core
import Organization
import Storage

/// One member of a figure as it is listed: a record, or a unit, with what is told apart by it, what
/// is added up, and what the keys of the list say.
struct MemberRow {
    let id: String
    let day: Day
    let unit: OrgUnit.ID?
    let who: String?
    let amount: Int?
    /// In the order of the keys asked for; nil for NULL.
    let keys: [String?]
}

extension Reckoner {
    /// The members in columns; nil when the ledger has to be asked.
    func scan(_ members: Members, _ keys: [Members.Key.Of]) -> ColumnScan? {
        columns.flatMap { try? ColumnScan(members, keys, $0) }
    }

    /// Whether the members of a figure are found in columns.
    package func asksColumns(_ question: Question) throws -> Bool {
        let members = try members(question, try indicator(question.indicator))
        return scan(members, []) != nil
    }

    /// Calls the body with each member in the order of days and identities.
    ///
    /// - Parameter limit: how many are asked for; all unless it is given.
    func each(
        _ members: Members, _ keys: [Members.Key] = [], limit: Int? = nil,
        _ body: (MemberRow) throws -> Void
    ) throws {
        if let scan = scan(members, keys.map(\.of)) {
            return try each(scan, limit: limit, body)
        }
        try db.each(members.rows(keys, limit: limit)) { row in
            try body(
                MemberRow(
                    id: try row.get("id"), day: try row.get("day"),
                    unit: try row.optional("unit_id"), who: try row.optional("who"),
                    amount: try row.optional("amount"),
                    keys: try keys.map { try row.optional($0.name) }))
        }
    }

    private func each(
        _ scan: ColumnScan, limit: Int?, _ body: (MemberRow) throws -> Void
    ) throws {
        var left = limit ?? .max
        do {
            try scan.eachListed(wanted: db.requireWanted) { hit in
                guard left > 0 else { throw Enough() }
                left -= 1
                try body(
                    MemberRow(
                        id: scan.columns.ids[hit.row].text, day: Day(number: Int(hit.day)),
                        unit: scan.unitID(hit), who: scan.who.text(of: hit.who, scan),
                        amount: hit.amount, keys: scan.texts(of: hit.keys)))
            }
        } catch is Enough {}
    }

    /// Ends a list of which no more is asked for.
    private struct Enough: Error {}

    /// The members added up, for each combination of the keys.
    func added(
        _ members: Members, _ keys: [Members.Key] = []
    ) throws -> [(keys: [String?], added: Added)] {
        guard let scan = scan(members, keys.map(\.of)) else {
            return try db.rows(members.counted(keys)).map { row in
                (try keys.map { try row.optional($0.name) }, try Added(row))
            }
        }
        return try totals(scan, members.indicator.value).map { (keys: $0, added: Added($1)) }
    }

    /// The rows of columns added up, for each combination of their keys; without keys there is one.
    func totals(
        _ scan: ColumnScan, _ worth: Indicator.Worth
    ) throws -> [(keys: [String?], totals: Totals<Int>)] {
        guard !scan.keys.isEmpty else {
            var all = Totals<Int>(worth)
            try scan.each(wanted: db.requireWanted) { all.add($0) }
            return [([], all)]
        }
        return try totals(of: scan, worth).map { keys, totals in (scan.texts(of: keys), totals) }
    }

    /// The same by the numbers of the keys.
    func totals(
        of scan: ColumnScan, _ worth: Indicator.Worth
    ) throws -> [SIMD4<Int>: Totals<Int>] {
        var found: [SIMD4<Int>: Totals<Int>] = [:]
        try scan.each(wanted: db.requireWanted) { hit in
            found[hit.keys, default: Totals(worth)].add(hit)
        }
        return found
    }
}
