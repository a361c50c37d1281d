import Accounts
import Catalogue
import Core
import Ledger
import Requests
import Storage

/// How visits end, and what the ledger is told of them.
extension Visits {
    /// Whoever was visited says that it was kept: at the page that number and code open.
    package func confirm(_ booking: VisitBooking, _ db: Connection) throws {
        try confirm(booking, how: .code, because: nil, by: .visitor, db)
    }

    /// The same said at a window or by telephone, written down by somebody who did not call.
    package func confirm(
        _ booking: VisitBooking, how: VisitBooking.Confirmed, because reason: String,
        by acting: ActingAccount, _ db: Connection
    ) throws {
        guard let slot = try VisitSlotStore(db).find(booking.slot) else { throw Refusal.notFound }
        guard try !isWorker(acting, of: slot, db) else {
            throw Refusal.conflict(
                zh: "上门的人不能自己确认。请被走访的人凭查询码确认，或由另一位工作人员在窗口、电话核实后登记。",
                en: """
                    Whoever called does not confirm it. The person visited does, with the code; \
                    or somebody else writes down what they said at the window or by telephone.
                    """)
        }
        try confirm(booking, how: how, because: reason, by: acting.actor, db)
    }

    private func confirm(
        _ booking: VisitBooking, how: VisitBooking.Confirmed, because reason: String?,
        by actor: Actor, _ db: Connection
    ) throws {
        let slot = try begun(booking, db)
        guard form(slot.form)?.isAtHome == true else { throw Refusal.notFound }
        try requireAgreement(booking, on: slot.day, db)
        try end(booking, as: .kept, confirmed: how, because: reason, by: actor, db)
        try note(booking, slot, outcome: "kept", confirmed: how, by: actor, db)
    }

    /// What staff say of it: that nobody of the unit came, that nobody was let in; and of hours at
    /// an office that somebody came or did not.
    package func tell(
        _ booking: VisitBooking, as state: VisitBooking.State, by acting: ActingAccount,
        _ db: Connection
    ) throws {
        let slot = try begun(booking, db)
        let isAtHome = form(slot.form)?.isAtHome == true
        guard state == .missed || state == (isAtHome ? .refused : .kept) else {
            throw Refusal.conflict(
                zh: "上门是否完成由被走访的人确认，上门的人不能填。",
                en: "Whether a visit was kept is said by whoever was visited.")
        }
        try end(booking, as: state, by: acting.actor, db)
        // Whoever is not let in was told no, for which nobody gives a reason.
        let outcome = state == .refused ? "withdrawn" : state.rawValue
        try note(booking, slot, outcome: outcome, by: acting.actor, db)
    }

    private func begun(_ booking: VisitBooking, _ db: Connection) throws -> VisitSlot {
        guard let slot = try VisitSlotStore(db).find(booking.slot) else { throw Refusal.notFound }
        guard slot.begins <= district.now() else {
            throw Refusal.conflict(
                zh: "还没有到约定的时间。", en: "It is not the time that was agreed yet.")
        }
        return slot
    }

    /// Closes hours: each booking in them has ended, and the ledger is told what they came to.
    package func close(_ slot: VisitSlot, by actor: Actor, _ db: Connection) throws {
        guard slot.begins <= district.now() else {
            throw Refusal.conflict(
                zh: "还没有到约定的时间。", en: "It is not the time that was agreed yet.")
        }
        let bookings = try VisitBookingStore(db).list(of: [slot.id])[slot.id] ?? []
        guard !bookings.contains(where: { $0.state == .booked }) else {
            throw Refusal.conflict(
                zh: "还有预约没有登记结果，请先逐个登记。",
                en: "Some appointments have no end yet: say of each how it ended.")
        }
        try VisitSlotStore(db).end(slot.id, as: .closed)
        let held = bookings.filter { [.kept, .missed, .refused].contains($0.state) }
        for deed in form(slot.form)?.sessions ?? [] {
            var known = VisitFacts(slot, number: slot.id.text)
            known.counts = [
                .offered: slot.capacity, .booked: held.count,
                .kept: held.filter { $0.state == .kept }.count,
            ]
            try post(deed, known, by: actor, db)
        }
    }

    /// Writes down how an appointment ended, where its sort is told to the ledger.
    ///
    /// - Parameter outcome: as the kind calls it.
    func note(
        _ booking: VisitBooking, _ slot: VisitSlot, outcome: String,
        confirmed: VisitBooking.Confirmed? = nil, by actor: Actor, _ db: Connection
    ) throws {
        guard let deed = form(slot.form)?.deed, deed.saysOutcome || outcome == "kept" else {
            return
        }
        var known = VisitFacts(slot, number: booking.number)
        known.household = booking.household ?? booking.number
        known.outcome = outcome
        known.confirmed = confirmed?.rawValue
        known.ref = outcome == "moved" ? "\(booking.number)-\(booking.moves + 1)" : booking.number
        try post(deed, known, by: actor, db)
    }

    private func post(
        _ deed: VisitDeed, _ known: VisitFacts, by actor: Actor, _ db: Connection
    ) throws {
        guard let kind = district.catalogue.kinds[deed.kind] else { return }
        // What is cancelled before its day is written on the day on which it is.
        let day = min(known.slot.day, today)
        let structure = try district.structure(db)
        guard let unit = structure.version(known.slot.unit, on: day) else { return }
        let calendar = district.catalogue.calendar
        var values: [Heading: String] = [.unit: unit.code, .day: "\(day)", .ref: known.ref]
        for (id, source) in deed.fields {
            values[.field(id)] = known.text(source, calendar)
        }
        for (id, source) in deed.subjects {
            values[.subject(id)] = known.text(source, calendar)
        }
        for (place, measure) in kind.measures.enumerated() {
            guard let source = deed.measures[measure.id] else { continue }
            values[.measure(place)] = known.text(source, calendar)
        }
        if deed.hasPlace, let place = known.slot.placeUnit {
            values[.place] = structure.version(place, on: day)?.code
        }
        try district.post(try district.read(values, kind: kind, db: db), by: actor, db: db)
    }
}

/// What is known of an appointment or of hours that are over.
private struct VisitFacts {
    let slot: VisitSlot
    let number: String
    var ref: String
    var household: String?
    var outcome: String?
    var confirmed: String?
    var counts: [VisitDeed.Source: Int] = [:]

    init(_ slot: VisitSlot, number: String) {
        (self.slot, self.number, ref) = (slot, number, number)
    }

    /// - Returns: nil for what is not known, which stays empty.
    func text(_ source: VisitDeed.Source, _ calendar: WorkCalendar) -> String? {
        switch source {
        case .number: number
        case .household: household
        case .outcome: outcome
        case .agreed: "是"
        case .confirmed: confirmed
        case .form: slot.form
        case .when: when(calendar)
        case .offered, .booked, .kept: counts[source].map(String.init)
        }
    }

    private func when(_ calendar: WorkCalendar) -> String {
        if calendar.isWorkingDay(slot.day) { return "evening" }
        return calendar.holiday(slot.day) == nil ? "weekend" : "holiday"
    }
}
