import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
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
    /// The page of a step, as its form stands.
    ///
    /// - Parameters:
    ///   - step: the beginning of its words.
    ///   - address: where its form goes.
    ///   - find: the record, where it may be taken for it.
    func step(
        _ step: String, to address: (Record.ID) -> Address, _ fields: [FormPart],
        _ context: AppContext, _ state: FormState,
        of find:
            @escaping @Sendable (Record.ID, ActingAccount, Connection) throws -> (
                Record, Kind
            )
    ) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        let words = site.words(context)
        let head = context.formHead(address(id), keeping: state.form)
        let page = try await district.database.read { db in
            let acting = try accounts.acting(context, db)
            let (record, kind) = try find(id, acting, db)
            let sheet = FormSheet(
                head, state, fields,
                note: kind.isConfirmed ? words["step_confirmed_note"] : nil,
                submit: words[kind.isConfirmed ? "entry_submit_waits" : "\(step)_submit"])
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
    /// Where a record of it is shown to whoever wrote it: a sealed one is opened on its own page,
    /// with a reason.
    func shown(_ record: Record.ID) -> Address {
        visibility == .sealed ? .entries : .record(record)
    }
}
