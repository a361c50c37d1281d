import Core
import Organization
import Storage

/// Every statement on what units need hands for.
struct NeedStore {
    let db: Connection

    init(_ db: Connection) { self.db = db }

    func insert(_ need: VolunteerNeed, by actor: Actor, at moment: Moment) throws {
        try db.execute(
            """
            INSERT INTO volunteer_need (id, unit_id, title, place, skill, held_on, starts_at,
                minutes, hands, made_by, made_at)
            VALUES (\(need.id), \(need.unit), \(need.title), \(need.place),
                \(need.skill.rawValue), \(need.heldOn), \(need.startsAt), \(need.minutes),
                \(need.hands), \(actor.name), \(moment))
            """)
    }

    func find(_ id: VolunteerNeed.ID) throws -> VolunteerNeed? {
        try db.first("SELECT * FROM volunteer_need WHERE id = \(id)").map(VolunteerNeed.init)
    }

    /// Keeps everybody else out of a need until this commit, on either engine.
    func hold(_ id: VolunteerNeed.ID) throws {
        try db.execute("UPDATE volunteer_need SET hands = hands WHERE id = \(id)")
    }

    func end(_ id: VolunteerNeed.ID, for reason: String) throws {
        try db.execute("UPDATE volunteer_need SET ended_for = \(reason) WHERE id = \(id)")
    }

    /// What hands are looked for, the nearest day first.
    func open(on day: Day) throws -> [VolunteerNeed] {
        try db.rows(
            """
            SELECT * FROM volunteer_need WHERE held_on >= \(day) AND ended_for IS NULL
            ORDER BY held_on, id LIMIT \(VolunteerLimits.listed)
            """
        ).map(VolunteerNeed.init)
    }

    /// Needs of some units whose day has come and where hours of somebody wait for the organizer.
    ///
    /// - Parameter units: a query of one column.
    func unconfirmed(in units: SQL, on day: Day) throws -> [VolunteerNeed] {
        try db.rows(
            """
            SELECT * FROM volunteer_need n
            WHERE n.held_on <= \(day) AND n.ended_for IS NULL AND n.unit_id IN (\(units))
                AND EXISTS (SELECT 1 FROM volunteer_sign_up s
                    WHERE s.need_id = n.id AND s.state = 'taken' AND s.organizer_minutes IS NULL)
            ORDER BY n.held_on, n.id LIMIT \(VolunteerLimits.listed)
            """
        ).map(VolunteerNeed.init)
    }

    /// How many hands each of some needs has.
    func taken(_ needs: [VolunteerNeed.ID]) throws -> [VolunteerNeed.ID: Int] {
        guard !needs.isEmpty else { return [:] }
        let rows = try db.rows(
            """
            SELECT need_id, COUNT(*) AS taken FROM volunteer_sign_up
            WHERE need_id IN (\(values: needs)) AND state = 'taken' GROUP BY need_id
            """)
        return Dictionary(
            uniqueKeysWithValues: try rows.map { (try $0.get("need_id"), try $0.get("taken")) })
    }
}
