import Core
import Ledger
import Storage
import Web

/// Where a form was opened from. Its hidden fields are looked up again when it is sent: what
/// belongs to somebody else is not found.
struct FormPrefill {
    private(set) var draft: Draft?
    private(set) var pattern: RecurringEntry?
    private(set) var patternDay: Day?
    private(set) var returned: PendingEntry?

    static let draftName = "draft"
    static let patternName = "pattern"
    static let patternDayName = "pattern_day"
    static let returnedName = "returned"

    /// What a form of an entry carries along, for when it is refused before anybody read it.
    static let fields: [String: SentField] = Dictionary(
        uniqueKeysWithValues: [
            draftName, patternName, patternDayName, returnedName, "then", "late", "kept",
        ].map { ($0, .carried) })

    init() {}

    /// - Parameter named: the value under a name, of an address or of a form.
    init(
        kind: String, of account: String, at moment: Moment, _ desk: EntryServices,
        _ db: Connection, named: (String) -> String?
    ) throws {
        if let text = named(Self.draftName) {
            let drafts = desk.drafts(db, of: account)
            guard let id = Draft.ID(text), let found = try drafts.find(id, at: moment),
                found.kind == kind
            else { throw Refusal.notFound }
            draft = found
        }
        if let text = named(Self.patternName) {
            guard let id = RecurringEntry.ID(text),
                let found = try desk.patterns(db, of: account).find(id), found.kind == kind,
                let day = named(Self.patternDayName).flatMap({ Day($0) }), found.falls(on: day),
                day <= moment.day
            else { throw Refusal.notFound }
            pattern = found
            patternDay = day
        }
        if let text = named(Self.returnedName) {
            guard let id = PendingEntry.ID(text), let found = try desk.waiting(db).find(id),
                found.account == account, found.kind == kind, found.about == nil,
                found.state == .sentBack
            else { throw Refusal.notFound }
            returned = found
        }
    }

    /// What the form is filled with; nil where it was opened from nowhere.
    var said: [String: String]? {
        if let draft { return draft.said }
        if let returned { return returned.said }
        guard let pattern, let patternDay else { return nil }
        return pattern.said.merging([Heading.day.name: patternDay.description]) { $1 }
    }

    var carried: [HiddenField] {
        [
            draft.map { HiddenField(Self.draftName, $0.id.text) },
            pattern.map { HiddenField(Self.patternName, $0.id.text) },
            patternDay.map { HiddenField(Self.patternDayName, $0.description) },
            returned.map { HiddenField(Self.returnedName, $0.id.text) },
        ].compactMap { $0 }
    }
}
