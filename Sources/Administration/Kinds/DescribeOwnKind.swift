import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /admin/kinds/new. For the organization officer: begins a kind.
/// GET and POST /admin/kinds/:own/about. Changes what it is called, who records it, and who may
/// read it.
struct DescribeOwnKind: Sendable {
    let app: Services

    @Sendable func showNew(_ request: Request, _ context: AppContext) async throws -> Response {
        page(context, FormState(context), nil)
    }

    @Sendable func make(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.kinds), at: "zh") {
            [app] acting, db in
            var own = OwnKind()
            try Self.read(form, &own)
            own.from = acting.today.description
            return try app.make(own, acting, db)
        } again: {
            page(context, $0, nil)
        }
    }

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let kept = try await app.database.read { try app.ownKind(context, $0) }
        return page(context, FormState(context, offering: Self.said(kept.own)), kept)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await app.changeOwnKind(request, context, .about, Self.read) { page(context, $0, $1) }
    }

    private static func read(_ form: Form, _ own: inout OwnKind) throws(Refusal) {
        var reader = FormReader(form)
        own.zh = reader.line("zh", upTo: OwnKind.nameCharacters)
        own.en = reader.optional("en", upTo: OwnKind.nameCharacters) ?? own.zh
        own.area = reader.optional("area") ?? ""
        own.shape = reader.optional("shape") ?? ""
        own.visibility = reader.optional("visibility") ?? ""
        own.at = form.all("at")
        own.isConfirmed = !form.all("confirm").isEmpty
        own.keepsPictures = form.all("pictures").isEmpty ? true : nil
        try reader.check()
    }

    private static func said(_ own: OwnKind) -> [String: String] {
        [
            "zh": own.zh, "en": own.en, "area": own.area, "shape": own.shape,
            "visibility": own.visibility,
        ]
    }

    private func page(_ context: AppContext, _ state: FormState, _ kept: KeptKind?) -> Response {
        let words = app.site.words(context)
        let title = words[kept == nil ? "own_kinds_new" : "own_about"]
        let action: Address = kept.map { .ownKind($0.id, "about") } ?? .newOwnKind
        let sheet = FormSheet(
            context.formHead(action, keeping: state.form), state, parts(state, kept, words),
            submit: words[kept == nil ? "own_kinds_make" : "own_keep"])
        return app.showForm(
            title, lead: words["own_about_lead"], sheet, over: kept, state, context)
    }

    private func parts(_ state: FormState, _ kept: KeptKind?, _ words: Words) -> [FormPart] {
        let catalogue = app.district.catalogue
        let none = (value: "", label: words["right_choose"])
        var areas: [String] = []
        for indicator in catalogue.indicators.values.inOrder where !areas.contains(indicator.area) {
            areas.append(indicator.area)
        }
        let forms = catalogue.forms.values.sorted { ($0.level, $0.id) < ($1.level, $1.id) }
        let ticked = Set(state.form?.all("at") ?? kept?.own.at ?? [])
        let showsPictures =
            state.form.map { !$0.all("pictures").isEmpty } ?? (kept?.own.keepsPictures != true)
        let isConfirmed = state.form.map { !$0.all("confirm").isEmpty } ?? kept?.own.isConfirmed
        return [
            state.line(
                "zh", words["own_name_zh"], isRequired: true, help: words["own_name_help"],
                opens: true),
            state.line("en", words["own_name_en"], help: words["own_en_help"]),
            state.choice(
                "area", words["own_kind_area"],
                options: [none] + areas.map { ($0, words.area($0)) }, isRequired: true),
            state.choice(
                "shape", words["own_kind_shape"],
                options: Kind.Shape.allCases.map {
                    ($0.rawValue, words["own_shape_\($0.rawValue)"])
                }, isRequired: true, help: words["own_shape_help"]),
            FormPart(
                FormPart.Ticks(
                    words["own_kind_at_legend"],
                    forms.map { form in
                        FormPart.Ticks.Box(
                            "at", form.id, form.name[words.language],
                            isTicked: ticked.contains(form.id))
                    })),
            state.choice(
                "visibility", words["own_kind_visibility"],
                options: [Visibility.internal, .public, .sealed].map {
                    (
                        $0.rawValue,
                        words["visibility_\($0.rawValue)"] + words["own_kind_dash"]
                            + words["own_visible_\($0.rawValue)"]
                    )
                }, isRequired: true),
            .tick(
                "confirm", words["own_kind_confirm"], words["own_confirm_box"],
                isTicked: isConfirmed ?? false),
            .tick(
                "pictures", words["own_kind_pictures"], words["own_pictures_box"],
                isTicked: showsPictures),
        ]
    }
}

extension Services {
    /// Begins a kind, under an id of its own.
    fileprivate func make(
        _ own: OwnKind, _ acting: ActingAccount, _ db: Connection
    ) throws -> Address {
        let store = OwnKindStore(db: db)
        let others = try store.all()
        guard others.count < OwnKindStore.limit else {
            throw Refusal.invalid(
                "zh", zh: "网页上最多可以有\(OwnKindStore.limit)个事项。",
                en: "At most \(OwnKindStore.limit) kinds are made on pages.")
        }
        let catalogue = district.catalogue
        let taken = Set(catalogue.kinds.keys).union(catalogue.absentKinds)
            .union(others.map(\.id)).union(["new"])
        let id = NewName(taken: taken).id(for: own.zh)
        try OwnKindCheck(id, own, catalogue, others: others, held: nil).require(.about)
        try store.insert(id, own, at: acting.moment, by: acting.actor)
        try audit(db).record(
            "kind.begun", id, by: acting.actor, at: acting.moment, quietly: true)
        return Address.ownKind(id).with("done", "kind_begun")
    }
}
