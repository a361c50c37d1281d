import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// What can be done with a record beside correcting it; the names begin its words.
enum RecordStep: String {
    case end, reverse

    /// Where its form goes.
    func address(_ record: Record.ID) -> Address {
        self == .end ? .end(record) : .reverse(record)
    }

    /// What it would post of a record, as far as that is known before its form is filled in.
    fileprivate func entry(_ record: Record) -> Entry {
        var entry = Entry(kind: record.kind, unit: record.unit, happenedOn: record.happenedOn)
        switch self {
        case .end: entry.ends = record.id
        case .reverse: entry.reverses = record.id
        }
        return entry
    }
}

/// The form of one more step of a record: its end, or its reversal.
struct StepPage: Page {
    static let template = "entries/step"

    let title: String
    let lead: String
    let conflict: ConflictPart?
    /// Nil when somebody else was first.
    let sheet: FormSheet?
    let backHref: String

    init(
        _ record: Record, _ kind: Kind, _ step: RecordStep, _ sheet: FormSheet,
        _ conflict: ConflictPart?, _ acting: ActingAccount, _ words: Words
    ) {
        title = words["\(step.rawValue)_title"]
        let unit = acting.structure.nearestVersion(record.unit, on: record.happenedOn)
        lead =
            words[
                "\(step.rawValue)_lead",
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
    /// The page of a step, as its form stands. It says beforehand whether the step will wait.
    ///
    /// - Parameters:
    ///   - fields: what the form asks for a record of a kind.
    ///   - find: the record, where it may be taken for it.
    func step(
        _ step: RecordStep, _ fields: @escaping @Sendable (Kind) -> [FormPart],
        _ context: AppContext, _ state: FormState,
        of find:
            @escaping @Sendable (Record.ID, ActingAccount, Connection) throws -> (
                Record, Kind
            )
    ) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        let words = site.words(context)
        let head = context.formHead(step.address(id), keeping: state.form)
        let page = try await district.database.read { db in
            let acting = try accounts.acting(context, db)
            let (record, kind) = try find(id, acting, db)
            let waits = try waits(step.entry(record), kind, acting, db)
            let sheet = FormSheet(
                head, state, fields(kind),
                note: waits ? words[kind.stepNote] : nil,
                submit: words[waits ? "entry_submit_waits" : "\(step.rawValue)_submit"])
            return StepPage(
                record, kind, step, sheet,
                try EditConflict(record, self, acting, words, db)?.part, acting, words)
        }
        return site.show(
            page, context, trail: trail(words),
            status: page.conflict == nil ? state.status : .conflict)
    }
}

extension Kind {
    /// What a step of a record of it says that waits: for a second person, as all of the kind do,
    /// or for somebody higher up, as what brings rights does.
    var stepNote: String { isConfirmed ? "step_confirmed_note" : "step_warrant_note" }

    /// Where a record of it is shown to whoever wrote it: a sealed one is opened on its own page,
    /// with a reason.
    func shown(_ record: Record.ID) -> Address {
        visibility == .sealed ? .entries : .record(record)
    }
}
