import Core
import Hummingbird
import Storage
import Web

/// GET /my/messages. For anyone who is signed in: what they were told, the newest first.
struct ListMessages: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        guard let id = context.reader.account else {
            throw Refusal.notFound
        }
        let keyset = try Keyset(Query(request), parts: 1)
        let words = site.words(context)
        let page = try await accounts.database.read { db in
            let outbox = Outbox(db)
            let (rows, next) = keyset.cut(try outbox.list(of: id, keyset)) { [$0.id.text] }
            return MessagesPage(
                rows, unseen: try outbox.unseen(of: id),
                pager: keyset.pager(next: next, at: context.address), context, words)
        }
        return site.show(page, context, trail: [Link(words["mine_title"], .mine)])
    }
}

/// The messages of an account.
struct MessagesPage: Page {
    static let template = "accounts/messages"

    let title: String
    let rows: [Line]
    let isEmpty: Bool
    let seeing: Seeing?
    let pager: Pager?

    struct Line: Sendable {
        let sentence: String
        let href: String
        let when: String
        let isNew: Bool
    }

    /// The form that marks what is shown, and what is older, as seen.
    struct Seeing: Sendable {
        let head: FormHead
        let newest: String
    }

    init(
        _ messages: [Message], unseen: Int, pager: Pager?, _ context: AppContext, _ words: Words
    ) {
        title = words["messages_title"]
        rows = messages.map {
            Line(
                sentence: words["message_\($0.event.name)"], href: $0.address,
                when: $0.sentAt.text, isNew: $0.seenAt == nil)
        }
        isEmpty = messages.isEmpty
        seeing = messages.first.flatMap {
            unseen == 0
                ? nil : Seeing(head: context.formHead(.seeMessages), newest: $0.id.text)
        }
        self.pager = pager
    }
}
