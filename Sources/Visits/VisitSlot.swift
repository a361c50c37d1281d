import Accounts
import Core
import Organization
import Storage

/// Some time of a day in which somebody of a unit receives people or calls on them.
package struct VisitSlot: Sendable, Hashable {
    package typealias ID = Core.ID<VisitSlot>

    /// Offered, taken back, or over with what it came to written down.
    package enum State: String, Sendable { case offered, withdrawn, closed }

    package let id: ID
    /// What was offered with one form.
    package let series: String
    package let unit: OrgUnit.ID
    package let form: String
    package let service: String?
    package let purpose: String?
    package let place: String
    package let placeUnit: OrgUnit.ID?
    package let worker: Account.ID
    package let day: Day
    /// In minutes of the day.
    package let starts: Int
    package let ends: Int
    package let capacity: Int
    package let isOffHours: Bool
    package var state: State

    init(_ row: Row) throws {
        id = try row.get("id")
        series = try row.get("series_id")
        unit = try row.get("unit_id")
        form = try row.get("form")
        service = try row.optional("service")
        purpose = try row.optional("purpose")
        place = try row.get("place")
        placeUnit = try row.optional("place_id")
        worker = try row.get("worker_id")
        day = try row.get("day")
        starts = try row.get("starts")
        ends = try row.get("ends")
        capacity = try row.get("capacity")
        isOffHours = try row.get("off_hours", as: Int.self) == 1
        state = State(rawValue: try row.get("state")) ?? .withdrawn
    }

    init(
        _ offer: VisitOffer, on day: Day, from starts: Int, to ends: Int, series: String
    ) {
        (id, self.series, self.day) = (ID.make(), series, day)
        (self.starts, self.ends) = (starts, ends)
        (unit, form, service) = (offer.unit, offer.form.id, offer.service)
        (purpose, place, placeUnit) = (offer.purpose, offer.place, offer.placeUnit)
        (worker, capacity) = (offer.worker, offer.form.isAtHome ? 1 : offer.capacity)
        isOffHours = offer.isOffHours || offer.form.isOffHours
        state = .offered
    }

    package var begins: Moment {
        Moment(milliseconds: day.start.milliseconds + Int64(starts) * 60_000)
    }

    /// `09:00–09:30`.
    package var time: String { "\(Self.clock(starts))–\(Self.clock(ends))" }

    package static func clock(_ minute: Int) -> String {
        let (hour, minute) = (minute / 60, minute % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}

/// Every statement on hours and on the quarters that they take.
package struct VisitSlotStore {
    private let db: Connection

    package init(_ db: Connection) { self.db = db }

    /// - Throws: `Refusal.conflict` where whoever works then is somewhere else.
    func insert(_ slot: VisitSlot, by actor: Actor, at moment: Moment) throws {
        let (first, end) = (slot.starts / VisitLimits.quarter, slot.ends / VisitLimits.quarter)
        let taken = try db.value(
            """
            SELECT COUNT(*) FROM visit_time WHERE worker_id = \(slot.worker)
                AND day = \(slot.day) AND quarter >= \(first) AND quarter < \(end)
            """, as: Int.self)
        guard taken == 0 else {
            throw Refusal.conflict(
                zh: "\(slot.day)日 \(slot.time) 此人已另有安排，一人不能同时在两处。",
                en: """
                    On \(slot.day), \(slot.time), the same person is somewhere else already: \
                    nobody is in two places.
                    """)
        }
        try db.execute(
            """
            INSERT INTO visit_slot (id, series_id, unit_id, form, service, purpose, place, place_id,
                worker_id, day, starts, ends, capacity, off_hours, state, offered_by, offered_at)
            VALUES (\(slot.id), \(slot.series), \(slot.unit), \(slot.form), \(slot.service),
                \(slot.purpose), \(slot.place), \(slot.placeUnit), \(slot.worker), \(slot.day),
                \(slot.starts), \(slot.ends), \(slot.capacity), \(slot.isOffHours ? 1 : 0),
                \(slot.state.rawValue), \(actor.name), \(moment))
            """)
        for quarter in first..<end {
            try db.execute(
                """
                INSERT INTO visit_time (worker_id, day, quarter, slot_id)
                VALUES (\(slot.worker), \(slot.day), \(quarter), \(slot.id))
                """)
        }
    }

    package func find(_ id: VisitSlot.ID) throws -> VisitSlot? {
        try db.rows("SELECT * FROM visit_slot WHERE id = \(id)").first.map(VisitSlot.init)
    }

    /// The hours of some units from a day on, the earliest first.
    package func list(
        in units: [OrgUnit.ID], from first: Day, through last: Day
    ) throws -> [VisitSlot] {
        guard !units.isEmpty else { return [] }
        return try db.rows(
            """
            SELECT * FROM visit_slot WHERE unit_id IN (\(values: units))
                AND day >= \(first) AND day <= \(last)
            ORDER BY day, starts, id LIMIT \(VisitLimits.listed)
            """
        ).map(VisitSlot.init)
    }

    /// What somebody has on a day.
    package func list(of worker: Account.ID, on day: Day) throws -> [VisitSlot] {
        try db.rows(
            """
            SELECT * FROM visit_slot WHERE worker_id = \(worker) AND day = \(day)
            ORDER BY starts, id LIMIT \(VisitLimits.listed)
            """
        ).map(VisitSlot.init)
    }

    /// The hours with a place left, in one unit or in all, the earliest first.
    ///
    /// - Parameter forms: the sorts that everybody may book.
    package func free(
        _ forms: [String], in unit: OrgUnit.ID?, from first: Day, through last: Day
    ) throws -> [VisitSlot] {
        guard !forms.isEmpty else { return [] }
        let inUnit: SQL = unit.map { "AND s.unit_id = \($0)" } ?? ""
        return try db.rows(
            """
            SELECT s.* FROM visit_slot s
            WHERE s.state = 'offered' AND s.form IN (\(values: forms)) \(inUnit)
                AND s.day >= \(first) AND s.day <= \(last)
                AND s.capacity > (SELECT COUNT(*) FROM visit_booking b WHERE b.slot_id = s.id
                    AND b.state IN ('booked', 'kept', 'missed', 'refused'))
            ORDER BY s.day, s.starts, s.id LIMIT \(VisitLimits.listed)
            """
        ).map(VisitSlot.init)
    }

    /// The units that offer something which everybody may book.
    package func units(
        _ forms: [String], from first: Day, through last: Day
    ) throws -> [OrgUnit.ID] {
        guard !forms.isEmpty else { return [] }
        return try db.rows(
            """
            SELECT DISTINCT unit_id FROM visit_slot WHERE state = 'offered'
                AND form IN (\(values: forms)) AND day >= \(first) AND day <= \(last)
            ORDER BY unit_id LIMIT \(VisitLimits.units)
            """
        ).map { try $0.at(0) }
    }

    /// The hours that were offered together, from a day on.
    func series(_ series: String, from day: Day) throws -> [VisitSlot] {
        try db.rows(
            """
            SELECT * FROM visit_slot WHERE series_id = \(series) AND day >= \(day)
                AND state = 'offered' ORDER BY day, starts LIMIT \(VisitLimits.offered)
            """
        ).map(VisitSlot.init)
    }

    /// Takes the step out of what is offered; whoever works then is free again.
    func end(_ id: VisitSlot.ID, as state: VisitSlot.State) throws {
        let changed = try db.execute(
            """
            UPDATE visit_slot SET state = \(state.rawValue)
            WHERE id = \(id) AND state = 'offered'
            """)
        guard changed == 1 else {
            throw Refusal.conflict(
                zh: "这个时段已撤下或已结束，请重新打开看看。",
                en: "These hours were withdrawn or are over: open the page again.")
        }
        if state == .withdrawn {
            try db.execute("DELETE FROM visit_time WHERE slot_id = \(id)")
        }
    }
}
