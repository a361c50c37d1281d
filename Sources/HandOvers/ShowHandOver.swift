import Accounts
import Core
import Foundation
import Hummingbird
import Ledger
import Storage
import Web

/// GET /hand-overs/:id. For the two it is between: the list as it was given, and for who takes it
/// over the two answers.
struct ShowHandOver: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context))
    }

    func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let words = app.site.words(context)
        let page = try await app.database.read { [app] db in
            let acting = try app.accounts.acting(context, db)
            let found = try find(context, acting, db)
            let names = try AccountStore(db).names(found.accounts)
            let list = try opened(found)
            let note = try found.sealedNote.map {
                try app.district.sealedKey.open(text: $0, for: HandOver.noteSealName(found.id))
            }
            let answers = found.state == .open && found.taker == acting.account
            return HandOverPage(
                found, list, note: note, names, answers: answers ? state : nil, context, words)
        }
        return app.site.show(
            page, context, trail: [Link(words["hand_overs_title"], .handOvers)],
            status: state.status)
    }

    /// The list of the address; for anyone it is not between, it is not there.
    func find(
        _ context: AppContext, _ acting: ActingAccount, _ db: Connection
    ) throws -> HandOver {
        guard let found = try HandOverStore(db).find(context.id("id", of: HandOver.self)),
            found.giver == acting.account || found.taker == acting.account
        else { throw Refusal.notFound }
        return found
    }

    private func opened(_ handOver: HandOver) throws -> HandOverList {
        let text = try app.district.sealedKey.open(
            text: handOver.sealedList, for: HandOver.sealName(handOver.id))
        return try JSONDecoder().decode(HandOverList.self, from: Data(text.utf8))
    }
}

/// POST /hand-overs/:id/signature and /return. For who takes over: signs for the list, or sends it
/// back and says what is missing.
struct AnswerHandOver: Sendable {
    let show: ShowHandOver

    @Sendable func sign(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await show.app.submit(form, context, needs: .signedIn) { [show] acting, db in
            try Self.answer(.signed, nil, show, context, acting, db)
        }
    }

    @Sendable func sendBack(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await show.app.submit(form, context, needs: .signedIn, at: "note") {
            [show] acting, db in
            var reader = FormReader(form)
            let note = reader.lines("note", atLeast: 4)
            try reader.check()
            return try Self.answer(.returned, note, show, context, acting, db)
        } again: {
            try await show.page(context, $0)
        }
    }

    private static func answer(
        _ state: HandOver.State, _ note: String?, _ show: ShowHandOver, _ context: AppContext,
        _ acting: ActingAccount, _ db: Connection
    ) throws -> Address {
        let app = show.app
        let found = try show.find(context, acting, db)
        guard found.taker == acting.account else { throw Refusal.notFound }
        let sealed = try note.map {
            try app.district.sealedKey.seal(text: $0, for: HandOver.noteSealName(found.id))
        }
        guard try HandOverStore(db).answer(found.id, state, note: sealed, at: acting.moment) else {
            throw Refusal.conflict(
                zh: "这份交接单已经处理过。", en: "The list was answered already.")
        }
        let isSigned = state == .signed
        try app.audit(db).record(
            isSigned ? "hand_over.signed" : "hand_over.returned", found.id.text,
            by: acting.actor, at: acting.moment, quietly: true)
        try Outbox(db).put(
            isSigned ? .handOverSigned : .handOverReturned, to: found.giver,
            at: .handOver(found.id), by: acting.actor, acting.moment)
        return Address.handOver(found.id)
            .with("done", isSigned ? "hand_over_signed" : "hand_over_returned")
    }
}
