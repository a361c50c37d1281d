import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /confirmations/:id/withdrawal. For its writer: takes back what waits or was sent back.
struct WithdrawEntry: Sendable {
    let desk: EntryServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: PendingEntry.self)
        _ = try await context.form(request)
        let files = try await desk.district.database.write { db in
            let acting = try desk.accounts.acting(context, db)
            let store = desk.waiting(db)
            guard let waiting = try store.find(id), waiting.account == acting.account.text else {
                throw Refusal.notFound
            }
            guard waiting.state != .confirmed else {
                throw Refusal.conflict(
                    zh: "这条记录已经审核通过，请在记录页更正或撤回。",
                    en: "It was confirmed and is a record now: correct it or take it back there.")
            }
            let files = try store.files(id)
            try store.remove(id)
            try desk.app.audit(db).record(
                "entry.withdrawn", id.text, by: acting.actor, at: acting.moment, quietly: true)
            return files
        }
        desk.folder.remove(files)
        return desk.site.redirect(to: Address.entries.with("done", "entry_withdrawn"))
    }
}
