import Core
import Hummingbird
import Storage
import Web

/// POST /my/views/end. For anyone who is signed in: removes one of their own saved pages.
struct EndView: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        guard let id = try form.text("view").flatMap({ SavedView.ID($0) }) else {
            throw Refusal.notFound
        }
        try await accounts.database.write { [accounts] db in
            let acting = try accounts.acting(context, db)
            let views = SavedViewStore(db)
            guard let known = try views.find(id, of: acting.account) else {
                throw Refusal.notFound
            }
            try views.remove(id)
            try Audit(db, key: accounts.key).record(
                "view.removed", id.text, by: acting.actor, at: acting.moment,
                quietly: known.place != .home)
        }
        return site.redirect(to: Address.views.with("done", "view_removed"))
    }
}
