import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /confirmations/:id/return. For whoever may decide what waits: sends it back to its writer,
/// and says why.
struct SendBack: Sendable {
    let desk: EntryServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: PendingEntry.self)
        let form = try await context.form(request)
        return try await context.mending(form) {
            guard let reason = try form.text(Heading.reason.name) else {
                let step = PendingEntry.transition(from: .waiting, to: .sentBack)
                throw Refusal.invalid(step?.faults(given: []) ?? [])
            }
            try await desk.district.database.write { db in
                let acting = try desk.accounts.acting(context, db)
                let waiting = try desk.open(id, acting, db)
                try desk.waiting(db).sendBack(waiting, because: reason, by: acting)
            }
            return desk.site.redirect(
                to: Address.confirmations.with("done", "entry_sent_back"))
        } again: {
            try await ShowConfirmation(desk: desk).page(context, $0)
        }
    }
}
