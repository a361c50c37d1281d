import Catalogue
import Core
import Storage
import Web

/// Everything that is held about one person, and what they may ask.
struct MyDataPage: Page {
    static let template = "rights/my_data"

    let title: String
    let lead: String
    let visit: Visit?
    let copies: Copies
    let consents: Consents
    /// The form that asks for something.
    let ask: FormSheet
    let requests: Listed<Line>?
    let parts: [Part]
    let isEmpty: Bool

    /// While a contact reads: until when, and how they leave.
    struct Visit: Sendable {
        let sentence: String
        let head: FormHead
    }

    /// The form that gives a copy.
    struct Copies: Sendable {
        let head: FormHead
    }

    /// Every purpose that needs consent, each with one button.
    struct Consents: Sendable {
        let head: FormHead
        let purposes: [Line]

        struct Line: Sendable {
            let id: String
            let name: String
            let what: String
            let ground: String
            let receivers: String
            let state: String
            let tag: String
            let act: String
            let button: String
            let isSeparate: Bool
        }
    }

    /// One request and what became of it.
    struct Line: Sendable {
        let kind: String
        let asked: String
        let due: String
        let state: String
        let tag: String
        let answer: String?
    }

    /// One kind of data with its rows.
    struct Part: Sendable {
        let name: String
        let reasons: [Reason]
        let columns: [String]
        let rows: [Row]
        let more: String?
    }

    struct Reason: Sendable {
        let what: String
        let href: String
        let purpose: String
        let basis: String
        let kept: String
    }

    struct Row: Sendable { let cells: [String] }

    /// What a snapshot says about whoever asks.
    struct Content {
        let asker: Asker
        let data: HeldData
        let consents: [String: Consent]
        let requests: [RightsRequest]
    }

    init(
        _ content: Content, _ catalogue: Catalogue, on today: Day, _ state: FormState,
        _ context: AppContext, _ words: Words
    ) {
        title = words["my_data_title"]
        lead = words[content.asker.visit == nil ? "my_data_lead" : "my_data_visit_lead"]
        visit = content.asker.visit.map { contact in
            Visit(
                sentence: words[
                    "my_data_visit", ["until": contact.visitEndsAt?.text ?? ""]],
                head: context.formHead(.myLeave))
        }
        copies = Copies(head: context.formHead(.myCopy))
        consents = Consents(
            head: context.formHead(.myConsents),
            purposes: catalogue.consentPurposes.map {
                MyDataPage.consent($0, content.consents[$0.id], words)
            })
        ask = MyDataPage.ask(state, context, words)
        requests = Listed(
            content.requests.map { MyDataPage.line($0, today, RightsClock(catalogue), words) })
        parts = content.data.parts.map { MyDataPage.part($0, catalogue, words) }
        isEmpty = parts.isEmpty
    }

    var summary: FaultSummary? { ask.summary }

    private static func consent(
        _ purpose: Purpose, _ newest: Consent?, _ words: Words
    ) -> Consents.Line {
        let standing = Consent.standing(newest, purpose)
        let language = words.language
        let state =
            standing == .none
            ? words["consent_none"]
            : words["consent_\(standing.rawValue)", ["at": newest?.at.text ?? ""]]
        return Consents.Line(
            id: purpose.id, name: purpose.name[language], what: purpose.what[language],
            ground: purpose.ground[language], receivers: purpose.receivers[language],
            state: state,
            // Not to consent is a choice, and wears no colour.
            tag: standing == .given ? "tag-good" : standing == .outdated ? "tag-warn" : "",
            act: standing == .given ? Consent.Act.withdrawn.rawValue : Consent.Act.given.rawValue,
            button: words[standing == .given ? "consent_withdraw" : "consent_give"],
            isSeparate: purpose.isSeparate)
    }

    private static func ask(
        _ state: FormState, _ context: AppContext, _ words: Words
    ) -> FormSheet {
        FormSheet(
            context.formHead(.myRequests, keeping: state.form), state,
            [
                state.choice(
                    "kind", words["right_kind"],
                    options: words.options(RightsRequest.Kind.allCases, "right"),
                    isRequired: true),
                state.lines(
                    "words", words["right_words"], isRequired: true,
                    help: words["right_words_help"]),
            ], note: words["my_data_ask_text"], submit: words["right_ask_go"])
    }

    static func line(
        _ request: RightsRequest, _ today: Day, _ clock: RightsClock, _ words: Words
    ) -> Line {
        let isOverdue = request.isOverdue(on: today)
        let ground = request.ground.map { words["ground_\($0.rawValue)"] }
        let answer = [ground, request.reason].compactMap { $0 }.joined(separator: " — ")
        return Line(
            kind: words["right_\(request.kind.rawValue)"], asked: request.askedAt.text,
            due: clock.written(request)[words.language],
            state: words["right_state_\(request.state.rawValue)"]
                + (isOverdue ? " · " + words["right_overdue"] : ""),
            tag: isOverdue ? "tag-warn" : request.state == .done ? "tag-good" : "tag-seal",
            answer: answer.isEmpty ? nil : answer)
    }

    private static func part(
        _ part: HeldData.Part, _ catalogue: Catalogue, _ words: Words
    ) -> Part {
        let language = words.language
        // What a row itself names is its reason as well.
        var entries = part.entries
        if let column = part.columns.firstIndex(of: "entry") {
            entries += Set(part.rows.map { $0[column] }).subtracting(entries).sorted()
        }
        return Part(
            name: words["held_\(part.id)"],
            reasons: entries.compactMap { id in
                catalogue.register[id].map { entry in
                    Reason(
                        what: entry.what[language],
                        href: Link("", .registerEntries, at: id).href,
                        purpose: entry.purpose[language], basis: entry.basis[language],
                        kept: entry.retention[language])
                }
            },
            columns: part.columns.map { words["held_column_\($0)"] },
            rows: part.rows.map { row in
                Row(
                    cells: zip(part.columns, row).map { column, value in
                        shown(value, column, part.id, catalogue, words)
                    })
            },
            more: part.hasMore
                ? words["held_more", ["count": String(RightsLimits.rowsOnPage)]] : nil)
    }

    /// Words instead of the program's own marks, where there are any.
    private static func shown(
        _ value: String, _ column: String, _ part: String, _ catalogue: Catalogue, _ words: Words
    ) -> String {
        if value.isEmpty { return "–" }
        let language = words.language
        switch (part, column) {
        case (_, "entry"): return catalogue.register[value]?.what[language] ?? value
        case ("request", "kind"): return words["right_\(value)"]
        case ("request", "state"): return words["right_state_\(value)"]
        case ("request", "ground"): return words["ground_\(value)"]
        case ("consent", "act"): return words["consent_act_\(value)"]
        case ("message", "event"): return words["message_\(value)"]
        case (_, "channel"): return words["channel_\(value)"]
        case ("contact", "verified"): return words["proof_\(value)"]
        case ("view", "role"):
            return catalogue.roles[value]?.name[language] ?? words["view_\(value)"]
        case ("grant", "role"): return catalogue.roles[value]?.name[language] ?? value
        case (_, "kind"): return catalogue.kinds[value]?.name[language] ?? value
        case ("entered", "what"): return words["audit_\(value.replacing(".", with: "_"))"]
        case ("submission", "address"): return String(value.prefix { $0 != "?" })
        default: return value
        }
    }
}
