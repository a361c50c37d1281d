import Core
import Web

/// A page of the administrators: facts, tables and forms under headings.
///
/// Property names differ from level to level, since an empty one is looked for further out.
struct DeskPage: Page {
    static let template = "administration/page"

    let title: String
    var lead: String?
    var search: DeskSearch?
    var sections: [DeskSection] = []
    var pager: Pager?

    init(_ title: String, lead: String? = nil) {
        self.title = title
        self.lead = lead
    }

    var summary: FaultSummary? { sections.compactMap { $0.sheet?.summary }.first }
}

/// What a list can be narrowed by.
struct DeskSearch: Sendable {
    let action: String
    let inputs: [FormField]
}

/// What stands under one heading.
struct DeskSection: Sendable {
    let sectionTitle: String?
    var sectionNote: String?
    /// Something that is shown once and kept nowhere.
    var secret: String?
    private(set) var facts: Listed<FactLine>?
    var table: DeskTable?
    var sheet: FormSheet?
    var buttons: [FormButton] = []
    private(set) var doors: Listed<Link>?

    init(_ title: String?, note: String? = nil) {
        sectionTitle = title
        sectionNote = note
    }

    mutating func add(_ name: String, _ said: String, to target: Address? = nil) {
        facts = Listed((facts?.each ?? []) + [FactLine(name, said, to: target)])
    }

    mutating func add(_ door: Link) {
        doors = Listed((doors?.each ?? []) + [door])
    }
}

/// Rows under column heads.
struct DeskTable: Sendable {
    let caption: String
    let heads: [String]
    let emptyNote: String
    private(set) var rows: Listed<Line>?

    struct Line: Sendable {
        let cells: [Cell]
    }

    struct Cell: Sendable {
        let said: String
        let target: String?
        let cellClass: String
        let press: FormButton?

        static func text(_ said: String, to target: Address? = nil) -> Cell {
            Cell(said: said, target: target?.text, cellClass: "", press: nil)
        }

        static func day(_ said: String) -> Cell {
            Cell(said: said, target: nil, cellClass: "day", press: nil)
        }

        static func button(_ press: FormButton?) -> Cell {
            Cell(said: "", target: nil, cellClass: "", press: press)
        }
    }

    init(_ caption: String, _ heads: [String], empty: String) {
        self.caption = caption
        self.heads = heads
        emptyNote = empty
    }

    mutating func add(_ cells: [Cell]) {
        rows = Listed((rows?.each ?? []) + [Line(cells: cells)])
    }
}

/// A form that is nothing but its button.
struct FormButton: Sendable {
    let head: FormHead
    let pressLabel: String

    init(_ label: String, _ head: FormHead) {
        self.head = head
        pressLabel = label
    }
}
