import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /admin/kinds/:own/fields/:field. For the organization officer: adds a field (“new”)
/// or changes one.
/// POST /admin/kinds/:own/fields/:field/removal and …/up. Takes one away, moves it up.
struct ChangeOwnField: Sendable {
    let app: Services

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let kept = try await app.database.read { try app.ownKind(context, $0) }
        let field = try field(of: kept, context)
        return page(
            context, FormState(context, offering: field.map(Self.said) ?? [:]), kept, field)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.kinds)) { [app] acting, db in
            let kept = try app.ownKind(context, db)
            let field = try OwnFieldForm(form, over: field(of: kept, context), in: kept.own).field
            var own = kept.own
            if let place = own.fields.firstIndex(where: { $0.id == field.id }) {
                own.fields[place] = field
            } else {
                own.fields.append(field)
            }
            guard own.fields.count <= OwnKind.fieldLimit else {
                throw Refusal.invalid(
                    "zh", zh: "一个事项最多有\(OwnKind.fieldLimit)栏；更多的请分成两个事项。",
                    en: "A kind has at most \(OwnKind.fieldLimit) fields: make two kinds of it.")
            }
            try app.check(kept, own, db).require(.field(field.id))
            try app.requireCurrent(form, kept)
            try app.keep(own, over: kept, by: acting, db)
            return Address.ownKind(kept.id).with("done", "kind_field_kept")
        } again: { state in
            let kept = try await app.database.read { try app.ownKind(context, $0) }
            return page(context, state, kept, try field(of: kept, context))
        }
    }

    @Sendable func remove(_ request: Request, _ context: AppContext) async throws -> Response {
        try await change(request, context) { fields, place in fields.remove(at: place) }
    }

    @Sendable func up(_ request: Request, _ context: AppContext) async throws -> Response {
        try await change(request, context) { fields, place in
            if place > 0 { fields.swapAt(place, place - 1) }
        }
    }

    /// Changes the list of fields, where the records that are there allow it.
    private func change(
        _ request: Request, _ context: AppContext,
        _ change: @escaping @Sendable (inout [OwnKind.Field], Int) -> Void
    ) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.kinds)) { [app] acting, db in
            let kept = try app.ownKind(context, db)
            let name = try context.word("field")
            guard let place = kept.own.fields.firstIndex(where: { $0.id == name }) else {
                throw Refusal.notFound
            }
            var own = kept.own
            change(&own.fields, place)
            let faults = try app.check(kept, own, db).faults(.about)
            if let fault = faults.first { throw Refusal.conflict(fault.words) }
            try app.keep(own, over: kept, by: acting, db)
            return Address.ownKind(kept.id).with("done", "kind_kept")
        }
    }

    /// The field of the address; nil for a new one.
    private func field(of kept: KeptKind, _ context: AppContext) throws(Refusal) -> OwnKind.Field? {
        let name = try context.word("field")
        if name == "new" { return nil }
        guard let field = kept.own.field(name) else { throw .notFound }
        return field
    }

    private static func said(_ field: OwnKind.Field) -> [String: String] {
        [
            "zh": field.zh, "en": field.en, "form": field.form.rawValue, "unit": field.unit,
            "register": field.register, "least": field.least, "most": field.most,
            "least_of": field.leastOf, "most_of": field.mostOf,
            "options": field.options.map { $0.zh == $0.en ? $0.zh : "\($0.zh) / \($0.en)" }
                .joined(separator: "\n"),
        ]
    }

    private func page(
        _ context: AppContext, _ state: FormState, _ kept: KeptKind, _ field: OwnKind.Field?
    ) -> Response {
        let words = app.site.words(context)
        let sheet = FormSheet(
            context.formHead(.ownField(field?.id ?? "new", of: kept.id), keeping: state.form),
            state, parts(state, kept, field, words), submit: words["own_keep"])
        return app.showForm(
            words[field == nil ? "own_field_add" : "own_field_change"],
            lead: words["own_field_lead"], sheet, over: kept, state, context)
    }

    private func parts(
        _ state: FormState, _ kept: KeptKind, _ field: OwnKind.Field?, _ words: Words
    ) -> [FormPart] {
        let none = (value: "", label: words["own_none"])
        func tick(_ name: String, _ legend: String, _ label: String, _ isSet: Bool?) -> FormPart {
            let isTicked = state.form.map { !$0.all(name).isEmpty } ?? isSet ?? false
            return .tick(name, words[legend], words[label], isTicked: isTicked)
        }
        let others =
            [none]
            + bounds(kept.own, beside: field).map {
                ($0.id, $0.name[words.language])
            }
        return [
            state.line("zh", words["own_field_zh"], isRequired: true, opens: true),
            state.line("en", words["own_name_en"], help: words["own_en_help"]),
            state.choice(
                "form", words["own_field_form"],
                options: OwnKind.Form.allCases.map {
                    ($0.rawValue, words["own_form_\($0.rawValue)"])
                }, isRequired: true),
            tick("required", "own_field_required", "own_required_box", field?.isRequired),
            state.lines(
                "options", words["own_options"], rows: 5, help: words["own_options_help"]),
            state.choice(
                "unit", words["own_unit"],
                options: [none]
                    + OwnKind.units.map {
                        ($0.rawValue, $0.written.name[words.language])
                    }, help: words["own_unit_help"]),
            state.line(
                "least", words["own_least"], help: words["own_least_help"], inputmode: "numeric"),
            state.line("most", words["own_most"], inputmode: "numeric"),
            state.choice(
                "least_of", words["own_least_of"], options: others, help: words["own_of_help"]),
            state.choice("most_of", words["own_most_of"], options: others),
            tick("past", "own_field_past", "own_past_box", field?.isPast),
            state.choice(
                "register", words["own_register"],
                options: [none] + entries.map { ($0.id, $0.what[words.language]) },
                help: words["own_register_help"]),
            tick("many", "own_field_many", "own_many_box", field?.isMany),
        ]
    }

    /// The fields that one can be compared with.
    private func bounds(_ own: OwnKind, beside field: OwnKind.Field?) -> [OwnKind.Field] {
        own.fields.filter { ($0.form == .number || $0.form == .day) && $0.id != field?.id }
    }

    /// What names of persons are kept for in the kinds there are.
    private var entries: [RegisterEntry] {
        let catalogue = app.district.catalogue
        let used = Set(catalogue.kinds.values.flatMap { $0.persons.map(\.register) })
        return used.compactMap { catalogue.register[$0] }.sorted { $0.id < $1.id }
    }
}
