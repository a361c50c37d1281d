import Core
import Hummingbird
import Storage
import Web

/// A person's data that may be kept and not used: no name of his is shown or found anywhere, and
/// nothing private of records about him.
struct Restriction {
    private let db: Connection
    private let key: AuditKey

    init(_ db: Connection, key: AuditKey) {
        self.db = db
        self.key = key
    }

    func begin(_ subject: DataSubject, by actor: Actor, at moment: Moment) throws {
        try db.execute(
            """
            UPDATE person SET restricted_at = \(moment)
            WHERE id IN (\(values: subject.persons)) AND restricted_at IS NULL
            """)
        for person in subject.persons {
            try Audit(db, key: key).record(
                "person.restricted", person, by: actor, at: moment, quietly: true)
        }
    }

    func end(_ subject: DataSubject, because reason: String, by actor: Actor, at moment: Moment)
        throws
    {
        try db.execute(
            "UPDATE person SET restricted_at = NULL WHERE id IN (\(values: subject.persons))")
        for person in subject.persons {
            try Audit(db, key: key).record(
                "person.unrestricted", person, by: actor, at: moment,
                evidence: Fingerprint([reason]).text, quietly: true)
        }
    }
}

/// POST /rights/requests/:id/lifting. For who answers requests in its unit: ends a restriction, and
/// says why.
struct LiftRestriction: Sendable {
    let desk: RightsDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: RightsRequest.self)
        let district = desk.district
        let (moment, actor) = (district.now(), context.actor)
        do {
            guard let reason = try form.text("why") else {
                throw Refusal.invalid("why", zh: "请写明理由。", en: "Say why.")
            }
            try await district.database.write { [desk] db in
                let store = RightsRequestStore(db, key: district.key)
                guard let found = try store.find(id, in: try desk.units(context, db)) else {
                    throw Refusal.notFound
                }
                let subject = try AnswerRequest.whole(found.subject, db)
                try Restriction(db, key: district.key).end(
                    subject, because: reason, by: actor, at: moment)
                try Eraser(district, folder: desk.folder).note(
                    subject.persons.map { Decision(.unrestricted, $0, at: moment) })
                // The reason stands where the person reads it.
                try DataViewStore(db, key: district.key).record(
                    subject, role: "restriction_lifted", reason: reason, by: actor, at: moment)
            }
        } catch Refusal.invalid(let faults) {
            return try await ShowRequest(desk: desk).show(context, form: form, faults: faults)
        }
        return desk.site.redirect(to: Address.rightsRequest(id).with("done", "right_lifted"))
    }
}
