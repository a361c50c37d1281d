import Accounts
import Core
import Ledger
import Organization
import Requests
import Storage

/// Hours as somebody offers them: the same time on each of some days, cut into appointments.
package struct VisitOffer: Sendable {
    package let form: VisitForm
    package let unit: OrgUnit.ID
    package let worker: Account.ID
    package let days: [Day]
    package let starts: Int
    package let ends: Int
    /// The length of one appointment, in minutes.
    package let length: Int
    package var capacity = 1
    package var service: String?
    package var purpose: String?
    package var place = ""
    package var placeUnit: OrgUnit.ID?
    /// Whether it is meant for days off and evenings.
    package var isOffHours = false

    package init(
        _ form: VisitForm, in unit: OrgUnit.ID, by worker: Account.ID, on days: [Day],
        from starts: Int, to ends: Int, length: Int
    ) {
        (self.form, self.unit, self.worker, self.days) = (form, unit, worker, days)
        (self.starts, self.ends, self.length) = (starts, ends, length)
    }
}

extension Visits {
    /// Offers hours, in the commit of the caller.
    ///
    /// - Returns: the hours; days on which the unit is closed are left out.
    /// - Throws: `Refusal` where nothing is left, somebody would be in two places, or the unit does
    ///   not offer this.
    package func offer(
        _ offer: VisitOffer, by actor: Actor, _ db: Connection
    ) throws -> [VisitSlot] {
        let structure = try district.structure(db)
        let day = today
        guard let unit = structure.version(offer.unit, on: day),
            offer.form.forms.contains(unit.form)
        else {
            throw Refusal.invalid(
                "form", zh: "本单位不提供这类预约。", en: "The unit does not offer this.")
        }
        guard offer.ends > offer.starts, offer.length >= VisitLimits.quarter,
            [offer.starts, offer.ends, offer.length].allSatisfy({
                $0 % VisitLimits.quarter == 0
            })
        else {
            throw Refusal.invalid(
                "starts", zh: "时间须在一刻钟上，结束须晚于开始。",
                en: "Times lie on a quarter of an hour, and the end comes after the start.")
        }
        let days = offer.days.filter {
            day <= $0 && $0 <= day + VisitLimits.days && fits(offer, $0)
        }
        let starts = Array(
            stride(from: offer.starts, through: offer.ends - offer.length, by: offer.length))
        guard !days.isEmpty, !starts.isEmpty else {
            throw Refusal.invalid(
                "from", zh: "所选日子里没有可开放的时段：休息日和晚间须选“休息日和晚间开放”。",
                en: """
                    None of these days is open: days off and evenings are offered as off-hours \
                    alone.
                    """)
        }
        guard days.count * starts.count <= VisitLimits.offered else {
            throw Refusal.invalid(
                "until", zh: "一次最多开放\(VisitLimits.offered)个时段。",
                en: "At most \(VisitLimits.offered) appointments are offered at once.")
        }
        let series = VisitSlot.ID.make().text
        let store = VisitSlotStore(db)
        let slots = days.flatMap { day in
            starts.map {
                VisitSlot(offer, on: day, from: $0, to: $0 + offer.length, series: series)
            }
        }
        for slot in slots { try store.insert(slot, by: actor, at: district.now()) }
        try Audit(db, key: district.key).record(
            "visit.offered", series, by: actor, at: district.now(), quietly: true)
        return slots
    }

    /// A day off is for off-hours, and so is an evening; those are for nothing else.
    private func fits(_ offer: VisitOffer, _ day: Day) -> Bool {
        let isOpen = district.catalogue.calendar.isWorkingDay(day)
        let isWithin = offer.starts >= Self.opens && offer.ends <= Self.closes
        if offer.form.isOffHours { return !isOpen || !isWithin }
        return offer.isOffHours || isOpen && isWithin
    }

    /// Office hours of any day, in minutes: what lies outside them is off-hours.
    private static let opens = 8 * 60
    private static let closes = 18 * 60

    /// Takes hours back, with all that were booked in them, who are told.
    ///
    /// - Parameter all: whether what was offered with them goes too, from their day on.
    package func withdraw(
        _ slot: VisitSlot, all: Bool, because reason: String, by actor: Actor, _ db: Connection
    ) throws {
        let store = VisitSlotStore(db)
        let slots = all ? try store.series(slot.series, from: slot.day) : [slot]
        let bookings = VisitBookingStore(db)
        let booked = try bookings.list(of: slots.map(\.id))
        for slot in slots {
            try store.end(slot.id, as: .withdrawn)
            for booking in booked[slot.id] ?? [] where booking.state == .booked {
                try end(booking, as: .withdrawn, because: reason, by: actor, db)
            }
        }
        try Audit(db, key: district.key).record(
            "visit.withdrawn", slot.id.text, by: actor, at: district.now(), quietly: true)
    }

    /// Ends a booking, with its reason sealed, and tells the account that made it.
    func end(
        _ booking: VisitBooking, as state: VisitBooking.State,
        confirmed: VisitBooking.Confirmed? = nil, because reason: String? = nil, by actor: Actor,
        _ db: Connection
    ) throws {
        let sealed = try reason.map {
            try district.sealedKey.seal(text: $0, for: VisitBooking.reasonName(booking.id))
        }
        try VisitBookingStore(db).end(
            booking.id, as: state, confirmed: confirmed, reason: sealed, by: actor,
            at: district.now())
        if let account = Account.ID(booking.bookedBy), state == .withdrawn || state == .cancelled {
            try Outbox(db).put(
                state == .withdrawn ? .visitWithdrawn : .visitCancelled, to: account,
                at: .visitSlot(booking.slot), by: actor, district.now())
        }
    }
}

extension VisitBooking {
    /// Why it ended, for which row.
    static func reasonName(_ id: ID) -> String { "visit booking reason \(id)" }
}

extension Message.Event {
    static let visitWithdrawn = Message.Event("visit_withdrawn")
    static let visitCancelled = Message.Event("visit_cancelled")
    static let visitBooked = Message.Event("visit_booked")
}
