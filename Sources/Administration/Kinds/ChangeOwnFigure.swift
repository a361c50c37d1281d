import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /admin/kinds/:own/figure. For the organization officer: the first figure of a kind,
/// how many entries there are or what one of their numbers adds up to.
struct ChangeOwnFigure: Sendable {
    let app: Services

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let kept = try await app.database.read { try app.ownKind(context, $0) }
        let own = kept.own
        let said = [
            "reckoning": own.reckoning.rawValue, "sum_of": own.sumOf, "zh": own.figureZh,
            "en": own.figureEn, "counter": own.counter,
        ]
        return page(context, FormState(context, offering: said), kept)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await app.changeOwnKind(request, context, .figure, Self.read) { page(context, $0, $1) }
    }

    private static func read(_ form: Form, _ own: inout OwnKind) throws(Refusal) {
        var reader = FormReader(form)
        let reckoning = reader.choice(
            "reckoning", as: OwnKind.Reckoning.self,
            missing: Wording(zh: "请选择。", en: "Choose, please."))
        let zh = reader.optional("zh", upTo: OwnKind.nameCharacters) ?? ""
        let en = reader.optional("en", upTo: OwnKind.nameCharacters) ?? zh
        let sumOf = reader.optional("sum_of") ?? ""
        let counter = reader.optional("counter") ?? ""
        try reader.check()
        own.reckoning = reckoning ?? .none
        (own.figureZh, own.figureEn) = (zh, en)
        own.sumOf = own.reckoning == .sum ? sumOf : ""
        if own.reckoning == .count { own.counter = counter }
    }

    private func page(_ context: AppContext, _ state: FormState, _ kept: KeptKind) -> Response {
        let words = app.site.words(context)
        let none = (value: "", label: words["own_none"])
        let sheet = FormSheet(
            context.formHead(.ownKind(kept.id, "figure"), keeping: state.form), state,
            [
                state.choice(
                    "reckoning", words["own_reckoning"],
                    options: OwnKind.Reckoning.allCases.map {
                        ($0.rawValue, words["own_reckoning_\($0.rawValue)"])
                    }, isRequired: true),
                state.choice(
                    "sum_of", words["own_sum_of"],
                    options: [none] + kept.own.numbers.map { ($0.id, $0.name[words.language]) },
                    help: words["own_sum_of_help"]),
                state.choice(
                    "counter", words["own_counter"],
                    options: app.district.catalogue.counters.map { ($0, $0) },
                    help: words["own_counter_help"]),
                state.line("zh", words["own_figure_zh"], help: words["own_figure_zh_help"]),
                state.line("en", words["own_figure_en"]),
            ], submit: words["own_keep"])
        return app.showForm(
            words["own_figure_change"], lead: words["own_figure_lead"], sheet, over: kept, state,
            context)
    }
}
