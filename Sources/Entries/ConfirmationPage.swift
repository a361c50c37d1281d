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
    let rows: Listed<Row>?
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
        rows = Listed(
            list.map { waiting in
                Row(
                    href: Address.confirmation(waiting.id).text,
                    kind: waiting.title(
                        catalogue.kinds[waiting.kind]?.name[words.language] ?? waiting.kind, words),
                    unit: reader.structure.nearestVersion(waiting.unit, on: waiting.happenedOn)?
                        .name
                        ?? "–",
                    day: waiting.happenedOn.description,
                    by: names[waiting.account] ?? words["somebody"], since: waiting.askedAt.text,
                    isOrphan: orphans.contains(waiting.id))
            })
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
    let lines: Listed<FactLine>?
    let files: Listed<Link>?
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

    /// A button that is a form of its own.
    struct Step: Sendable {
        let head: FormHead
    }

    struct Return: Sendable {
        let head: FormHead
        let reason: FormPart
    }

    /// The heads of the forms that a page may show.
    struct Heads: Sendable {
        let posting: FormHead
        let sendingBack: FormHead
        let withdrawal: FormHead
    }

    /// What a snapshot says of it.
    struct Content {
        let waiting: PendingEntry
        let kind: Kind
        let said: [String: String]
        let files: [KeptFile]
        /// How its writer, and whoever decided it, are called.
        let names: [String: String]
        /// Whether the reader may decide it now.
        let isOpen: Bool
        let isOrphan: Bool
        let bar: SecondPerson.Bar?
    }

    init(
        _ content: Content, _ form: FormState, heads: Heads, _ reader: ActingAccount,
        _ words: Words
    ) {
        let (waiting, kind) = (content.waiting, content.kind)
        let isWriter = waiting.account == reader.account.text
        let isTold = kind.visibility != .sealed
        title =
            words[
                "confirmation_title", ["kind": waiting.title(kind.name[words.language], words)]]
        summary = form.summary(over: [Heading.reason.name])
        tag = waiting.state == .confirmed ? "tag-good" : "tag-warn"
        state = words["waiting_state_\(waiting.state.rawValue)"]
        sentence = content.sentence(words)
        let minute = waiting.said[Heading.minute.name].flatMap(Reading.minute)
        let end = FactLine(words["end_day"], waiting.happenedOn.written(minute))
        lines = Listed(
            (waiting.ends == nil ? [] : [end])
                + FactLine.lines(
                    kind, content.said,
                    hidesPrivate: !isWriter && !reader.may(.write, in: waiting.unit),
                    reader.structure, words))
        files = Listed(
            content.files.map {
                Link($0.name, Address("confirmations", waiting.id.text, "evidence", $0.id.text))
            })
        recordHref = isTold ? waiting.record.map { Address.record($0).text } : nil
        aboutHref = isTold ? waiting.about.map { Address.record($0).text } : nil
        because = waiting.because
        late = content.closing(before: reader.today).map {
            words["entry_late_note", ["closing": $0.description]]
        }
        isOrphan = content.isOrphan
        ownTag = content.bar.map { words["confirmation_own_\($0.rawValue)"] }
        ownText = content.bar.map { words["confirmation_own_\($0.rawValue)_text"] }
        let mayPost = content.isOpen && !isOrphan && content.bar == nil
        posting = mayPost ? Step(head: heads.posting) : nil
        let reason = form.line(
            Heading.reason.name, words["confirmation_reason"], isRequired: true)
        sendingBack =
            content.isOpen ? Return(head: heads.sendingBack, reason: reason) : nil
        withdrawal =
            isWriter && waiting.state != .confirmed ? Step(head: heads.withdrawal) : nil
        againHref = isWriter && waiting.state == .sentBack ? waiting.again.text : nil
    }
}

extension ConfirmationPage.Content {
    /// Who wrote it and when, and what was decided by whom.
    fileprivate func sentence(_ words: Words) -> String {
        let isStep = waiting.state == .waiting && waiting.about != nil
        return words[
            "waiting_state_\(isStep ? "step" : waiting.state.rawValue)_text",
            [
                "name": names[waiting.account] ?? words["somebody"],
                "time": waiting.askedAt.text, "reason": waiting.reason ?? "",
                "other": waiting.decidedBy.flatMap { names[$0] } ?? words["somebody"],
                "when": waiting.decidedAt?.text ?? "",
            ]]
    }

    /// The day on which the month closed that it is about, where it would come late.
    fileprivate func closing(before today: Day) -> Day? {
        guard waiting.state == .waiting, waiting.reverses == nil,
            let closing = kind.closing(of: waiting.happenedOn), today > closing
        else { return nil }
        return closing
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
