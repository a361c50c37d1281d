import Core
import Organization
import Storage
import Web

/// Every statement on requests and their steps.
package struct RightsRequestStore {
    private let db: Connection
    private let key: AuditKey

    package init(_ db: Connection, key: AuditKey) {
        self.db = db
        self.key = key
    }

    /// Takes a request in, with its first step and its audit row.
    package func insert(_ request: RightsRequest, by actor: Actor) throws {
        let subject = request.subject
        try db.execute(
            """
            INSERT INTO rights_request (id, kind, words, person_id, account_id, contact_id,
                record_id, unit_id, channel, asked_at, due_on, state, changed_at, changed_by)
            VALUES (\(request.id), \(request.kind), \(request.words), \(subject.person),
                \(subject.account), \(subject.contact), \(subject.records.first), \(request.unit),
                \(request.channel), \(request.askedAt), \(request.dueOn), \(request.state),
                \(request.askedAt), \(actor.name))
            """)
        try step(request, by: actor)
        try Audit(db, key: key).record(
            "rights.received", request.id.text, by: actor, at: request.changedAt, quietly: true)
    }

    /// Writes the newest state. Whoever read an older one is told so.
    ///
    /// - Parameter access: what whoever answers may do now.
    package func update(
        _ request: RightsRequest, was earlier: RightsRequest.State, access: Access? = nil,
        by actor: Actor
    ) throws {
        let values: SQL = """
            state = \(request.state), reason_code = \(request.ground), reason = \(request.reason),
            changed_at = \(request.changedAt), changed_by = \(actor.name)
            """
        let isTaken = try TransitionStore<RightsRequest>(db, key: key).take(
            request.id, from: earlier, to: request.state, setting: values, access: access,
            by: actor, at: request.changedAt)
        guard isTaken else {
            throw Refusal.conflict(
                zh: "这项请求刚被他人处理，请重新查看。",
                en: "Somebody else has just dealt with this request: look at it again.")
        }
        try step(request, by: actor)
    }

    private func step(_ request: RightsRequest, by actor: Actor) throws {
        let id = ID<RightsRequest>.make().text
        try db.execute(
            """
            INSERT INTO rights_step (id, request_id, state, reason_code, reason, taken_at, taken_by)
            VALUES (\(id), \(request.id), \(request.state), \(request.ground), \(request.reason),
                \(request.changedAt), \(actor.name))
            """)
    }

    /// Requests that wait for their answer, past `id`.
    func open(after id: String, limit: Int) throws -> [RightsRequest] {
        try db.rows(
            """
            SELECT * FROM rights_request q
            WHERE q.state IN ('received', 'in_work') AND q.id > \(id)
            ORDER BY q.id LIMIT \(limit)
            """
        ).map(RightsRequest.init)
    }

    /// Moves the day of an open request, and keeps the one that was told first; false where it was
    /// answered or moved meanwhile.
    func move(_ request: RightsRequest, to day: Day, at moment: Moment) throws -> Bool {
        let changed = try db.execute(
            """
            UPDATE rights_request SET due_on = \(day), due_was = COALESCE(due_was, due_on)
            WHERE id = \(request.id) AND due_on = \(request.dueOn)
                AND state IN ('received', 'in_work')
            """)
        guard changed == 1 else { return false }
        try Audit(db, key: key).record(
            "rights.moved", request.id.text, by: Self.clock, at: moment, quietly: true)
        return true
    }

    /// The actor that the audit names.
    private static let clock = Actor(name: "deadlines", standing: .system)

    /// A request that stands in one of these units.
    package func find(_ id: RightsRequest.ID, in units: Set<OrgUnit.ID>) throws -> RightsRequest? {
        try db.first(
            """
            SELECT * FROM rights_request q
            WHERE q.id = \(id) AND q.unit_id IN (\(values: units.sorted()))
            """
        ).map(RightsRequest.init)
    }

    /// What one asker has asked, newest first.
    package func list(_ subject: DataSubject, limit: Int) throws -> [RightsRequest] {
        try db.rows(
            """
            SELECT * FROM rights_request q WHERE \(subject.condition("q"))
            ORDER BY q.id DESC LIMIT \(limit)
            """
        ).map(RightsRequest.init)
    }

    /// Whether the same is asked already, in the same words, and waits for its answer.
    func isAsked(
        _ kind: RightsRequest.Kind, _ words: String, _ subject: DataSubject
    ) throws -> Bool {
        try db.value(
            """
            SELECT 1 FROM rights_request q
            WHERE \(subject.condition("q")) AND q.kind = \(kind) AND q.words = \(words)
                AND q.state IN ('received', 'in_work') LIMIT 1
            """, as: Int.self) != nil
    }

    package func openCount(_ subject: DataSubject) throws -> Int {
        try db.value(
            """
            SELECT COUNT(*) FROM rights_request q
            WHERE \(subject.condition("q")) AND q.state IN ('received', 'in_work')
            """, as: Int.self) ?? 0
    }

    /// A page of the requests in these units, and one more: the open ones by the day they are due,
    /// or the answered ones, the newest first.
    package func list(
        in units: Set<OrgUnit.ID>, closed: Bool, _ keyset: Keyset
    ) throws -> [RightsRequest] {
        let states: SQL = closed ? "'done', 'refused'" : "'received', 'in_work'"
        let sorting: SQL = closed ? "q.changed_at DESC, q.id" : "q.due_on, q.id"
        var after: SQL = ""
        if let parts = keyset.after?.parts {
            let (value, id) = (parts[0], parts[1])
            let moment = Int(value) ?? 0
            after =
                closed
                ? """
                AND (q.changed_at < \(moment) OR q.changed_at = \(moment) AND q.id > \(id))
                """
                : "AND (q.due_on > \(value) OR q.due_on = \(value) AND q.id > \(id))"
        }
        return try db.rows(
            """
            SELECT * FROM rights_request q
            WHERE q.state IN (\(states)) AND q.unit_id IN (\(values: units.sorted())) \(after)
            ORDER BY \(sorting) LIMIT \(keyset.fetch)
            """
        ).map(RightsRequest.init)
    }

    /// Where a request stands in that list.
    package static func place(_ request: RightsRequest, _ closed: Bool) -> [String] {
        let first =
            closed ? String(request.changedAt.milliseconds) : request.dueOn.description
        return [first, request.id.text]
    }

    /// What was done about a request, and when.
    package func steps(_ id: RightsRequest.ID) throws -> [(
        state: RightsRequest.State, at: Moment, by: String, reason: String?
    )] {
        try db.rows(
            """
            SELECT state, taken_at, taken_by, reason FROM rights_step
            WHERE request_id = \(id) ORDER BY id LIMIT 100
            """
        ).map { (try $0.at(0), try $0.at(1), try $0.at(2), try $0.optionalAt(3)) }
    }
}
