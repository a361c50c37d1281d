import Core
import Hummingbird
import Storage
import Web

/// GET /desk. For anyone who is signed in: where their day begins. What waits for them, what is
/// late, what was sent back, what they laid aside and what they did this month, as every feature
/// knows it.
struct ShowDesk: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        _ = try context.requireAccount()
        let words = site.words(context)
        let page = try await accounts.database.read { [site] db in
            DeskPage(try site.desk(context, db), context, words)
        }
        return site.show(page, context)
    }
}

/// What an account was told and has not marked as seen, the newest first.
let messagesOnDesk: DeskParts = { context, words, db in
    guard let account = context.reader.account else { return [] }
    let outbox = Outbox(db)
    let unseen = try outbox.unseen(of: account)
    let newest = try outbox.list(of: account, Keyset(after: nil, limit: DeskPart.lineLimit))
        .filter { $0.seenAt == nil }
    return [
        DeskPart(
            .messages, words["messages_title"], count: unseen,
            lines: newest.map {
                DeskPart.Line(
                    label: words["message_\($0.event.name)"], note: $0.sentAt.text,
                    href: $0.address)
            },
            all: Link(words["messages_all"], .messages),
            sentence: unseen == 0 ? words["messages_no_new"] : nil)
    ]
}
