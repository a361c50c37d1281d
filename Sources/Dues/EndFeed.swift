import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /dues/calendar/end. For who may read or write somewhere: revokes the key of one of his own
/// calendars.
struct EndFeed: Sendable {
    let district: District
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        guard let account = context.reader.account.flatMap({ Account.ID($0) }),
            let id = try form.text("feed").flatMap({ DueFeed.ID($0) })
        else { throw Refusal.notFound }
        let (key, moment, actor) = (district.key, district.now(), context.actor)
        try await district.database.write { db in
            guard try DueFeedStore(db).remove(id, of: account) else { throw Refusal.notFound }
            try Audit(db, key: key).record(
                "due_feed.revoked", id.text, by: actor, at: moment, quietly: true)
        }
        return site.redirect(to: Address.dueCalendar.with("done", "feed_ended"))
    }
}
