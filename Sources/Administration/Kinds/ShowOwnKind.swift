import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /admin/kinds/:own. For the organization officer: a kind as far as it is made, what is still
/// open, and its history.
/// POST /admin/kinds/:own/removal. Throws a kind away that was never let go.
struct ShowOwnKind: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let (reading, check) = try await app.database.read { [app] db in
            let kept = try app.ownKind(context, db)
            return (try app.reading(kept, db), try app.check(kept, kept.own, db))
        }
        let words = app.site.words(context)
        let id = reading.kept.id
        let parts = OwnKindSections(
            reading: reading, catalogue: app.district.catalogue, words: words, today: app.today)
        var about = parts.about()
        about.add(Link(words["own_about_change"], .ownKind(id, "about")))
        var fields = parts.fields { field in
            [("up", "own_up"), ("removal", "own_remove")].map { change, label in
                .button(
                    FormButton(words[label], context.formHead(.ownField(field.id, of: id, change))))
            }
        }
        if reading.kept.own.fields.count < OwnKind.fieldLimit {
            fields.add(Link(words["own_field_add"], .ownField("new", of: id)))
        }
        var figure = parts.figure()
        figure.add(Link(words["own_figure_change"], .ownKind(id, "figure")))
        var page = DeskPage(reading.kept.own.name[words.language], lead: words["own_kind_lead"])
        page.sections =
            [about, fields, figure, parts.open(check), next(reading, context, words)]
            .compactMap { $0 } + [parts.history()].compactMap { $0 }
        return app.site.show(page, context, trail: app.trail(nil, words))
    }

    private func next(
        _ reading: OwnKindReading, _ context: AppContext, _ words: Words
    ) -> DeskSection {
        let id = reading.kept.id
        var section = DeskSection(
            words["own_next"],
            note: reading.versions.isEmpty
                ? nil : words["own_file_note", ["file": "kinds/\(OwnKindText.file(id))"]])
        section.add(Link(words["own_try"], .ownKind(id, "trial")))
        section.add(Link(words["own_sending"], .ownKind(id, "sending")))
        if reading.versions.isEmpty {
            section.buttons = [
                FormButton(words["own_discard"], context.formHead(.ownKind(id, "removal")))
            ]
        }
        return section
    }

    @Sendable func remove(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.kinds)) { [app] acting, db in
            let kept = try app.ownKind(context, db)
            let store = OwnKindStore(db: db)
            guard try store.versions(of: kept.id).isEmpty else {
                throw Refusal.conflict(
                    zh: "已经审核通过的事项不能删除；可以填写停止之日。",
                    en: "A kind that was let go stays: give the day from which it ends.")
            }
            try store.remove(kept.id)
            try app.audit(db).record(
                "kind.removed", kept.id, by: acting.actor, at: acting.moment, quietly: true)
            return Address.ownKinds.with("done", "kind_removed")
        }
    }
}
