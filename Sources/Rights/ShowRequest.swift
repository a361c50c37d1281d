import Accounts
import Core
import Hummingbird
import Organization
import Storage
import Web

/// GET /rights/requests/:id. For who answers requests in its unit: what is asked and by whom, and
/// what was done. The look itself is entered where the person can read it: once for each who looks
/// and
/// each day, however often they open the page, and before anything is shown.
struct ShowRequest: Sendable {
    let desk: RightsDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        // HEAD shows nothing, so there is no look.
        request.method == .head
            ? try await page(context, form: nil, faults: [])
            : try await show(context, form: nil, faults: [])
    }

    func show(_ context: AppContext, form: Form?, faults: [Fault]) async throws -> Response {
        try await enterLook(context)
        return try await page(context, form: form, faults: faults)
    }

    private func enterLook(_ context: AppContext) async throws {
        let id = try context.id("id", of: RightsRequest.self)
        let district = desk.district
        let (moment, actor) = (district.now(), context.actor)
        let look: @Sendable (Connection) throws -> Look? = { [desk] db in
            guard
                let found = try RightsRequestStore(db, key: district.key)
                    .find(id, in: try desk.units(context, db))
            else { throw Refusal.notFound }
            func reason(_ words: Words) -> String {
                words["view_request", ["kind": words["right_\(found.kind.rawValue)"]]]
            }
            let isKnown = try DataViewStore(db, key: district.key).isRecorded(
                found.subject, reasons: Language.allCases.map { reason(desk.site.terms.words($0)) },
                by: actor, since: moment.day.start)
            return isKnown
                ? nil : Look(subject: found.subject, reason: reason(desk.site.words(context)))
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
        _ context: AppContext, form: Form?, faults: [Fault]
    ) async throws -> Response {
        let id = try context.id("id", of: RightsRequest.self)
        let district = desk.district
        let words = desk.site.words(context)
        let moment = district.now()
        let page = try await district.database.read { [desk] db in
            let store = RightsRequestStore(db, key: district.key)
            guard let found = try store.find(id, in: try desk.units(context, db)) else {
                throw Refusal.notFound
            }
            let steps = try store.steps(id)
            let names = try AccountStore(db).names(steps.map(\.by))
            return RequestPage(
                found, about: try Self.name(of: found.subject, db, words),
                isRestricted: try Self.isRestricted(found.subject, db),
                steps: steps.map { step in
                    RequestPage.Step(
                        state: words["right_state_\(step.state.rawValue)"], at: step.at.text,
                        by: names[step.by] ?? words["right_by_asker"], reason: step.reason)
                }, today: moment.day,
                clock: RightsClock(district.catalogue), form: form, faults: faults, context, words)
        }
        return desk.unkept(
            desk.site.show(
                page, context, trail: [Link(words["nav_rights"], .rightsRequests)],
                status: faults.isEmpty ? .ok : .unprocessableContent))
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
    let hint: String
    let steps: [Step]
    let summary: FaultSummary?
    let answering: Answer?
    let lifting: Lifting?

    /// One thing that was done.
    struct Step: Sendable {
        let state: String
        let at: String
        let by: String
        let reason: String?
    }

    /// The form of the next step.
    struct Answer: Sendable {
        let head: FormHead
        let state: FormChoice
        let ground: FormChoice
        let reason: FormText
        let name: FormField?
    }

    /// The form that lifts a restriction.
    struct Lifting: Sendable {
        let head: FormHead
        let why: FormField
    }

    init(
        _ request: RightsRequest, about: String, isRestricted: Bool, steps: [Step], today: Day,
        clock: RightsClock,
        form: Form?, faults: [Fault], _ context: AppContext, _ words: Words
    ) {
        func sentences(_ place: String) -> [String] {
            faults.filter { $0.place == place }.map { $0.words[words.language] }
        }
        func sent(_ name: String) -> String { form?.all(name).first ?? "" }
        func isFirst(_ place: String) -> Bool { faults.first?.place == place }
        title = words["right_\(request.kind.rawValue)"]
        self.about = about
        said = request.words
        line = MyDataPage.line(request, today, clock, words)
        channel = words["channel_\(request.channel.rawValue)"]
        hint =
            request.restrictsNothing
            ? words["right_hint_nothing"] : words["right_hint_\(request.kind.rawValue)"]
        self.steps = steps
        summary = FaultSummary(
            faults.map { (name: $0.place, sentence: $0.words[words.language]) })
        let next = RightsRequest.State.allCases.filter { $0 != .received && $0 != request.state }
        answering =
            request.state.isClosed
            ? nil
            : Answer(
                head: context.formHead(.rightsSteps(request.id), keeping: form),
                state: FormChoice(
                    "state", words["right_next"], chosen: sent("state"),
                    options: [("", words["right_choose"])]
                        + next.map { ($0.rawValue, words["right_state_\($0.rawValue)"]) },
                    isRequired: true, faults: sentences("state"), isFirst: isFirst("state")),
                ground: FormChoice(
                    "ground", words["right_ground"], chosen: sent("ground"),
                    options: [("", words["right_ground_none"])]
                        + RightsRequest.Ground.allCases.map {
                            ($0.rawValue, words["ground_\($0.rawValue)"])
                        }, faults: sentences("ground"), isFirst: isFirst("ground")),
                reason: FormText(
                    "reason", words["right_reason"], value: sent("reason"),
                    help: words["right_reason_help"], faults: sentences("reason"),
                    isFirst: isFirst("reason")),
                name: request.kind == .correct && request.subject.person != nil
                    ? FormField(
                        "name", words["right_new_name"], value: sent("name"),
                        help: words["right_new_name_help"], faults: sentences("name"),
                        isFirst: isFirst("name"), autocomplete: "off") : nil)
        lifting =
            isRestricted
            ? Lifting(
                head: context.formHead(.rightsLifting(request.id), keeping: form),
                why: FormField(
                    "why", words["right_lift_why"], value: sent("why"), isRequired: true,
                    faults: sentences("why"), isFirst: isFirst("why"))) : nil
    }
}
