import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Web

/// The form of one more step of a record: its end, or its reversal.
struct StepPage: Page {
    static let template = "entries/step"

    let title: String
    let lead: String
    let conflict: ConflictPart?
    /// Nil when somebody else was first.
    let sheet: FormSheet?
    let backHref: String

    /// - Parameter step: the beginning of its words.
    init(
        _ record: Record, _ kind: Kind, _ step: String, _ sheet: FormSheet,
        _ conflict: ConflictPart?, _ acting: ActingAccount, _ words: Words
    ) {
        title = words["\(step)_title"]
        let unit = acting.structure.nearestVersion(record.unit, on: record.happenedOn)
        lead =
            words[
                "\(step)_lead",
                [
                    "kind": kind.name[words.language], "day": record.happenedOn.description,
                    "unit": unit?.name ?? "–",
                ]]
        self.conflict = conflict
        self.sheet = conflict == nil ? sheet : nil
        backHref = kind.shown(record.id).text
    }

    var summary: FaultSummary? { sheet?.summary }
}

extension EntryServices {
    func show(_ page: StepPage, _ context: AppContext, _ state: FormState) -> Response {
        site.show(
            page, context, trail: trail(site.words(context)),
            status: page.conflict == nil ? state.status : .conflict)
    }
}

extension Kind {
    /// Where a record of it is shown to whoever wrote it: a sealed one is opened on its own page,
    /// with a reason.
    func shown(_ record: Record.ID) -> Address {
        visibility == .sealed ? .entries : .record(record)
    }
}
