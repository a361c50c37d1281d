import Catalogue
import Core
import Ledger
import Web

/// A list of cases: those that wait for their reader, those of a unit, or those of a procedure.
struct CasesPage: Page {
    static let template = "cases/list"

    let title: String
    let lead: String
    let action: String
    let unitCode: String
    let selects: [Select]
    let chips: [Chip]
    let count: String
    let groups: [Group]
    let empty: String?
    let pager: Pager?
    let takeAway: TakeAway?
    let doors: Listed<Link>?

    /// One of the usual lists.
    struct Chip: Sendable {
        let chipLabel: String
        let chipHref: String
        let isChosen: Bool
    }

    /// Cases that stand alike.
    struct Group: Sendable {
        let heading: String
        let rows: [Row]
    }

    struct Row: Sendable {
        let caseName: String
        let caseHref: String?
        let caseNumber: String
        let caseUnit: String
        let stageName: String
        let turnText: String
        let dueTag: String?
        let dueStyle: String
        let dueText: String
    }
}
