import Accounts
import Core
import Ledger
import Storage

/// A place in some hours that somebody took, or that was kept for whom agreed to be visited.
package struct VisitBooking: Sendable, Hashable {
    package typealias ID = Core.ID<VisitBooking>

    /// Booked, or how it ended: kept, missed by the unit, refused at the door, cancelled by whoever
    /// booked, withdrawn by the unit.
    package enum State: String, Sendable, CaseIterable {
        case booked, kept, missed, refused, cancelled, withdrawn
    }

    /// How whoever was visited confirmed it.
    package enum Confirmed: String, Sendable { case code, window, telephone }

    package let id: ID
    package let number: String
    package let slot: VisitSlot.ID
    package let place: Int
    /// The record of the agreement; nil where they booked themselves.
    package let agreement: Record.ID?
    package let household: String?
    /// What was said with it, sealed; nil once it is gone.
    let sealed: String?
    package let moves: Int
    package let state: State
    package let confirmed: Confirmed?
    package let bookedBy: String
    package let bookedAt: Moment
    let secretMark: String

    init(_ row: Row) throws {
        id = try row.get("id")
        number = try row.get("number")
        slot = try row.get("slot_id")
        place = try row.get("place_number")
        agreement = try row.optional("agreement_id")
        household = try row.optional("household")
        sealed = try row.optional("said")
        moves = try row.get("moves")
        state = State(rawValue: try row.get("state")) ?? .withdrawn
        confirmed = try row.optional("confirmed", as: String.self).flatMap(Confirmed.init)
        bookedBy = try row.get("booked_by")
        bookedAt = try row.get("booked_at")
        secretMark = try row.get("secret_mark")
    }

    /// What is sealed, for which row.
    static func sealName(_ id: ID) -> String { "visit booking \(id)" }
}

/// Every statement on bookings.
package struct VisitBookingStore {
    private let db: Connection

    package init(_ db: Connection) { self.db = db }

    /// What a booking is made of beside its row.
    struct New {
        let id: VisitBooking.ID
        let number: String
        let slot: VisitSlot.ID
        var agreement: Record.ID?
        var household: String?
        var sealed: String?
        let formMark: String
        let secretMark: String
        var contactMark: String?
    }

    func insert(_ new: New, place: Int, by actor: Actor, at moment: Moment) throws {
        try db.execute(
            """
            INSERT INTO visit_booking (id, number, slot_id, place_number, agreement_id, household,
                said, moves, state, form_mark, secret_mark, contact_mark, booked_by, booked_at)
            VALUES (\(new.id), \(new.number), \(new.slot), \(place), \(new.agreement),
                \(new.household), \(new.sealed), 0, 'booked', \(new.formMark), \(new.secretMark),
                \(new.contactMark), \(actor.name), \(moment))
            """)
    }

    package func find(_ id: VisitBooking.ID) throws -> VisitBooking? {
        try db.rows("SELECT * FROM visit_booking WHERE id = \(id)").first.map(VisitBooking.init)
    }

    package func find(number: String) throws -> VisitBooking? {
        try db.rows("SELECT * FROM visit_booking WHERE number = \(number)").first
            .map(VisitBooking.init)
    }

    /// What a form made before.
    func made(byForm mark: String) throws -> VisitBooking? {
        try db.rows("SELECT * FROM visit_booking WHERE form_mark = \(mark)").first
            .map(VisitBooking.init)
    }

    /// The bookings of some hours, the first first.
    package func list(of slots: [VisitSlot.ID]) throws -> [VisitSlot.ID: [VisitBooking]] {
        guard !slots.isEmpty else { return [:] }
        let rows = try db.rows(
            """
            SELECT * FROM visit_booking WHERE slot_id IN (\(values: slots))
            ORDER BY booked_at, id
            LIMIT \(VisitLimits.listed * VisitLimits.capacity)
            """
        ).map(VisitBooking.init)
        return Dictionary(grouping: rows, by: \.slot)
    }

    /// The lowest place of some hours that nobody has; nil where all are taken.
    func freePlace(of slot: VisitSlot) throws -> Int? {
        let taken = Set(
            try db.rows(
                """
                SELECT place_number FROM visit_booking WHERE slot_id = \(slot.id)
                    AND state IN ('booked', 'kept', 'missed', 'refused')
                """
            ).map { try $0.at(0, as: Int.self) })
        return (1...slot.capacity).first { !taken.contains($0) }
    }

    func count(contact mark: String, since moment: Moment) throws -> Int {
        try db.value(
            """
            SELECT COUNT(*) FROM visit_booking
            WHERE contact_mark = \(mark) AND booked_at > \(moment)
            """, as: Int.self) ?? 0
    }

    func move(_ booking: VisitBooking, to slot: VisitSlot.ID, place: Int) throws {
        let changed = try db.execute(
            """
            UPDATE visit_booking SET slot_id = \(slot), place_number = \(place),
                moves = moves + 1
            WHERE id = \(booking.id) AND state = 'booked' AND moves = \(booking.moves)
            """)
        guard changed == 1 else { throw Self.over }
    }

    /// Ends a booking; only one that stands.
    func end(
        _ id: VisitBooking.ID, as state: VisitBooking.State,
        confirmed: VisitBooking.Confirmed? = nil, reason sealed: String? = nil, by actor: Actor,
        at moment: Moment
    ) throws {
        let changed = try db.execute(
            """
            UPDATE visit_booking SET state = \(state.rawValue), confirmed = \(confirmed?.rawValue),
                reason = \(sealed), ended_by = \(actor.name), ended_at = \(moment)
            WHERE id = \(id) AND state = 'booked'
            """)
        guard changed == 1 else { throw Self.over }
    }

    /// Bookings that rest on an agreement and stand.
    func agreed(after id: String) throws -> [VisitBooking] {
        try db.rows(
            """
            SELECT * FROM visit_booking WHERE agreement_id IS NOT NULL AND state = 'booked'
                AND id > \(id)
            ORDER BY id LIMIT \(VisitLimits.swept)
            """
        ).map(VisitBooking.init)
    }

    /// Those of one agreement.
    func agreed(to agreement: Record.ID) throws -> [VisitBooking] {
        try db.rows(
            """
            SELECT * FROM visit_booking WHERE agreement_id = \(agreement) AND state = 'booked'
            LIMIT \(VisitLimits.swept)
            """
        ).map(VisitBooking.init)
    }

    /// Takes away what leads to those who had booked for days before one.
    func forget(before day: Day) throws -> Int {
        try db.execute(
            """
            UPDATE visit_booking SET said = NULL, reason = NULL, secret_mark = '',
                contact_mark = NULL
            WHERE id IN (SELECT b.id FROM visit_booking b JOIN visit_slot s ON s.id = b.slot_id
                WHERE s.day < \(day) AND b.secret_mark <> '' ORDER BY b.id
                LIMIT \(VisitLimits.swept))
            """)
    }

    private static let over = Refusal.conflict(
        zh: "这个预约已经取消或已经结束，请重新打开看看。",
        en: "This appointment was cancelled or is over: open the page again.")
}
