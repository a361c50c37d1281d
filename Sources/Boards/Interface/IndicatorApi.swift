import Catalogue
import Core
import Figures
import Web

/// GET /api/v1/indicators and GET /api/v1/indicators/:indicator. For everybody: which figures may
/// be asked for, and what each of them counts.
struct IndicatorApi: Sendable {
    let board: Board

    static let schema = Schema.object([
        "id": .text(), "name": .text(), "definition": .text(), "area": .text(),
        "counting_unit": .text(),
        "axis": .choice(
            Indicator.Axis.allCases.map(\.rawValue),
            Wording(zh: "在哪棵组织树上汇总。", en: "The tree along which it is added up.")),
        "kinds": .list(
            of: .text(), Wording(zh: "数的是哪些种类的记录。", en: "The kinds of record that it reads.")),
        "over": .text(Wording(zh: "比例的分母是哪个指标。", en: "Of a share, what it is a share of.")).orNull,
        "counts_persons": .flag(
            Wording(
                zh: "是否涉及人数；较小的数字不向所有人公布。",
                en: "Whether it counts persons: small numbers are not told to everybody.")),
        "version": .text(), "page": .address(), "figure": .address(),
    ])

    var list: ApiRoute {
        ApiRoute(
            "indicators", at: "indicators",
            Wording(zh: "可以查询的全部指标。", en: "All figures that may be asked for."), isPaged: true,
            tells: [("items", .list(of: .named("Indicator")))]
        ) { ask in
            let keyset = try ask.keyset(parts: 1)
            return try await board.answer(ask) { snapshot in
                let all = snapshot.publicIndicators.sorted { $0.id < $1.id }
                let found = all.filter { indicator in
                    keyset.after.map { indicator.id > $0.parts[0] } ?? true
                }
                let (shown, next) = keyset.cut(Array(found.prefix(keyset.fetch))) { [$0.id] }
                return ApiAnswer(
                    [JSON.Member("items", .list(shown.map { snapshot.json($0) }))], next: next)
            }
        }
    }

    var one: ApiRoute {
        ApiRoute(
            "indicator", at: "indicators/{indicator}",
            Wording(zh: "一个指标的含义。", en: "The definition of one figure."), [FigureApi.indicator],
            tells: [
                ("indicator", .named("Indicator")),
                (
                    "formula",
                    .list(of: .text(), Wording(zh: "计算方法，一句一条。", en: "How it is calculated."))
                ),
            ]
        ) { ask in
            let indicator = try board.publicIndicator(ask.context.word("indicator"))
            return try await board.answer(ask) { snapshot in
                let formula = Formula(
                    indicator: indicator, catalogue: snapshot.catalogue,
                    language: snapshot.language, on: snapshot.today)
                return ApiAnswer([
                    JSON.Member("indicator", snapshot.json(indicator)),
                    JSON.Member("formula", .list(formula.sentences.map { .text($0) })),
                ])
            }
        }
    }
}

extension Snapshot {
    /// An indicator as the interface tells it.
    fileprivate func json(_ indicator: Indicator) -> JSON {
        let kinds = Set(catalogue.kinds(behind: indicator).map(\.id)).sorted()
        return [
            "id": .text(indicator.id), "name": .text(indicator.name[language]),
            "definition": .text(indicator.definition[language]), "area": .text(indicator.area),
            "counting_unit": .text(CountingUnit.words(indicator.unit)[language]),
            "axis": .text(indicator.axis.rawValue),
            "kinds": .list(kinds.map { .text($0) }), "over": .optional(indicator.over),
            "counts_persons": .flag(catalogue.protects(indicator)),
            "version": .text(indicator.version), "page": .text(figure(indicator).text),
            "figure": .text(Address.api("figures", indicator.id).text),
        ]
    }
}
