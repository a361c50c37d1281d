import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Web

/// What waits for its reader's confirmation.
struct ConfirmationsPage: Page {
    static let template = "entries/confirmations"

    let title: String
    let lead: String
    let rows: [Row]
    let hasRows: Bool
    let pager: Pager?

    /// One entry that waits.
    struct Row: Sendable {
        let href: String
        let kind: String
        let unit: String
        let day: String
        let by: String
        let since: String
        /// Whether its writer may write it no longer, so that it can only go back.
        let isOrphan: Bool
    }

    init(
        _ list: [PendingEntry], orphans: Set<PendingEntry.ID>, names: [String: String],
        pager: Pager?,
        _ catalogue: Catalogue, _ reader: ActingAccount, _ words: Words
    ) {
        title = words["nav_confirmations"]
        lead = words["confirmations_lead"]
        rows = list.map { waiting in
            Row(
                href: Address.confirmation(waiting.id).text,
                kind: waiting.title(
                    catalogue.kinds[waiting.kind]?.name[words.language] ?? waiting.kind, words),
                unit: reader.structure.nearestVersion(waiting.unit, on: waiting.happenedOn)?.name
                    ?? "–",
                day: waiting.happenedOn.description,
                by: names[waiting.account] ?? words["somebody"], since: waiting.askedAt.text,
                isOrphan: orphans.contains(waiting.id))
        }
        hasRows = !rows.isEmpty
        self.pager = pager
    }
}

/// One entry that waits, was sent back, or has become a record.
struct ConfirmationPage: Page {
    static let template = "entries/confirmation"

    let title: String
    let summary: FaultSummary?
    let tag: String
    let state: String
    let sentence: String
    let lines: [SaidLine]
    let files: [Link]
    let hasFiles: Bool
    let recordHref: String?
    let aboutHref: String?
    let because: String?
    let late: String?
    /// Whether its writer may write it no longer, so that it can only go back.
    let isOrphan: Bool
    /// Why nobody may confirm here: it gives the reader, or its writer, a post that brings rights.
    let ownTag: String?
    let ownText: String?
    let posting: Step?
    let sendingBack: Return?
    let withdrawal: Step?
    let againHref: String?

    /// Whose own post it is.
    enum Own: String { case readers, writers, higher }

    /// A button that is a form of its own.
    struct Step: Sendable {
        let head: FormHead
    }

    struct Return: Sendable {
        let head: FormHead
        let reasonField: FormField
    }

    /// The heads of the forms that a page may show.
    struct Heads: Sendable {
        let posting: FormHead
        let sendingBack: FormHead
        let withdrawal: FormHead
    }

    init(
        _ waiting: PendingEntry, _ kind: Kind, said: [String: String], files: [KeptFile],
        names: [String: String],
        isOpen: Bool, own: Own?, isOrphan: Bool, reason: String, faults: [Fault], heads: Heads,
        _ reader: ActingAccount, _ words: Words
    ) {
        let language = words.language
        title =
            words["confirmation_title", ["kind": waiting.title(kind.name[language], words)]]
        let reasonName = Heading.reason.name
        summary = FaultSummary(
            faults.map {
                (
                    name: $0.field == reasonName ? reasonName : nil,
                    sentence: $0.words[language]
                )
            })
        let stateName =
            switch waiting.state {
            case .waiting: "waiting"
            case .sentBack: "returned"
            case .confirmed: "confirmed"
            }
        tag = waiting.state == .confirmed ? "tag-good" : "tag-warn"
        state = words["waiting_state_\(stateName)"]
        let isStep = waiting.state == .waiting && waiting.about != nil
        sentence =
            words[
                "waiting_state_\(isStep ? "step" : stateName)_text",
                [
                    "name": names[waiting.account] ?? words["somebody"],
                    "time": waiting.askedAt.text, "reason": waiting.reason ?? "",
                    "other": waiting.decidedBy.flatMap { names[$0] } ?? words["somebody"],
                    "when": waiting.decidedAt?.text ?? "",
                ]]
        let isWriter = waiting.account == reader.account.text
        let end = SaidLine(name: words["end_day"], text: waiting.happenedOn.description)
        lines =
            (waiting.ends == nil ? [] : [end])
            + SaidLine.lines(
                kind, said, hidesPrivate: !isWriter && !reader.may(.write, in: waiting.unit),
                reader.structure, words)
        self.files = files.map {
            Link($0.name, Address("confirmations", waiting.id.text, "evidence", $0.id.text))
        }
        hasFiles = !files.isEmpty
        recordHref =
            kind.visibility == .sealed ? nil : waiting.record.map { Address.record($0).text }
        aboutHref =
            kind.visibility == .sealed ? nil : waiting.about.map { Address.record($0).text }
        because = waiting.because
        let closing = kind.closing(of: waiting.happenedOn)
        let isLate =
            waiting.state == .waiting && waiting.reverses == nil
            && (closing.map { reader.today > $0 } ?? false)
        late =
            isLate ? words["entry_late_note", ["closing": closing?.description ?? ""]] : nil
        self.isOrphan = isOrphan
        ownTag = own.map { words["confirmation_own_\($0.rawValue)"] }
        ownText = own.map { words["confirmation_own_\($0.rawValue)_text"] }
        posting = isOpen && !isOrphan && own == nil ? Step(head: heads.posting) : nil
        sendingBack =
            isOpen
            ? Return(
                head: heads.sendingBack,
                reasonField: FormField(
                    reasonName, words["confirmation_reason"], value: reason, isRequired: true,
                    faults: faults.filter { $0.field == reasonName }.map { $0.words[language] },
                    isFirst: faults.contains { $0.field == reasonName }, autocomplete: "off")) : nil
        withdrawal =
            isWriter && waiting.state != .confirmed ? Step(head: heads.withdrawal) : nil
        againHref = isWriter && waiting.state == .sentBack ? waiting.again.text : nil
    }
}

extension PendingEntry {
    /// What it is, in a list and as a title: its kind, and what it does with a record.
    func title(_ kind: String, _ words: Words) -> String {
        if corrects != nil { return words["waiting_correction", ["kind": kind]] }
        if ends != nil { return words["waiting_end", ["kind": kind]] }
        if reverses != nil { return words["waiting_reversal", ["kind": kind]] }
        return kind
    }

    /// Where what was sent back is mended.
    var again: Address {
        if let ends { return .end(ends) }
        if let reverses { return .reverse(reverses) }
        return (corrects.map(Address.correct) ?? .newEntry(kind)).with(
            FormPrefill.returnedName, id.text)
    }
}
