import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /dues/calendar/end. For anyone who may read or write somewhere: revokes the key of one of
/// their own calendars.
struct EndFeed: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        guard let id = try form.text("feed").flatMap({ DueFeed.ID($0) }) else {
            throw Refusal.notFound
        }
        try await app.database.write { [app] db in
            let acting = try app.accounts.acting(context, db)
            guard try DueFeedStore(db).remove(id, of: acting.account) else {
                throw Refusal.notFound
            }
            try app.audit(db).record(
                "due_feed.revoked", id.text, by: acting.actor, at: acting.moment, quietly: true)
        }
        return app.site.redirect(to: Address.dueCalendar.with("done", "feed_ended"))
    }
}
