import Cases
import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

/// A request as whoever asked sees it, like a parcel: where it is, whose turn it is, since when and
/// until when, what it lost on the way, and what they can do. It names units and no person, and
/// nothing that staff wrote to each other.
struct RequestStatus {
    let reading: CaseReading
    private let row: RequestRow
    private let requests: Requests
    private let says: RequestSays
    private let acts: [CaseAct]

    /// - Throws: `Refusal.notFound` for what is no request.
    init(
        _ id: Record.ID, _ requests: Requests, _ words: Words, _ db: Connection
    ) throws {
        guard let row = try RequestStore(db).find(id),
            let reading = try requests.district.caseReading(id, nil, db)
        else { throw Refusal.notFound }
        (self.row, self.reading, self.requests) = (row, reading, requests)
        says = RequestSays(
            words, requests, reading.structure, reading.procedure, at: reading.moment)
        acts = try CaseAct.all(
            CaseActor.machine(.visitor), in: reading, requests.district, db)
    }

    private var words: Words { says.words }
    private var desk: ServiceDesk { requests.services.desk }

    /// What whoever asked may do now, in the order of the desk.
    var open: [(asked: RequesterStep, step: Procedure.Step)] {
        desk.steps.compactMap { asked in
            guard let act = acts.first(where: { $0.step.id == asked.step }),
                act.refused.isEmpty, act.step.by.contains(.anybody)
            else { return nil }
            return (asked, act.step)
        }
    }

    func page(
        _ context: AppContext, _ sent: (step: String, state: FormState)?, _ db: Connection
    ) throws -> RequestStatusPage {
        let isOpen = reading.state.end == nil
        let now = isOpen ? turns.first?.holder : nil
        return RequestStatusPage(
            title: title(now),
            lead: words[
                "status_of",
                [
                    "number": reading.row.number, "service": says.service(row.service),
                    "place": says.unit(row.place),
                ]],
            refused: refused(sent), turns: Listed(isOpen ? turns.map(\.line) : []), lost: lost,
            story: story,
            actions: Listed(try open.map { try action($0.asked, $0.step, context, sent) }),
            leave: RequestStatusPage.Leave(head: context.formHead(.leaveStatus)))
    }

    /// What was refused of a step whose form is no longer on the page.
    private func refused(_ sent: (step: String, state: FormState)?) -> Listed<String>? {
        guard let sent, !open.contains(where: { $0.asked.step == sent.step }) else { return nil }
        return Listed(sent.state.faults.map { $0.words[words.language] })
    }

    private func title(_ holder: String?) -> String {
        if let end = reading.state.end { return words["status_ended", ["end": says.end(end.end)]] }
        if isAsked { return words["status_yours"] }
        return holder.map { words["status_now", ["unit": $0]] } ?? words["status_title"]
    }

    /// Whether the word of whoever asked is waited for.
    private var isAsked: Bool {
        let theirs = Set(desk.steps.map(\.step))
        let owed = reading.state.obligations
        return !owed.isEmpty && owed.allSatisfy { theirs.contains($0.step) }
    }

    // MARK: Whose turn

    private var turns: [(holder: String, line: RequestStatusPage.Turn)] {
        reading.obligations.sorted { ($0.latest, $0.step) < ($1.latest, $1.step) }.map { owed in
            let holder = says.unit(owed.holder)
            let isLate = owed.isLate(at: reading.moment)
            let due: String? =
                if owed.paused != nil {
                    words["status_paused"]
                } else if owed.hasDeadline {
                    words[
                        isLate ? "status_late" : "status_until",
                        ["time": says.deadline(owed.latest), "left": says.left(owed.latest)]]
                } else { nil }
            return (
                holder,
                RequestStatusPage.Turn(
                    turnStyle: isLate ? "turn-late" : "",
                    turnText: words[
                        "status_turn", ["unit": holder, "step": says.step(owed.step)]],
                    turnSince: words["status_since", ["time": owed.since.text]], turnDue: due)
            )
        }
    }

