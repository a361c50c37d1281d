import Core
import Hummingbird
import Ledger
import Storage
import Web

/// What the forms of a kind that is made on pages have in common.
extension Services {
    /// Takes in a form that changes one part of a kind.
    ///
    /// - Parameters:
    ///   - read: puts what was sent into the kind; throws what is wrong beside its fields.
    ///   - again: shows the form once more, with what is wrong.
    func changeOwnKind(
        _ request: Request, _ context: AppContext, _ place: OwnKindCheck.Place,
        _ read: @escaping @Sendable (Form, inout OwnKind) throws -> Void,
        again: (FormState, KeptKind) -> Response
    ) async throws -> Response {
        let form = try await context.form(request)
        return try await submit(form, context, needs: .right(.kinds)) { acting, db in
            let kept = try ownKind(context, db)
            var own = kept.own
            try read(form, &own)
            try check(kept, own, db).require(place)
            try requireCurrent(form, kept)
            try keep(own, over: kept, by: acting, db)
            return Address.ownKind(kept.id).with("done", "kind_kept")
        } again: { state in
            again(state, try await database.read { try ownKind(context, $0) })
        }
    }

    /// Shows a form, with the revision over which it is written; there is none of a new kind.
    func showForm(
        _ title: String, lead: String, _ sheet: FormSheet, over kept: KeptKind?,
        _ state: FormState, _ context: AppContext
    ) -> Response {
        var sheet = sheet
        if let kept { sheet.hidden = [HiddenField("revision", String(kept.revision))] }
        let words = site.words(context)
        return site.show(
            FormPage(title, lead: lead, sheet), context, trail: trail(kept, words),
            status: state.status)
    }
}

extension FormPart {
    /// One box to tick under a legend of its own.
    static func tick(
        _ name: String, _ legend: String, _ label: String, isTicked: Bool
    ) -> FormPart {
        FormPart(Ticks(legend, [Ticks.Box(name, "1", label, isTicked: isTicked)]))
    }
}
