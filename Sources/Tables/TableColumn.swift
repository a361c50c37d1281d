import Core
import Organization
import Storage

/// A column of a table: its heading, and where what stands in it comes from.
package struct TableColumn: Sendable, Hashable {
    package enum Source: Sendable, Hashable {
        /// An indicator, of the unit of the row, for a period told from the table's.
        case figure(String, Term)
        /// What the records of a kind say in a field.
        case list(String, String)
        case unit(UnitFact)
        case constant(String)
        /// Filled by the unit of the row.
        case hand
    }

    /// Which period is meant, told from the table's own.
    package enum Term: String, Sendable, CaseIterable {
        case own, before
        case yearBefore = "year_before"
        case yearSoFar = "year_so_far"
        case toDate = "to_date"

        /// Nil where there is no such period.
        package func period(of period: Period) -> Period? {
            switch self {
            case .own: period
            case .before: period.previous
            case .yearBefore: period.yearEarlier
            case .yearSoFar:
                period.from == Day(period.lastDay.year, 1, 1)
                    ? period : Period("\(period.lastDay.year)-01-01..\(period.lastDay)")
            case .toDate: Period("..\(period.lastDay)")
            }
        }
    }

    /// What is known of a unit itself.
    package enum UnitFact: String, Sendable, CaseIterable {
        case name, code, form, above
    }

    package let number: Int
    package let heading: String
    package let source: Source

    package init(number: Int, heading: String, source: Source) {
        self.number = number
        self.heading = heading
        self.source = source
    }

    /// The letters of a column: A, B … Z, AA.
    package static func letters(_ number: Int) -> String {
        var (rest, text) = (number, "")
        while rest > 0 {
            let digit = (rest - 1) % 26
            text = String(UnicodeScalar(UInt8(65 + digit))) + text
            rest = (rest - 1) / 26
        }
        return text
    }

    /// The number of a column by its letters; nil for what are none.
    package static func number(_ letters: String) -> Int? {
        guard (1...3).contains(letters.utf8.count) else { return nil }
        var number = 0
        for letter in letters.utf8 {
            guard (65...90).contains(letter) else { return nil }
            number = number * 26 + Int(letter) - 64
        }
        return number
    }

    init(_ row: Row) throws {
        number = try row.get("column_number")
        heading = try row.get("heading")
        let name = try row.optional("name", as: String.self) ?? ""
        let term = try row.optional("term", as: String.self) ?? ""
        source =
            switch try row.get("source", as: String.self) {
            case "figure": .figure(name, Term(rawValue: term) ?? .own)
            case "list": .list(name, term)
            case "unit": .unit(UnitFact(rawValue: name) ?? .name)
            case "constant": .constant(name)
            default: .hand
            }
    }

    /// How it is kept: the word of its source, and what it names.
    var kept: (source: String, name: String?, term: String?) {
        switch source {
        case .figure(let id, let term): ("figure", id, term.rawValue)
        case .list(let kind, let field): ("list", kind, field)
        case .unit(let fact): ("unit", fact.rawValue, nil)
        case .constant(let text): ("constant", text, nil)
        case .hand: ("hand", nil, nil)
        }
    }

    /// Whether the ledger answers it by itself.
    package var isBound: Bool { source != .hand }
}

/// A row of a table and the unit that is meant by it.
package struct TableRow: Sendable, Hashable {
    package let number: Int
    /// What the sheet calls the unit.
    package let label: String
    /// Nil for a row that is none of a unit, such as a sum.
    package let unit: OrgUnit.ID?

    package init(number: Int, label: String, unit: OrgUnit.ID?) {
        self.number = number
        self.label = label
        self.unit = unit
    }

    init(_ row: Row) throws {
        number = try row.get("row_number")
        label = try row.get("label")
        unit = try row.optional("unit_id")
    }
}

/// A cell of a table.
package struct Place: Sendable, Hashable, Comparable {
    package let row: Int
    package let column: Int

    package init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }

    /// As spreadsheets name it: D9.
    package var text: String { TableColumn.letters(column) + String(row) }

    /// Reads what `text` writes; nil for anything else.
    package init?(_ text: String) {
        let letters = text.prefix { $0.isASCII && $0.isUppercase }
        guard let column = TableColumn.number(String(letters)),
            let row = Int(text.dropFirst(letters.count)), row > 0
        else { return nil }
        self.init(row: row, column: column)
    }

    package static func < (left: Place, right: Place) -> Bool {
        (left.row, left.column) < (right.row, right.column)
    }
}

/// What stands in a cell.
package struct CellValue: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Codable {
        case number = "n"
        /// A number of hundredths.
        case share = "p"
        case text = "t"
        case empty = "e"
        /// Why there is no number, in words.
        case none = "w"
    }

    package let kind: Kind
    package let text: String

    package init(_ kind: Kind, _ text: String = "") {
        self.kind = kind
        self.text = text
    }

    package static let empty = CellValue(.empty)

    /// What somebody wrote: a plain number is one, anything else stays as it was written. A code
    /// with a leading zero and a long number are no numbers.
    package init(written text: String) {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        let isPlain =
            (1...2).contains(parts.count)
            && parts.allSatisfy {
                !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) }
            }
        let whole = parts.first ?? ""
        let isCode = whole.count > 1 && whole.first == "0" || digits.count > Self.digits
        self.init(text.isEmpty ? .empty : isPlain && !isCode ? .number : .text, text)
    }

    /// Spreadsheets reckon with so many digits and make the others zeros.
    static let digits = 15
}
