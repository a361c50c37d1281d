import Core
import Hummingbird
import Storage
import Web

/// POST /my/messages/seen. For anyone who is signed in: marks what was shown as seen.
struct SeeMessages: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        guard let id = context.reader.account,
            let newest = try form.text("newest").flatMap({ Message.ID($0) })
        else { throw Refusal.notFound }
        let moment = accounts.now()
        try await accounts.database.write { db in
            try Outbox(db).see(upTo: newest, of: id, at: moment)
        }
        return site.redirect(to: Address.messages.with("done", "messages_seen"))
    }
}
