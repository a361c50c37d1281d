import Core
import Ledger
import Organization
import Storage
import Web

/// What of tables waits for somebody: rows of their own units that are to be filled, and tables of
/// theirs whose period is over and not confirmed.
struct TablesDesk {
    /// A table with what waits of it.
    struct Waiting {
        let table: DeskTable
        let period: Period
        /// Whether their own row waits, and not the table as a whole.
        let isRow: Bool
        let isReturned: Bool
    }

    let waiting: [Waiting]

    init(_ district: District, _ access: Access, _ db: Connection) throws {
        let today = district.now().day
        let sight = TableSight(access, try district.structure(db), on: today)
        let store = TableStore(db)
        let fillings = FillingStore(db)
        var waiting: [Waiting] = []
        let tables = try store.list(
            "t.state = 'filling' AND \(sight.condition)", limit: TableLimits.listed)
        for table in tables where table.isAsked(on: today) {
            guard let period = table.period(today: today) else { continue }
            if sight.keeps(table), access.units(.write).contains(table.unit) {
                if try fillings.kept(in: table.id, period) == nil {
                    waiting.append(
                        Waiting(table: table, period: period, isRow: false, isReturned: false))
                }
                continue
            }
            guard try store.columns(of: table.id).contains(where: { !$0.isBound }) else { continue }
            let turns = try fillings.turns(in: table.id, period)
            let own = try store.rows(of: table.id).compactMap(\.unit).filter(sight.fills)
            let open = own.filter { turns[$0]?.state != .sent }
            guard !open.isEmpty else { continue }
            waiting.append(
                Waiting(
                    table: table, period: period, isRow: true,
                    isReturned: open.contains { turns[$0]?.state == .returned }))
        }
        self.waiting = waiting.sorted {
            ($0.table.dueOn($0.period), $0.table.id) < ($1.table.dueOn($1.period), $1.table.id)
        }
    }

    /// How many tables wait: the number beside the entry of the header.
    static func count(_ district: District, _ reader: Reader, _ db: Connection) throws -> Int {
        guard reader.access.may(.write) else { return 0 }
        return try TablesDesk(district, reader.access, db).waiting.count
    }
}

/// The tables that wait for whoever is signed in.
func tablesOnDesk(_ district: District) -> DeskParts {
    { context, words, db in
        let access = context.reader.access
        guard access.may(.write) else { return [] }
        let waiting = try TablesDesk(district, access, db).waiting
        guard !waiting.isEmpty else { return [] }
        let today = district.now().day
        return [
            DeskPart(
                .soon, words["nav_tables"], count: waiting.count,
                lines: waiting.map { one in
                    let due = one.table.dueOn(one.period)
                    let isLate = due < today
                    return DeskPart.Line(
                        tag: words[
                            one.isReturned
                                ? "tables_turn_returned"
                                : isLate ? "tables_late" : "tables_due_by",
                            ["day": due.description]],
                        style: one.isReturned || isLate ? "tag-warn" : "",
                        label: words[
                            one.isRow ? "tables_desk_row" : "tables_desk_table",
                            [
                                "title": one.table.said.title,
                                "period": one.period.words[words.language],
                            ]], note: one.table.said.issuer,
                        href: (one.isRow
                            ? Address.table(one.table.id, part: "mine")
                                .with("period", one.period.text)
                            : Address.table(one.table.id, one.period)).text)
                }, all: Link(words["tables_all"], .tables))
        ]
    }
}
