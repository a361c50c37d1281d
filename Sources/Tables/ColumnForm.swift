import Catalogue
import Core
import Organization
import Web

/// The form that says where what stands in one column comes from.
struct ColumnForm {
    let catalogue: Catalogue
    let words: Words

    init(_ catalogue: Catalogue, _ words: Words) {
        self.catalogue = catalogue
        self.words = words
    }

    /// What a column can be bound to, as addresses and forms name it.
    enum Way: String, Sendable, CaseIterable {
        case figure, list, unit, constant, hand, nothing
    }

    /// The indicators that a table may ask, in the order of the catalogue.
    var indicators: [Indicator] {
        catalogue.indicators.values.filter { $0.visibility != .sealed }.inOrder
    }

    /// The kinds whose fields a column may show.
    private var kinds: [Kind] {
        catalogue.kinds.values.filter { $0.visibility != .sealed }.inOrder
    }

    /// The lists that can be chosen: kind and field as people call them.
    private var lists: [(value: String, kind: Kind, field: String)] {
        kinds.flatMap { kind in
            RecordsInCells.fields(of: kind, words.language).map {
                (Self.name(kind, $0.label, words.language), kind, $0.id)
            }
        }
    }

    private static func name(_ kind: Kind, _ label: String, _ language: Language) -> String {
        kind.name[language] + (language == .zh ? "：" : ": ") + label
    }

    func sheet(
        _ column: Int, _ way: Way, _ state: FormState, head: FormHead
    ) -> FormSheet {
        var parts: [FormPart] = []
        switch way {
        case .figure:
            parts = [
                FormPart(
                    FormField(
                        "figure", words["tables_figure"],
                        .line(
                            list: indicators.map {
                                ($0.name[words.language], $0.unit)
                            }),
                        value: state.value("figure"), isRequired: true,
                        help: words["tables_figure_help"], faults: state.sentences("figure"),
                        isFirst: true, near: NearChoice(state.faults, of: "figure", words.language))
                ),
                state.choice(
                    "term", words["tables_term"],
                    options: words.options(TableColumn.Term.allCases, "tables_term")),
            ]
        case .list:
            parts = [
                FormPart(
                    FormField(
                        "records", words["tables_way_list"],
                        .line(list: lists.map { ($0.value, "") }), value: state.value("records"),
                        isRequired: true, help: words["tables_list_help"],
                        faults: state.sentences("records"), isFirst: true))
            ]
        case .unit:
            parts = [
                state.choice(
                    "fact", words["tables_fact"],
                    options: words.options(TableColumn.UnitFact.allCases, "tables_fact"))
            ]
        case .constant:
            parts = [
                state.line(
                    "text", words["tables_text"], isRequired: true,
                    help: words["tables_text_help"])
            ]
        case .hand, .nothing: break
        }
        if way != .nothing {
            parts.append(state.line("heading", words["tables_heading"], isRequired: true))
        }
        var sheet = FormSheet(
            head, state, parts, note: words["tables_way_\(way.rawValue)_text"],
            submit: words[way == .nothing ? "tables_loosen_go" : "tables_bind_go"])
        sheet.hidden = [HiddenField("column", String(column)), HiddenField("source", way.rawValue)]
        return sheet
    }

    /// What a form binds a column to; nil for nothing.
    ///
    /// - Throws: `Refusal.invalid` beside the field that cannot be read.
    func column(_ number: Int, _ form: Form) throws(Refusal) -> TableColumn? {
        var reader = FormReader(form)
        guard let way = Way(rawValue: form.all("source").first ?? "") else { throw .notFound }
        guard way != .nothing else { return nil }
        let heading = reader.line("heading", upTo: TableLimits.titleCharacters)
        let source = try source(way, &reader)
        try reader.check()
        guard let source else { throw .notFound }
        return TableColumn(number: number, heading: heading, source: source)
    }

