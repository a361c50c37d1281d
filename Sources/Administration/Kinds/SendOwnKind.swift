import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /admin/kinds/:own/sending. For the organization officer: from which day a kind is
/// recorded, and until which, and asks the security administrator to let it go.
struct SendOwnKind: Sendable {
    let app: Services

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let kept = try await app.database.read { try app.ownKind(context, $0) }
        let said = ["from": kept.own.from, "until": kept.own.until]
        return page(context, FormState(context, offering: said), kept)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.kinds), at: "from") {
            [app] acting, db in
            let kept = try app.ownKind(context, db)
            var reader = FormReader(form)
            let (from, until) = (reader.firstDay("from"), reader.day("until"))
            try reader.check()
            var own = kept.own
            own.from = from?.description ?? ""
            own.until = until?.description ?? ""
            let check = try app.check(kept, own, db)
            try check.require(.sending)
            try app.requireCurrent(form, kept)
            guard check.found.isEmpty else {
                throw Refusal.conflict(
                    zh: "还有没补全的地方，请先到事项页面逐项改好。",
                    en: "Something is still open: correct it on the page of the kind first.")
            }
            let newest = try OwnKindStore(db: db).versions(of: kept.id).first
            if newest?.own == own {
                throw Refusal.conflict(
                    zh: "与已审核通过的版本完全相同，不需要再次审核。",
                    en: "It is just as it was let go: there is nothing to send.")
            }
            do {
                _ = try app.district.catalogue.with(kept, as: own)
            } catch let broken as BrokenCatalogue {
                throw broken.refusal
            }
            try app.keep(own, over: kept, as: .waiting, action: "kind.sent", by: acting, db)
            return Address.ownKind(kept.id).with("done", "kind_sent")
        } again: { state in
            let kept = try await app.database.read { try app.ownKind(context, $0) }
            return page(context, state, kept)
        }
    }

    private func page(_ context: AppContext, _ state: FormState, _ kept: KeptKind) -> Response {
        let words = app.site.words(context)
        let sheet = FormSheet(
            context.formHead(.ownKind(kept.id, "sending"), keeping: state.form), state,
            [
                state.line(
                    "from", words["own_kind_from"], type: "date", isRequired: true,
                    help: words["own_from_help"]),
                state.line(
                    "until", words["own_kind_until"], type: "date",
                    help: words["own_until_help"]),
            ], submit: words["own_send"])
        return app.showForm(
            words["own_sending"], lead: words["own_sending_lead"], sheet, over: kept, state, context
        )
    }
}

extension BrokenCatalogue {
    /// The most faults that a page names.
    private static let shown = 5

    /// What the catalogue has against a kind, for whoever made it on a page.
    var refusal: Refusal {
        let sentences = faults.prefix(Self.shown).map { "\($0.file)：\($0.sentence)" }
        return .conflict(
            zh: "目录自检没有通过，没有写入任何文件：\(sentences.joined(separator: "；"))",
            en: "The catalogue's own check refuses it, and no file was written: "
                + sentences.joined(separator: "; "))
    }
}
