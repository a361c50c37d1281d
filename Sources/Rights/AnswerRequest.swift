import Catalogue
import Core
import Hummingbird
import Organization
import Storage
import Web

/// POST /rights/requests/:id/steps. For who answers requests in its unit: takes the request one
/// step further, and does what was asked when it is granted.
struct AnswerRequest: Sendable {
    let desk: RightsDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: RightsRequest.self)
        do {
            let next = try form.text("state").flatMap(RightsRequest.State.init)
            let ground = try form.text("ground").flatMap(RightsRequest.Ground.init)
            let reason = try form.lines("reason", upTo: Limit.words)
            let name = try form.text("name", upTo: Self.nameCharacters)
            guard let next else {
                throw Refusal.invalid("state", zh: "请选择下一步。", en: "Choose the next step.")
            }
            try await answer(id, next, ground, reason, name, context)
        } catch Refusal.invalid(let faults) {
            return try await ShowRequest(desk: desk).show(context, form: form, faults: faults)
        }
        return desk.site.redirect(
            to: Address.rightsRequest(id).with("done", "right_answered"))
    }

    /// The longest name of a person, in characters.
    private static let nameCharacters = 60

    private func answer(
        _ id: RightsRequest.ID, _ next: RightsRequest.State, _ ground: RightsRequest.Ground?,
        _ reason: String?, _ name: String?, _ context: AppContext
    ) async throws {
        let district = desk.district
        let (moment, actor) = (district.now(), context.actor)
        let eraser = Eraser(district, folder: desk.folder)
        let erasure = try await district.database.write { [desk] db -> Erasure? in
            let store = RightsRequestStore(db, key: district.key)
            guard var found = try store.find(id, in: try desk.units(context, db)) else {
                throw Refusal.notFound
            }
            guard found.subject.account != actor.name else {
                throw Refusal.conflict(
                    zh: "自己的请求须由他人答复。", en: "Somebody else answers a request of yours.")
            }
            let earlier = found.state
            try found.take(next, ground: ground, reason: reason, at: moment)
            try store.update(found, was: earlier, by: actor)
            guard next == .done else { return nil }
            let subject = try Self.whole(found.subject, db)
            switch found.kind {
            case .copy: return nil
            case .correct:
                if let name, let person = subject.person {
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