    /// What it lost while units said that it is not theirs: their clocks ran on.
    private var lost: String? {
        let steps = reading.standing.filter { $0.place.step != nil }
        let objections = steps.filter { $0.place.step == desk.objection }
        guard !objections.isEmpty else { return nil }
        let minutes = objections.map { objection in
            let decided = steps.first {
                $0.place.step == desk.arbitration && $0.seq > objection.seq
            }
            let end = decided.map { says.moment($0.record) } ?? reading.moment
            return max(0, end.milliseconds - says.moment(objection.record).milliseconds) / 60_000
        }
        return words[
            "status_lost",
            [
                "count": objections.count.grouped,
                "time": says.stretch(minutes: Int(minutes.reduce(0, +))),
            ]]
    }

    // MARK: What happened

    private var story: [RequestStatusPage.Event] {
        reading.standing.reversed().compactMap { record in
            guard let step = record.place.step else { return nil }
            let outcome = record.record.fields[Kind.outcomeName]
            let what = says.step(step, outcome: outcome)
            let place = record.record.place.map(says.unit)
            let isBack =
                reading.procedure.step(step)?.back.contains {
                    $0.outcome == nil || $0.outcome == outcome
                } ?? false
            return RequestStatusPage.Event(
                style: isBack || step == desk.objection ? "story-back" : "story-done",
                what: place.map { words["status_to", ["what": what, "unit": $0]] } ?? what,
                when: says.moment(record.record).text)
        }
    }

    // MARK: What they can do

    private func action(
        _ asked: RequesterStep, _ step: Procedure.Step, _ context: AppContext,
        _ sent: (step: String, state: FormState)?
    ) throws -> RequestStatusPage.Action {
        let kind = requests.district.catalogue.kinds[step.kind]
        let own = sent.flatMap { $0.step == asked.step ? $0.state : nil }
        let state = own ?? FormState(context)
        let parts = kind.map { asked.fields(of: $0, state, words) } ?? []
        var sheet = FormSheet(
            context.formHead(.requesterStep(asked.step), keeping: own?.form), state, parts,
            note: asked.note?[words.language], submit: asked.name[words.language])
        sheet.hidden = [HiddenField(TakeRequesterStep.shown, String(reading.row.seq))]
        let isOwed = reading.state.obligations.contains { $0.step == asked.step }
        return RequestStatusPage.Action(
            actionName: asked.name[words.language], isOpen: isOwed || own != nil, sheet: sheet)
    }
}

extension RequesterStep {
    /// The headings that whoever asked may write.
    func headings(of kind: Kind) -> [Heading] {
        let outcome = kind.field(Kind.outcomeName) != nil && sets[Kind.outcomeName] == nil
        return (outcome ? [.field(Kind.outcomeName)] : [])
            + asks.map { kind.field($0) != nil ? .field($0) : .privateValue($0) }
    }

    fileprivate func fields(of kind: Kind, _ state: FormState, _ words: Words) -> [FormPart] {
        headings(of: kind).map { heading in
            let label = kind.label(heading)[words.language]
            guard case .field(let id) = heading, let field = kind.field(id) else {
                let isRequired = kind.privates.contains {
                    .privateValue($0.id) == heading && $0.required
                }
                return state.lines(heading.name, label, rows: 3, isRequired: isRequired)
            }
            let options = field.options.filter {
                id != Kind.outcomeName || outcomes.isEmpty || outcomes.contains($0.id)
            }
            let isRequired = field.required || id == Kind.outcomeName
            return state.choice(
                heading.name, label,
                options: [(value: "", label: words[isRequired ? "ask_choose" : "ask_none"])]
                    + options.map { (value: $0.id, label: $0.name[words.language]) },
                isRequired: isRequired)
        }
    }
}

/// Where a request is, for whoever asked.
struct RequestStatusPage: Page {
    static let template = "requests/status"

    let title: String
    let lead: String
    let refused: Listed<String>?
    let turns: Listed<Turn>?
    let lost: String?
    let story: [Event]
    let actions: Listed<Action>?
    let leave: Leave

    /// The form of the button that closes the page in this browser.
    struct Leave: Sendable {
        let head: FormHead
    }

    struct Turn: Sendable {
        let turnStyle: String
        let turnText: String
        let turnSince: String
        let turnDue: String?
    }

    struct Event: Sendable {
        let style: String
        let what: String
        let when: String
    }

    struct Action: Sendable {
        let actionName: String
        let isOpen: Bool
        let sheet: FormSheet
    }
}
