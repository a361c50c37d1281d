import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /entries/records/:id/reverse. For anyone who may write in the unit of the record:
/// takes a record back, with its reason. It counts no longer, and its history says so. What needs a
/// second person needs one for this as well.
struct ReverseEntry: Sendable {
    let desk: EntryServices

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        let form = try await context.form(request)
        return try await desk.app.submit(form, context, needs: .right(.write)) { acting, db in
            let (record, kind) = try reversible(id, acting, db)
            let reason = try form.text(Heading.reason.name) ?? ""
            try desk.requireOthers(reversing: record, acting, db)
            let entry = try desk.district.reversal(of: id, because: reason, db).entry
            if try desk.waits(entry, kind, acting, db) {
                return try desk.wait(entry, said: [Heading.reason.name: reason], acting, db)
            }
            _ = try desk.district.reverse(id, because: reason, by: acting.actor, db: db)
            return kind.shown(id).with("done", "entry_reversed")
        } again: {
            try await page(context, $0)
        }
    }

    @Sendable private func reversible(
        _ id: Record.ID, _ acting: ActingAccount, _ db: Connection
    ) throws -> (Record, Kind) {
        let (record, kind) = try desk.record(id, acting, db)
        guard record.reverses == nil else { throw Refusal.notFound }
        return (record, kind)
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let words = desk.site.words(context)
        return try await desk.step(
            .reverse,
            { _ in
                [
                    state.line(
                        Heading.reason.name, words["entry_reason"], isRequired: true,
                        help: words["entry_reason_help"], opens: true)
                ]
            }, context, state, of: reversible)
    }
}
