import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// Handing over: whoever leaves a post gives what is open of it to a successor as one list, which
/// the successor signs for or sends back.
package func handOvers(_ district: District, _ accounts: Accounts) -> Feature {
    Feature(
        name: "hand_overs", templates: .module, pages: [HandOversPage.self, HandOverPage.self],
        routes: { router, site in
            let app = Services(district, accounts, site)
            router.get("hand-overs", needs: .signedIn, use: ListHandOvers(app: app).handle)
            let make = MakeHandOver(app: app)
            router.get("hand-overs/new", needs: .right(.write), use: make.show)
            router.post(
                "hand-overs/new", needs: .right(.write), fields: ["taker": .carried],
                use: make.handle)
            let show = ShowHandOver(app: app)
            router.get("hand-overs/:id", needs: .signedIn, use: show.handle)
            let answer = AnswerHandOver(show: show)
            router.post("hand-overs/:id/signature", needs: .signedIn, use: answer.sign)
            router.post("hand-overs/:id/return", needs: .signedIn, use: answer.sendBack)
        },
        desk: { _ in handOversOnDesk(district) })
}

extension Address {
    /// What one gave and was given.
    static let handOvers = Address("hand-overs")
    /// A list to hand over.
    static let newHandOver = Address("hand-overs", "new")

    /// One list, or what is done with it.
    static func handOver(_ id: HandOver.ID, _ part: String? = nil) -> Address {
        part.map { Address("hand-overs", id.text, $0) } ?? Address("hand-overs", id.text)
    }
}

extension Message.Event {
    static let handOverMade = Message.Event("hand_over_made")
    static let handOverSigned = Message.Event("hand_over_signed")
    static let handOverReturned = Message.Event("hand_over_returned")
}

/// What waits for the reader's signature, and what was sent back to them.
private func handOversOnDesk(_ district: District) -> DeskParts {
    { context, words, db in
        guard let account = context.reader.account else { return [] }
        let store = HandOverStore(db)
        let toSign = try store.list(takenBy: account, in: .open)
        let returned = try store.list(givenBy: account, in: .returned)
        let names = try AccountStore(db).names((toSign + returned).flatMap(\.accounts))
        func part(_ place: DeskPart.Place, _ heading: String, _ list: [HandOver]) -> [DeskPart] {
            guard !list.isEmpty else { return [] }
            return [
                DeskPart(
                    place, words[heading], count: list.count,
                    lines: list.map { one in
                        let other = one.giver == account ? one.taker : one.giver
                        return DeskPart.Line(
                            label: words[
                                "hand_over_desk_line", ["name": names[other.text] ?? ""]],
                            note: one.madeAt.text, href: Address.handOver(one.id).text)
                    }, all: Link(words["hand_overs_all"], .handOvers))
            ]
        }
        let own =
            context.reader.access.may(.write)
            ? [
                DeskPart(
                    .next, words["hand_overs_title"],
                    all: Link(words["hand_over_new_title"], .newHandOver),
                    sentence: words["hand_over_desk_own"])
            ] : []
        return part(.confirmations, "hand_over_to_sign", toSign)
            + part(.returned, "hand_over_sent_back", returned) + own
    }
}
