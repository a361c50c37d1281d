import Core
import Storage

/// What somebody decided about their data that a copy of the database put back must learn of: a
/// restriction, its lifting, or a consent withdrawn. Codes only.
struct Decision: Sendable, Hashable {
    enum Act: String, Sendable { case restricted, unrestricted, withdrawn }

    let act: Act
    /// The person's, or that of the row of the consent.
    let id: String
    let at: Moment
    /// Of a withdrawal: person, account, contact, purpose, version, channel and who recorded it.
    let values: [String]

    init(_ act: Act, _ id: String, at moment: Moment, _ values: [String] = []) {
        self.act = act
        self.id = id
        at = moment
        self.values = values.map { $0.replacing("\t", with: " ").replacing("\n", with: " ") }
    }

    /// Reads what `columns` wrote; nil for anything else.
    init?(_ columns: [String]) {
        guard columns.count >= 3, let act = Act(rawValue: columns[0]),
            let milliseconds = Int64(columns[2]),
            columns.count == 3 + (act == .withdrawn ? Decision.valueCount : 0)
        else { return nil }
        self.init(
            act, columns[1], at: Moment(milliseconds: milliseconds), Array(columns.dropFirst(3)))
    }

    var columns: [String] { [act.rawValue, id, String(at.milliseconds)] + values }

    private static let valueCount = 7
}

/// Every statement that reads decisions from the database and repeats those it does not know of.
struct DecisionStore {
    let db: Connection
    let key: AuditKey

    /// What the database knows: who is restricted, and every consent withdrawn.
    func all() throws -> [Decision] {
        var decisions: [Decision] = []
        try db.each(
            "SELECT id, restricted_at FROM person WHERE restricted_at IS NOT NULL ORDER BY id"
        ) { row in
            decisions.append(Decision(.restricted, try row.at(0), at: try row.at(1)))
        }
        return decisions + (try withdrawals("1 = 1"))
    }

    /// The consents that somebody withdrew at this moment.
    func withdrawals(of subject: DataSubject, at moment: Moment) throws -> [Decision] {
        try withdrawals("\(subject.condition("c")) AND c.recorded_at = \(moment)")
    }

    private func withdrawals(_ condition: SQL) throws -> [Decision] {
        var decisions: [Decision] = []
        try db.each(
            """
            SELECT c.id, c.person_id, c.account_id, c.contact_id, c.purpose, c.version, c.channel,
                c.recorded_at, c.recorded_by
            FROM consent c WHERE c.act = 'withdrawn' AND \(condition) ORDER BY c.id
            """
        ) { row in
            decisions.append(
                Decision(
                    .withdrawn, try row.get("id"), at: try row.get("recorded_at"),
                    [
                        try row.optional("person_id") ?? "", try row.optional("account_id") ?? "",
                        try row.optional("contact_id") ?? "", try row.get("purpose"),
                        try row.get("version"), try row.get("channel"),
                        try row.get("recorded_by"),
                    ]))
        }
        return decisions
    }

    /// Those of the file that the database does not know of: of each person's restrictions the
    /// last word counts.
    func missing(_ noted: [Decision]) throws -> [Decision] {
        var last: [String: Decision] = [:]
        for decision in noted { last[decision.id] = decision }
        return try noted.filter { decision in
            guard last[decision.id] == decision else { return false }
            if decision.act == .withdrawn {
                return try db.value(
                    "SELECT 1 FROM consent WHERE id = \(decision.id)", as: Int.self) == nil
                    && holders(decision).contains { $0 != nil }
            }
            let isRestricted = try db.value(
                """
                SELECT CASE WHEN restricted_at IS NULL THEN 0 ELSE 1 END FROM person
                WHERE id = \(decision.id)
                """, as: Int.self)
            return isRestricted == (decision.act == .restricted ? 0 : 1)
        }
    }

    func apply(_ decision: Decision, by actor: Actor, at moment: Moment) throws {
        switch decision.act {
        case .restricted, .unrestricted:
            let since = decision.act == .restricted ? decision.at : nil
            try db.execute(
                "UPDATE person SET restricted_at = \(since) WHERE id = \(decision.id)")
            try Audit(db, key: key).record(
                "person.\(decision.act.rawValue)", decision.id, by: actor, at: moment,
                quietly: true)
        case .withdrawn:
            let whose = try holders(decision)
            let said = decision.values
            try db.execute(
                """
                INSERT INTO consent (id, person_id, account_id, contact_id, purpose, version, act,
                    channel, recorded_at, recorded_by)
                VALUES (\(decision.id), \(whose[0]), \(whose[1]), \(whose[2]), \(said[3]),
                    \(said[4]), 'withdrawn', \(said[5]), \(decision.at), \(said[6]))
                """)
            try Audit(db, key: key).record(
                "consent.withdrawn", decision.id, by: actor, at: moment, quietly: true)
        }
    }

    /// Person, account and contact of a withdrawal; a person whom the copy does not hold is nobody.
    private func holders(_ decision: Decision) throws -> [String?] {
        let person = try db.value(
            "SELECT id FROM person WHERE id = \(decision.values[0])", as: String.self)
        let (account, contact) = (decision.values[1], decision.values[2])
        return [person, account.isEmpty ? nil : account, contact.isEmpty ? nil : contact]
    }
}
