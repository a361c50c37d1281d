import Catalogue
import Core
import Ledger
import Web

/// The form above a list of records: what most people ask stands open, filters by field and the
/// choice of columns unfold.
struct RecordFilterForm: Sendable {
    let action: String
    let parts: [FormPart]
    let moreParts: Listed<FormPart>?
    /// Whether what unfolds stands open: something in it was asked for, or is wrong.
    let isOpen: Bool
    let wrong: FaultSummary?

    init(
        _ asked: AskedRecords, _ understood: AskedRecords.Understood, _ columns: [RecordColumn],
        _ snapshot: Snapshot
    ) {
        let (kind, words) = (asked.kind, snapshot.words)
        var written = asked.written
        if written[AskedRecords.period] == nil {
            written[AskedRecords.period] = understood.period?.text ?? AskedRecords.always
        }
        let state = FormState(words.language, nil, understood.faults, offering: written)
        action = Address.records(of: kind.id).text
        parts =
            [
                RecordFilterForm.unit(state, understood, snapshot),
                RecordFilterForm.period(kind, state, understood, snapshot),
            ] + RecordFilterForm.parts(kind, state, words)
        let filters = RecordFilterForm.filters(kind, state, snapshot)
        let ticks = RecordFilterForm.ticks(kind, columns, words)
        moreParts = Listed(filters + [ticks].compactMap { $0 })
        let used = asked.filterNames.filter {
            written[$0] != nil || !state.sentences($0).isEmpty
        }
        isOpen = !used.isEmpty
        wrong = state.summary(over: asked.names)
    }

    /// Chooses a unit; what names none stands in a line, with what is meant perhaps.
    private static func unit(
        _ state: FormState, _ understood: AskedRecords.Understood, _ snapshot: Snapshot
    ) -> FormPart {
        let words = snapshot.words
        guard state.sentences(AskedRecords.unit).isEmpty else {
            return state.line(
                AskedRecords.unit, words["records_unit"], help: words["records_unit_help"])
        }
        let day = min(understood.period?.lastDay ?? snapshot.today, snapshot.today)
        return FormPart(
            Picker.unit(
                snapshot.structure, on: day, chosen: understood.version,
                none: words["records_everywhere"], words))
    }

    /// Chooses a period, from one day to another too.
    private static func period(
        _ kind: Kind, _ state: FormState, _ understood: AskedRecords.Understood,
        _ snapshot: Snapshot
    ) -> FormPart {
        let words = snapshot.words
        guard state.sentences(AskedRecords.period).isEmpty else {
            return state.line(
                AskedRecords.period, words["figure_ask_period"],
                help: words[
                    kind.shape == .event ? "records_period_help" : "records_standing_help"])
        }
        return FormPart(
            PeriodPicker.pick(
                AskedRecords.period,
                words[kind.shape == .event ? "figure_ask_period" : "records_standing"],
                chosen: understood.period,
                none: Picker.Option(AskedRecords.always, words["records_always"]), snapshot))
    }

    private static func parts(
        _ kind: Kind, _ state: FormState, _ words: Words
    ) -> [FormPart] {
        let hasText = kind.fields.contains { $0.form == .text }
        let sorts =
            [
                (value: "", label: words["records_newest"]),
                (value: RecordFilterReader.oldestFirst, label: words["records_oldest"]),
            ]
            + kind.measures.flatMap { measure in
                let label = measure.label[words.language]
                return [
                    (value: measure.id, label: words["records_largest", ["label": label]]),
                    (
                        value: measure.id + RecordFilterReader.smallestFirst,
                        label: words["records_smallest", ["label": label]]
                    ),
                ]
            }
        let texts =
            hasText
            ? [state.line(AskedRecords.search, words["records_search"], type: "search")] : []
        return texts + [state.choice(AskedRecords.sort, words["records_sort"], options: sorts)]
    }

    private static func filters(
        _ kind: Kind, _ state: FormState, _ snapshot: Snapshot
    ) -> [FormPart] {
        let words = snapshot.words
        func range(_ id: String, _ label: String, type: String) -> [FormPart] {
            [
                state.line(
                    AskedRecords.from(id), words["records_from", ["label": label]], type: type,
                    inputmode: type == "text" ? "decimal" : nil),
                state.line(
                    AskedRecords.through(id), words["records_through", ["label": label]],
                    type: type, inputmode: type == "text" ? "decimal" : nil),
            ]
        }
        func choice(_ field: Kind.Field, _ options: [(value: String, label: String)]) -> FormPart {
            state.choice(
                AskedRecords.filter(field.id), field.label[words.language],
                options: [(value: "", label: words["records_any"])] + options)
        }
        let fields = kind.fields.flatMap { field -> [FormPart] in
            let label = field.label[words.language]
            switch field.form {
            case .choice:
                return [
                    choice(
                        field,
                        field.options.map { (value: $0.id, label: $0.name[words.language]) })
                ]
            case .flag:
                return [
                    choice(
                        field,
                        [
                            (value: "true", label: words["yes"]),
                            (value: "false", label: words["no"]),
                        ])
                ]
            case .text:
                return [
                    state.line(
                        AskedRecords.filter(field.id), words["records_holds", ["label": label]])
                ]
            case .number: return range(field.id, label, type: "text")
            case .day:
                let bounds = [AskedRecords.from(field.id), AskedRecords.through(field.id)]
                // Addresses of before name the two ends by themselves.
                return bounds.allSatisfy { state.value($0).isEmpty }
                    ? [days(field.id, label, state, snapshot)]
                    : range(field.id, label, type: "date")
            }
        }
        return fields
            + kind.measures.flatMap { measure in
                range(measure.id, measure.label[words.language], type: "text")
            }
    }

    /// Chooses in which time the day of a field lies.
    private static func days(
        _ id: String, _ label: String, _ state: FormState, _ snapshot: Snapshot
    ) -> FormPart {
        let (words, name) = (snapshot.words, AskedRecords.filter(id))
        guard state.sentences(name).isEmpty else { return state.line(name, label) }
        return FormPart(
            PeriodPicker.pick(
                name, label, chosen: Period.read(state.value(name), today: snapshot.today),
                none: Picker.Option("", words["records_any"]), snapshot))
    }

    /// Boxes for the columns; none where there is nothing to choose.
    private static func ticks(
        _ kind: Kind, _ columns: [RecordColumn], _ words: Words
    ) -> FormPart? {
        let all = RecordColumn.all(of: kind, words)
        guard all.count > 1 else { return nil }
        let chosen = Set(columns.map(\.id))
        return FormPart(
            FormPart.Ticks(
                words["records_columns"],
                all.map {
                    FormPart.Ticks.Box(
                        AskedRecords.column, $0.id, $0.label, isTicked: chosen.contains($0.id))
                }))
    }
}
