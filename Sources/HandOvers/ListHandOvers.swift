import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /hand-overs. For anyone who is signed in: the lists they gave and were given.
struct ListHandOvers: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = app.site.words(context)
        let page = try await app.database.read { [app] db in
            let acting = try app.accounts.acting(context, db)
            let store = HandOverStore(db)
            let (given, taken) = (
                try store.list(givenBy: acting.account), try store.list(takenBy: acting.account)
            )
            let names = try AccountStore(db).names((given + taken).flatMap(\.accounts))
            return HandOversPage(given, taken, names, mayGive: acting.may(.write), words)
        }
        return app.site.show(page, context)
    }
}

/// The lists one gave and was given.
struct HandOversPage: Page {
    static let template = "hand_overs/list"

    let title: String
    let newHref: String?
    let given: Listed<Line>?
    let taken: Listed<Line>?

    struct Line: Sendable {
        let label: String
        let facts: String
        let href: String
        let tag: String
    }

    init(
        _ given: [HandOver], _ taken: [HandOver], _ names: [String: String], mayGive: Bool,
        _ words: Words
    ) {
        title = words["hand_overs_title"]
        newHref = mayGive ? Address.newHandOver.text : nil
        func line(_ one: HandOver, _ word: String, _ other: Account.ID) -> Line {
            Line(
                label: words[word, ["name": names[other.text] ?? ""]], facts: one.madeAt.text,
                href: Address.handOver(one.id).text, tag: words.state(of: one))
        }
        self.given = Listed(given.map { line($0, "hand_over_to", $0.taker) })
        self.taken = Listed(taken.map { line($0, "hand_over_from", $0.giver) })
    }
}

extension Words {
    /// How far a list is, in a word.
    func state(of handOver: HandOver) -> String {
        self["hand_over_state_\(handOver.state.rawValue)"]
    }
}
