import Catalogue
import Core
import Web

/// GET /api/v1/kinds and GET /api/v1/kinds/:kind. For everybody: what the district writes down, and
/// what an entry of each kind says.
struct KindApi: Sendable {
    let board: Board

    static let kind = ApiParameter(
        "kind", isInPath: true, zh: "填报事项的标识。", en: "The id of a kind of record.")

    static let schema = Schema.object([
        "id": .text(), "name": .text(),
        "visibility": .choice(Visibility.allCases.map(\.rawValue)),
        "shape": .choice(Kind.Shape.allCases.map(\.rawValue)),
        "forms": .list(
            of: .text(),
            Wording(zh: "哪些形式的单位可以填报；空为不限。", en: "The forms of unit it is of; any where empty.")),
        "values": .list(
            of: .object([
                "id": .text(), "label": .text(),
                "form": .choice(forms), "unit": .text().orNull, "required": .flag(),
                "options": .list(of: .object(["id": .text(), "name": .text()])),
            ])),
        "records": .address(
            Wording(zh: "它的记录；不能逐条查阅时为空。", en: "Its records; null where they are not listed.")
        ).orNull,
        "page": .address(),
    ])

    /// What a value of a record is.
    private static let forms =
        Kind.Field.Form.allCases.map(\.rawValue) + ["measure", "persons", "subject"]

    var list: ApiRoute {
        ApiRoute(
            "kinds", at: "kinds", Wording(zh: "记录的全部种类。", en: "All kinds of record."),
            isPaged: true,
            tells: [("items", .list(of: .named("Kind")))]
        ) { ask in
            let keyset = try ask.keyset(parts: 1)
            return try await board.answer(ask) { snapshot in
                let all = snapshot.catalogue.kinds.values.sorted { $0.id < $1.id }
                let found = all.filter { kind in
                    keyset.after.map { kind.id > $0.parts[0] } ?? true
                }
                let (shown, next) = keyset.cut(Array(found.prefix(keyset.fetch))) { [$0.id] }
                return ApiAnswer(
                    [JSON.Member("items", .list(shown.map { snapshot.json($0, ask) }))],
                    next: next)
            }
        }
    }

    var one: ApiRoute {
        ApiRoute(
            "kind", at: "kinds/{kind}", Wording(zh: "一种记录。", en: "One kind of record."),
            [Self.kind],
            tells: [("kind", .named("Kind"))]
        ) { ask in
            guard let kind = board.figures.district.catalogue.kinds[try ask.context.word("kind")]
            else { throw Refusal.notFound }
            return try await board.answer(ask) { snapshot in
                ApiAnswer([JSON.Member("kind", snapshot.json(kind, ask))])
            }
        }
    }
}

extension Snapshot {
    /// A kind as the interface tells it.
    fileprivate func json(_ kind: Kind, _ ask: ApiAsk) -> JSON {
        let isListed = district.listScope(kind, of: ask.recordAccess, structure) != nil
        return [
            "id": .text(kind.id), "name": .text(kind.name[language]),
            "visibility": .text(kind.visibility.rawValue), "shape": .text(kind.shape.rawValue),
            "forms": .list(kind.forms.map { .text($0) }), "values": .list(values(of: kind)),
            "records": isListed ? .text(Address.api("kinds", kind.id, "records").text) : .null,
            "page": .text(Address.kind(kind.id).text),
        ]
    }

    private func values(of kind: Kind) -> [JSON] {
        func value(
            _ id: String, _ label: Wording, _ form: String, unit: String? = nil,
            _ isRequired: Bool, options: [Kind.Option] = []
        ) -> JSON {
            [
                "id": .text(id), "label": .text(label[language]), "form": .text(form),
                "unit": .optional(unit), "required": .flag(isRequired),
                "options": .list(
                    options.map { ["id": .text($0.id), "name": .text($0.name[language])] }),
            ]
        }
        return kind.fields.map {
            value(
                $0.id, $0.label, $0.form.rawValue, unit: $0.counter?[language], $0.required,
                options: $0.options)
        }
            + kind.measures.map {
                value(
                    $0.id, $0.label, "measure",
                    unit: ($0.counter ?? $0.unit.written.name)[language], $0.required)
            }
            + kind.persons.map { value($0.id, $0.label, "persons", $0.required) }
            + kind.subjects.map { value($0.id, $0.label, "subject", $0.required) }
    }
}
