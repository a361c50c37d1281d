import Core
import Ledger
import Web

/// What one record says in the columns of a list: for the page, and as a cell of a file.
struct RecordCells {
    let record: Record
    let named: NamedInRecords
    let snapshot: Snapshot

    /// The most characters of a text on the page.
    private static let textLimit = 80

    private var words: Words { snapshot.words }

    func unit() -> (code: String?, name: String) {
        let version = snapshot.structure.nearestVersion(record.unit, on: record.happenedOn)
        return (version?.code, version?.name ?? "–")
    }

    func cell(_ column: RecordColumn) -> TableCell {
        switch column.content {
        case .minute: .optional(record.minute?.description)
        case .lastDay: .day(named.lastDay(record))
        case .place:
            .optional(
                record.place.flatMap {
                    snapshot.structure.nearestVersion($0, on: record.happenedOn)?.name
                })
        case .measure(let index, let measure):
            record.measures[index].map {
                .exact(Reading.written($0, measure.unit))
            } ?? .empty
        case .field(let field):
            record.fields[field.id].map { value in
                switch field.form {
                case .choice:
                    .text(
                        field.options.first { $0.id == value }?.name[words.language] ?? value)
                case .flag: .text(words[value == "true" ? "yes" : "no"])
                case .number: .exact(value)
                case .text, .day: .text(value)
                }
            } ?? .empty
        case .persons(let role): .number(named.persons(record.id, role))
        case .subject(let role):
            role == "household"
                ? .number(named.subjects(record.id, role).count)
                : .optional(
                    Self.joined(named.subjects(record.id, role), words.comma))
        }
    }

    private static func joined(_ codes: [String], _ comma: String) -> String? {
        codes.isEmpty ? nil : codes.joined(separator: comma)
    }

    /// As the page shows it: numbers with their thousands apart, long texts cut.
    func text(_ column: RecordColumn) -> String {
        if case .measure(let index, let measure) = column.content {
            return record.measures[index].map {
                Amount(value: $0, unit: measure.unit).number
            } ?? "–"
        }
        let text = cell(column).text
        guard !text.isEmpty else { return "–" }
        return text.count > RecordCells.textLimit
            ? text.prefix(RecordCells.textLimit) + "…" : text
    }
}
