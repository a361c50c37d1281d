import Accounts
import Core
import Hummingbird
import Organization
import Storage
import Web

extension Message.Event {
    static let tableReturned = Message.Event("table_returned")
    static let tableReminder = Message.Event("table_reminder")
    static let tableAsked = Message.Event("table_asked")
}

/// POST /tables/:id/return and /tables/:id/reminder. For who keeps the table: sends the row of a
/// unit back with a word, and reminds those that have not sent theirs.
struct TurnRows: Sendable {
    let desk: TableDesk

    @Sendable func sendBack(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: DeskTable.self)
        let number = Int(form.all("row").first ?? "") ?? 0
        let asked = form.all("period").first
        guard let note = try form.text("note", upTo: TableLimits.writtenCharacters) else {
            throw Refusal.invalid("note", zh: "请写明退回原因。", en: "Say why it is sent back.")
        }
        return try await desk.write(form, context) { [desk] acting, db in
            let table = try desk.findKept(id, acting, db)
            let period = try desk.period(asked, of: table)
            guard
                let unit = try TableStore(db).rows(of: id).first(where: { $0.number == number })?
                    .unit
            else { throw Refusal.notFound }
            try FillingStore(db).turn(
                unit, UnitTurn(state: .returned, note: note, turnedAt: acting.moment), in: id,
                period, by: acting.actor)
            try desk.tell([unit], .tableReturned, table, period, acting, db)
            try desk.note("table.row_returned", id, acting, db)
            return Address.table(id, period).with("done", "table_returned")
        }
    }

    @Sendable func remind(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: DeskTable.self)
        let filling = try await desk.keptFilling(id, form, context)
        let open = filling.rows.filter { filling.turn($0) != .sent }.map(\.unit.unit)
        return try await desk.write(form, context) { [desk] acting, db in
            let table = try desk.findKept(id, acting, db)
            let told = try desk.remind(open, table, filling.period, acting, db)
            return Address.table(id, filling.period)
                .with("done", told ? "table_reminded" : "table_reminded_before")
        }
    }
}

extension TableDesk {
    /// Reminds units that were not reminded lately.
    ///
    /// - Returns: whether anybody was.
    fileprivate func remind(
        _ units: [OrgUnit.ID], _ table: DeskTable, _ period: Period, _ acting: ActingAccount,
        _ db: Connection
    ) throws -> Bool {
        let store = FillingStore(db)
        let turns = try store.turns(in: table.id, period)
        let quiet = acting.moment.milliseconds - TableLimits.quietDays * 86_400_000
        let due = units.filter { unit in
            turns[unit].map { $0.turnedAt.milliseconds <= quiet } ?? true
        }
        guard try tell(due, .tableReminder, table, period, acting, db) else { return false }
        for unit in due where turns[unit]?.state != .returned {
            try store.turn(
                unit, UnitTurn(state: .reminded, note: nil, turnedAt: acting.moment),
                in: table.id, period, by: acting.actor)
        }
        try note("table.reminded", table.id, acting, db)
        return true
    }

    /// Tells those who write for some units by a role held in that very unit.
    ///
    /// - Returns: whether anybody is told.
    @discardableResult
    func tell(
        _ units: [OrgUnit.ID], _ event: Message.Event, _ table: DeskTable, _ period: Period,
        _ acting: ActingAccount, _ db: Connection
    ) throws -> Bool {
        let writers = try app.district.writers(in: units, on: acting.today, db)
        let accounts = writers.values.reduce(into: Set<Account.ID>()) { $0.formUnion($1) }
        for account in accounts.subtracting([acting.account]).sorted() {
            try Outbox(db).put(
                event, to: account,
                at: Address.table(table.id, part: "mine").with("period", period.text),
                by: acting.actor, acting.moment)
        }
        return !accounts.isEmpty
    }
}
