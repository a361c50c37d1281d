import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

extension Message.Event {
    static let dueReminder = Message.Event("due_reminder")
}

/// POST /dues/reminders. For anyone who may read or confirm above: puts a notice on the desk of
/// those who write for the units that have not done what the matrix or the list shows. The same
/// unit is not reminded of the same twice within some days, whoever sends it.
struct RemindOfDues: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let asked = try AskedReminder(form)
        // What takes long is read ahead, so that nobody waits for it to write.
        let access = context.reader.access
        let plan = try await app.database.read { [district = app.district] db in
            let reading = try DueReading(district, db, access: access, unit: asked.unit)
            return try asked.remindable(reading, access).reminders
        }
        let address = try await app.accounts.once(form, context, needs: .right(.read)) {
            [self] acting, db in
            (true, try remind(plan, asked, acting, db))
        }.address
        return app.site.redirect(to: address)
    }

    private func remind(
        _ plan: [DueReminder], _ asked: AskedReminder, _ acting: ActingAccount, _ db: Connection
    ) throws -> Address {
        let store = DueReminderStore(db)
        let recent = try store.recent(at: acting.moment)
        let tops = Remindable.tops(acting.access)
        let open = plan.filter {
            !recent.contains($0)
                && acting.structure.lies($0.unit, strictlyBelow: tops, on: acting.today)
        }
        guard open.count <= DueReminder.atOnce else {
            throw Refusal.conflict(
                zh: "一次最多提醒\(DueReminder.atOnce)项，请先选择一个单位或一个事项。",
                en: "One sending reminds of \(DueReminder.atOnce) things at most: choose a unit or "
                    + "a duty first.")
        }
        guard !open.isEmpty else { return asked.address.with("done", "reminded_before") }
        let told = try Reminded(Set(open.map(\.unit)), by: acting, app.district, db)
        var accounts: Set<Account.ID> = []
        var isSilent = false
        for reminder in open {
            let readers = told.accounts(for: reminder.unit)
            guard !readers.isEmpty else {
                isSilent = true
                continue
            }
            accounts.formUnion(readers)
            try store.put(reminder, by: acting.actor, at: acting.moment)
        }
        guard !accounts.isEmpty else { return asked.address.with("done", "reminded_nobody") }
        for account in accounts.sorted() {
            try Outbox(db).put(
                .dueReminder, to: account, at: asked.place, by: acting.actor, acting.moment)
        }
        let head = asked.unit.flatMap { acting.structure.unit(code: $0, nearest: acting.today) }
        try app.audit(db).record(
            "dues.reminded", head?.unit.text ?? acting.account.text, by: acting.actor,
            at: acting.moment, quietly: true)
        return asked.address.with("done", isSilent ? "reminded_some" : "reminded")
    }
}
