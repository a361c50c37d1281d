import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /rights/requests/:id. For anyone who answers requests in its unit: what is asked and by
/// whom, and what was done. The look itself is entered where the person can read it: once for each
/// who looks and each day, however often they open the page, and before anything is shown.
struct ShowRequest: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        // HEAD shows nothing, so there is no look.
        request.method == .head
            ? try await page(context) : try await show(context)
    }

    /// The page, or the page again with what is wrong with one of its forms.
    func show(
        _ context: AppContext, answering: FormState? = nil, lifting: FormState? = nil
    ) async throws -> Response {
        try await enterLook(context)
        return try await page(context, answering: answering, lifting: lifting)
    }

    private func enterLook(_ context: AppContext) async throws {
        let id = try context.id("id", of: RightsRequest.self)
        let district = app.district
        let (moment, actor) = (district.now(), context.actor)
        let look: @Sendable (Connection) throws -> Look? = { [app] db in
            guard
                let found = try RightsRequestStore(db, key: district.key)
                    .find(id, in: try app.units(context, db))
            else { throw Refusal.notFound }
            func reason(_ words: Words) -> String {
                words["view_request", ["kind": words["right_\(found.kind.rawValue)"]]]
            }
            let isKnown = try DataViewStore(db, key: district.key).isRecorded(
                found.subject, reasons: Language.allCases.map { reason(app.site.terms.words($0)) },
                by: actor, since: moment.day.start)
            return isKnown
                ? nil : Look(subject: found.subject, reason: reason(app.site.words(context)))
        }
        guard try await district.database.read({ try look($0) }) != nil else { return }
        let role = context.reader.access.holdings.first { $0.right == .rights }?.role ?? "rights"
        try await district.database.write { db in
            // Two pages opened at once are one look.
            guard let look = try look(db) else { return }
            try DataViewStore(db, key: district.key).record(
                look.subject, role: role, reason: look.reason, by: actor, at: moment)
        }
    }

    private struct Look: Sendable {
        let subject: DataSubject
        let reason: String
    }

    private func page(
        _ context: AppContext, answering: FormState? = nil, lifting: FormState? = nil
    ) async throws -> Response {
        let id = try context.id("id", of: RightsRequest.self)
        let district = app.district
        let words = app.site.words(context)
        let moment = district.now()
        let page = try await district.database.read { [app] db in
            let store = RightsRequestStore(db, key: district.key)
            guard let found = try store.find(id, in: try app.units(context, db)) else {
                throw Refusal.notFound
            }
            let steps = try store.steps(id)
            let names = try AccountStore(db).names(steps.map(\.by))
            let content = RequestPage.Content(
                request: found, about: try Self.name(of: found.subject, db, words),
                isRestricted: try Self.isRestricted(found.subject, db),
                line: MyDataPage.line(
                    found, moment.day, RightsClock(district.catalogue), words),
                steps: steps.map { step in
                    RequestPage.Step(
                        state: words["right_state_\(step.state.rawValue)"], at: step.at.text,
                        by: names[step.by] ?? words["right_by_asker"], reason: step.reason)
                })
            return RequestPage(
                content, answering: answering ?? FormState(context),
                lifting: lifting ?? FormState(context), context, words)
        }
        return app.site.show(
            page, context, trail: [Link(words["nav_rights"], .rightsRequests)],
            status: (answering ?? lifting)?.status ?? .ok
        ).unkept
    }

    private static func name(
        of subject: DataSubject, _ db: Connection, _ words: Words
    ) throws -> String {
        if let person = subject.person,
            let row = try db.first("SELECT name, number FROM person WHERE id = \(person)")
        {
            return [try row.at(0), try row.optionalAt(1, as: String.self)].compactMap { $0 }
                .joined(separator: " · ")
        }
        if let account = subject.account {
            return try AccountStore(db).names([account])[account] ?? "–"
        }
        return words["right_by_contact", ["record": subject.records.first ?? "–"]]
    }

    private static func isRestricted(_ subject: DataSubject, _ db: Connection) throws -> Bool {
        try db.value(
            """
            SELECT 1 FROM person
            WHERE id IN (\(values: subject.persons)) AND restricted_at IS NOT NULL LIMIT 1
            """, as: Int.self) != nil
    }
}

/// One request, with the form that answers it.
struct RequestPage: Page {
    static let template = "rights/request"

    let title: String
    let about: String
    let said: String
    let line: MyDataPage.Line
    let channel: String
    let steps: [Step]
    /// The form of the next step.
    let answering: FormSheet?
    /// The form that lifts a restriction.
    let lifting: FormSheet?

    /// One thing that was done.
    struct Step: Sendable {
        let state: String
        let at: String
        let by: String
        let reason: String?
    }

    /// What a snapshot says of it.
    struct Content {
        let request: RightsRequest
        /// What whoever it is about is called.
        let about: String
        let isRestricted: Bool
        let line: MyDataPage.Line
        let steps: [Step]
    }

    init(
        _ content: Content, answering: FormState, lifting: FormState, _ context: AppContext,
        _ words: Words
    ) {
        let request = content.request
        title = words["right_\(request.kind.rawValue)"]
        about = content.about
        said = request.words
        line = content.line
        channel = words["channel_\(request.channel.rawValue)"]
        steps = content.steps
        self.answering =
            request.state.isClosed
            ? nil
            : FormSheet(
                context.formHead(.rightsSteps(request.id), keeping: answering.form), answering,
                Self.fields(request, answering, words),
                note: words[
                    request.restrictsNothing
                        ? "right_hint_nothing" : "right_hint_\(request.kind.rawValue)"],
                submit: words["right_answer_go"])
        self.lifting =
            content.isRestricted
            ? FormSheet(
                context.formHead(.rightsLifting(request.id), keeping: lifting.form), lifting,
                [lifting.line("why", words["right_lift_why"], isRequired: true)],
                submit: words["right_lift_go"]) : nil
    }

    var summary: FaultSummary? { answering?.summary ?? lifting?.summary }

    private static func fields(
        _ request: RightsRequest, _ state: FormState, _ words: Words
    ) -> [FormPart] {
        let next = RightsRequest.next(after: request.state)
        let hasName = request.kind == .correct && request.subject.person != nil
        return [
            state.choice(
                "state", words["right_next"],
                options: words.options(next, "right_state", none: "right_choose"),
                isRequired: true),
            state.choice(
                "ground", words["right_ground"],
                options: words.options(
                    RightsRequest.RefusalReason.allCases, "ground", none: "right_ground_none")),
            state.lines("reason", words["right_reason"], help: words["right_reason_help"]),
        ]
            + (hasName
                ? [state.line("name", words["right_new_name"], help: words["right_new_name_help"])]
                : [])
    }
}
