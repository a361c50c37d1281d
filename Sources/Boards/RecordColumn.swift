import Catalogue
import Core
import Ledger
import Web

/// One column of a list of records, beside the day and the unit that every list begins with.
struct RecordColumn: Sendable {
    /// What stands in it.
    enum Content: Sendable {
        case minute, place, lastDay
        /// A measure with its place among those of its kind, from zero on.
        case measure(Int, Kind.Measure)
        case field(Kind.Field)
        /// Counted and never named.
        case persons(String)
        case subject(String)
    }

    /// What the address calls it. What the catalogue names begins with a letter.
    let id: String
    let label: String
    let content: Content
    let isRequired: Bool

    /// So many are shown beside the day and the unit unless the reader says otherwise.
    static let usualCount = 4

    /// Every column that records of a kind can have for who may read them.
    static func all(of kind: Kind, _ words: Words) -> [RecordColumn] {
        let language = words.language
        func column(
            _ id: String, _ label: String, _ content: Content, _ isRequired: Bool = false
        ) -> RecordColumn {
            RecordColumn(id: id, label: label, content: content, isRequired: isRequired)
        }
        var columns: [RecordColumn] = []
        if kind.minute != .none {
            columns.append(column("_minute", Kind.minuteLabel[language], .minute))
        }
        if kind.shape == .standing {
            columns.append(column("_last", words["record_last_day"], .lastDay, true))
        }
        if let place = kind.place {
            columns.append(column("_place", place.label[language], .place, place.required))
        }
        columns += kind.fields.map { column($0.id, $0.label[language], .field($0), $0.required) }
        columns += kind.measures.enumerated().map {
            column($1.id, $1.label[language], .measure($0, $1), $1.required)
        }
        columns += kind.persons.map {
            column($0.id, $0.label[language], .persons($0.id), $0.required)
        }
        columns += kind.subjects.map {
            column($0.id, $0.label[language], .subject($0.id), $0.required)
        }
        return columns
    }

    /// Those that are shown unless the reader chooses: what every record says comes before what
    /// some say, and long texts last.
    static func usual(of columns: [RecordColumn]) -> [RecordColumn] {
        let ranked = columns.enumerated().sorted { left, right in
            (left.element.rank, left.offset) < (right.element.rank, right.offset)
        }
        let chosen = Set(ranked.prefix(usualCount).map(\.element.id))
        return columns.filter { chosen.contains($0.id) }
    }

    private var rank: Int {
        if case .field(let field) = content, field.isLong { return 2 }
        return isRequired ? 0 : 1
    }

    /// Whether it is read of what belongs to records beside their own values.
    var isNamed: Bool {
        switch content {
        case .persons, .subject, .lastDay: true
        case .minute, .place, .measure, .field: false
        }
    }

    /// As the head of the column, with the unit of its numbers.
    func heading(_ words: Words) -> String {
        guard case .measure(_, let measure) = content else { return label }
        let unit = measure.counter ?? measure.unit.written.name
        return words["records_heading_unit", ["label": label, "unit": unit[words.language]]]
    }

    func tableColumn(_ words: Words) -> TableFile.Column {
        switch content {
        case .measure, .persons: .number(heading(words))
        case .lastDay: .day(heading(words))
        case .field(let field) where field.form == .number: .number(heading(words))
        case .field(let field) where field.form == .day: .day(heading(words))
        case .subject(let id) where id == "household": .number(heading(words))
        case .minute, .place, .field, .subject: .text(heading(words))
        }
    }
}