    private func source(
        _ way: Way, _ reader: inout FormReader
    ) throws(Refusal) -> TableColumn.Source? {
        switch way {
        case .hand: return .hand
        case .nothing: return nil
        case .constant: return .constant(reader.line("text", upTo: TableLimits.writtenCharacters))
        case .unit:
            return reader.choice(
                "fact", as: TableColumn.UnitFact.self,
                missing: Wording(zh: "请选择一项。", en: "Choose one.")
            ).map { .unit($0) }
        case .list:
            let said = reader.line("records")
            let found = lists.first { Folding.key($0.value) == Folding.key(said) }
            return reader.given(
                found, "records",
                missing: Wording(
                    zh: "没有这个填报事项或栏目，请从列表中选择。",
                    en: "There is no such list: choose one that is proposed.")
            ).map { .list($0.kind.id, $0.field) }
        case .figure:
            let term = TableColumn.Term(rawValue: reader.form.all("term").first ?? "") ?? .own
            let said = reader.line("figure")
            guard !said.isEmpty else { return nil }
            return .figure(try indicator(said).id, term)
        }
    }

    /// The indicator that somebody means, by its name, a part of it, or its id.
    func indicator(_ text: String) throws(Refusal) -> Indicator {
        let all = indicators
        if let one = all.first(where: { $0.id == text }) { return one }
        let key = Folding.key(text)
        let named = all.filter { Folding.key($0.name.zh) == key || Folding.key($0.name.en) == key }
        if named.count == 1 { return named[0] }
        let parts =
            named.isEmpty
            ? all.filter {
                Folding.key($0.name.zh).contains(key) || Folding.key($0.name.en).contains(key)
            } : named
        if parts.count == 1 { return parts[0] }
        let near = parts.prefix(Self.nearestLimit)
        throw .invalid([
            Fault(
                Wording(zh: "指标", en: "Figure"), at: "figure",
                zh: near.isEmpty ? "没有名为“\(text)”的指标。" : "“\(text)”不止一个指标，请选择其中一个。",
                en: near.isEmpty
                    ? "There is no figure “\(text)”."
                    : "“\(text)” fits more than one figure: choose one of them."
            ).near(near.map { Fault.Near($0.id, $0.name) })
        ])
    }

    private static let nearestLimit = 8

    /// What stands in the form of a column that has a source.
    func offered(_ column: TableColumn?, heading: String) -> [String: String] {
        var values = ["heading": column?.heading ?? heading, "term": "own", "fact": "name"]
        switch column?.source {
        case .figure(let id, let term):
            values["figure"] = catalogue.indicators[id]?.name[words.language] ?? id
            values["term"] = term.rawValue
        case .list(let kind, let field):
            values["records"] = lists.first { $0.kind.id == kind && $0.field == field }?.value
        case .unit(let fact): values["fact"] = fact.rawValue
        case .constant(let text): values["text"] = text
        case .hand, nil: break
        }
        return values
    }

    /// Where what stands in a column comes from, in words.
    func said(_ source: TableColumn.Source) -> String {
        switch source {
        case .figure(let id, let term):
            let name = catalogue.indicators[id]?.name[words.language] ?? id
            guard term != .own else { return name }
            return words[
                "tables_said_figure",
                ["name": name, "term": words["tables_term_\(term.rawValue)"]]]
        case .list(let id, let field):
            guard let kind = catalogue.kinds[id] else { return id }
            let label = RecordsInCells.fields(of: kind, words.language)
                .first { $0.id == field }?.label
            return Self.name(kind, label ?? field, words.language)
        case .unit(let fact): return words["tables_fact_\(fact.rawValue)"]
        case .constant(let text): return words["tables_said_constant", ["text": text]]
        case .hand: return words["tables_way_hand"]
        }
    }
}

extension TableColumn.Source {
    /// The way in which a column is bound.
    var way: ColumnForm.Way {
        switch self {
        case .figure: .figure
        case .list: .list
        case .unit: .unit
        case .constant: .constant
        case .hand: .hand
        }
    }
}
