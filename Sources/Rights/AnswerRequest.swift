import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// POST /rights/requests/:id/steps. For who answers requests in its unit: takes the request one
/// step further, and does what was asked when it is granted.
struct AnswerRequest: Sendable {
    let app: Services
    let folder: RightsFolder

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: RightsRequest.self)
        return try await app.mending(form, context) {
            try await answer(id, try Answer(form), context)
            return app.site.redirect(
                to: Address.rightsRequest(id).with("done", "right_answered"))
        } again: {
            try await ShowRequest(app: app).show(context, answering: $0)
        }
    }

    private struct Answer: Sendable {
        let next: RightsRequest.State
        let ground: RightsRequest.Ground?
        let reason: String?
        let name: String?

        /// The longest name of a person, in characters.
        private static let nameCharacters = 60

        init(_ form: Form) throws(Refusal) {
            var reader = FormReader(form)
            let next = reader.choice(
                "state", as: RightsRequest.State.self,
                missing: Wording(zh: "请选择下一步。", en: "Choose the next step."))
            ground = reader.optional("ground").flatMap(RightsRequest.Ground.init)
            reason = reader.optionalLines("reason", upTo: Limit.words)
            name = reader.optional("name", upTo: Self.nameCharacters)
            try reader.check()
            self.next = next ?? .received
        }
    }

    private func answer(
        _ id: RightsRequest.ID, _ answer: Answer, _ context: AppContext
    ) async throws {
        let district = app.district
        let (moment, actor) = (district.now(), context.actor)
        let eraser = Eraser(district, folder: folder)
        let erasure = try await district.database.write { [app] db -> Erasure? in
            let store = RightsRequestStore(db, key: district.key)
            guard var found = try store.find(id, in: try app.units(context, db)) else {
                throw Refusal.notFound
            }
            guard found.subject.account != actor.name else {
                throw Refusal.conflict(
                    zh: "自己的请求须由他人答复。", en: "Somebody else answers a request of yours.")
            }
            let earlier = found.state
            try found.take(answer.next, ground: answer.ground, reason: answer.reason, at: moment)
            try store.update(found, was: earlier, by: actor)
            guard answer.next == .done else { return nil }
            let subject = try Self.whole(found.subject, db)
            switch found.kind {
            case .copy: return nil
            case .correct:
                if let name = answer.name, let person = subject.person {
                    try db.execute(
                        """
                        UPDATE person SET name = \(name), sort_name = \(sortName(name))
                        WHERE id = \(person) AND erased_at IS NULL
                        """)
                    try PersonStore(db: db).seal([person])
                    try Audit(db, key: district.key).record(
                        "person.corrected", person, by: actor, at: moment, quietly: true)
                }
                return nil
            case .restrict, .object:
                try Restriction(db, key: district.key).begin(subject, by: actor, at: moment)
                try eraser.note(
                    subject.persons.map { Decision(.restricted, $0, at: moment) })
                return nil
            case .erase:
                // In the same commit as the answer, so that none says what was not done.
                let given = district.catalogue.consentPurposes.flatMap(\.entries)
                return try eraser.erase(
                    subject, entries: Set(given), request: id.text, by: actor, db
                ).erasure
            }
        }
        if let erasure { try eraser.finish(erasure) }
    }

    /// The subject with everything that was joined to his entry, and with what his record was
    /// corrected to, since he asked.
    static func whole(_ subject: DataSubject, _ db: Connection) throws -> DataSubject {
        var whole = subject
        if let person = subject.person { whole.persons = try DataSubject.entries(of: person, db) }
        if let record = subject.records.first {
            whole.records = try DataSubject.records(of: record, db)
        }
        return whole
    }
}
