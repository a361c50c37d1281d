import Accounts
import Core
import Foundation
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET and POST /hand-overs/new. For who writes: finds a successor by name, shows what of the
/// giver's desk goes over, and gives it to them as one list.
struct MakeHandOver: Sendable {
    let app: Services

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let known = try await read(context, form.all("name").first)
        return try await app.submit(form, context, needs: .right(.write), at: "taker") {
            [app] acting, db in
            var reader = FormReader(form)
            let taker = reader.given(
                Account.ID(reader.line("taker")), "taker", missing: Self.nobody)
            let remarks = reader.optionalLines("remarks", upTo: HandOver.remarkCharacters) ?? ""
            try reader.check()
            guard let taker, try successor(taker, of: acting, db) else {
                throw Refusal.invalid("taker", zh: Self.nobody.zh, en: Self.nobody.en)
            }
            guard try !HandOverStore(db).waits(from: acting.account, for: taker) else {
                throw Refusal.conflict(
                    zh: "已有一份交接单在等这位接任人签收。",
                    en: "A list of yours waits for this successor already.")
            }
            let id = HandOver.ID.make()
            let list = HandOverList(remarks: remarks, zh: known.zh, en: known.en)
            let text = String(decoding: try JSONEncoder().encode(list), as: UTF8.self)
            try HandOverStore(db).insert(
                id, from: acting.account, to: taker,
                list: try app.district.sealedKey.seal(text: text, for: HandOver.sealName(id)),
                at: acting.moment)
            try app.audit(db).record(
                "hand_over.made", id.text, by: acting.actor, at: acting.moment, quietly: true)
            try Outbox(db).put(
                .handOverMade, to: taker, at: .handOver(id), by: acting.actor, acting.moment)
            return Address.handOver(id).with("done", "hand_over_made")
        } again: {
            try await page(context, $0)
        }
    }

    private static let nobody = Wording(
        zh: "请查找并选择接任人：须有本单位或其上下级单位的填报权限。",
        en: "Look for your successor and choose them: they write for your unit, or above or below.")

    /// What goes over, and whom a name may mean.
    private struct Known: Sendable {
        let zh: [HandOverList.Part]
        let en: [HandOverList.Part]
        let takers: [Account]
    }

    private func read(_ context: AppContext, _ name: String?) async throws -> Known {
        let name = name?.trimmed ?? ""
        return try await app.database.read { [app] db in
            let acting = try app.accounts.acting(context, db)
            func parts(_ language: Language) throws -> [HandOverList.Part] {
                var context = context
                context.language = language
                return try DeskPart.$lineLimit.withValue(HandOver.linesOfAPart) {
                    try app.site.desk(context, db)
                }.filter { $0.isHandedOver && ($0.count ?? $0.lines.count) > 0 }
                    .sorted { $0.place < $1.place }.map(HandOverList.Part.init)
            }
            let takers =
                name.isEmpty
                ? []
                : try HandOverStore(db).accounts(named: name).filter {
                    try successor($0.id, of: acting, db)
                }
            return Known(zh: try parts(.zh), en: try parts(.en), takers: takers)
        }
    }

    /// Whether an account may take over: it writes for a unit of the giver's, or above or below.
    private func successor(
        _ id: Account.ID, of giver: ActingAccount, _ db: Connection
    ) throws -> Bool {
        guard id != giver.account, let taker = try app.accounts.acting(id, db) else { return false }
        let (own, theirs) = (giver.access.units(.write), taker.access.units(.write))
        return own.contains { taker.may(.write, in: $0) }
            || theirs.contains { giver.may(.write, in: $0) }
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let words = app.site.words(context)
        let name = state.form?.all("name").first ?? context.address["name"]
        let known = try await read(context, name)
        let page = HandOverPage(
            making: context.language == .zh ? known.zh : known.en, named: name ?? "",
            sheet: known.takers.isEmpty
                ? nil : sheet(known.takers, name ?? "", state, context, words),
            isNobody: known.takers.isEmpty && name?.trimmed.isEmpty == false, words)
        return app.site.show(
            page, context, trail: [Link(words["hand_overs_title"], .handOvers)],
            status: state.status)
    }

    private func sheet(
        _ takers: [Account], _ name: String, _ state: FormState, _ context: AppContext,
        _ words: Words
    ) -> FormSheet {
        var sheet = FormSheet(
            context.formHead(.newHandOver, keeping: state.form), state,
            [
                state.choice(
                    "taker", words["hand_over_taker"],
                    options: takers.map { ($0.id.text, "\($0.name) (\($0.signIn))") },
                    isRequired: true),
                state.lines(
                    "remarks", words["hand_over_remarks"], rows: 5,
                    help: words["hand_over_remarks_help"]),
            ], submit: words["hand_over_give"])
        sheet.hidden = [HiddenField("name", name)]
        return sheet
    }
}

extension DeskPart {
    /// Whether it is work that somebody else can go on with. Messages, doors and the month's own
    /// counts are nobody else's.
    var isHandedOver: Bool {
        [.late, .returned, .confirmations, .soon, .drafts, .next].contains(place) && doors.isEmpty
    }
}
