import Catalogue
import Core
import Ledger
import Web

/// One case: where it stands, whose turn it is and since when, what its reader can do now, why
/// something cannot be done yet, and what happened.
struct CasePage: Page {
    static let template = "cases/case"

    let title: String
    let lead: String
    let stops: [StepLine.Stop]
    let turns: Listed<TurnLine>?
    /// What became of it; nil while it is open.
    let over: String?
    /// What is wrong with a step whose form is not on the page: it may not be taken now.
    let refused: Listed<String>?
    let form: StepForm?
    let others: Listed<Other>?
    let votes: Listed<VoteLine>?
    let whys: [Why]
    let acts: Listed<CasePart.ActForm>?
    let papers: Listed<Paper>?
    let papersLabel: String
    let papersHref: String?
    let story: [StoryLine]
    let pager: Pager?
    let clocks: HolderClocks?
    let facts: Listed<FactLine>?

    /// Another step that its reader may take now.
    struct Other: Sendable {
        let otherName: String
        let otherNote: String
        let otherHref: String
    }

    struct Why: Sendable {
        let whyTitle: String
        let reasons: [WhyLine]
    }

    struct Paper: Sendable {
        let paperName: String
        let paperNote: String
    }

    var summary: FaultSummary? {
        form?.summary ?? acts?.each.compactMap { $0.sheet.summary }.first
    }
}

/// What stands on the page of a case beside its steps.
enum CasePart {
    /// What can be done with a case that is no step of its definition; the raw value ends its
    /// address and begins its words.
    enum Act: String, CaseIterable, Sendable {
        case takeBack = "take-back"
        case handOn = "hand-on"
        case pause
        case remind
        case merge
        case unmerge

        /// What its words and fields begin with.
        var word: String { rawValue.replacing("-", with: "_") }
    }

    /// The small form of one of them.
    struct ActForm: Sendable {
        let actName: String
        let isOpen: Bool
        let sheet: FormSheet
    }
}
