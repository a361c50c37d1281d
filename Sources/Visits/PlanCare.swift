import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Requests
import Storage

/// A visit of care as it is planned: to whom, when, and who calls.
package struct CareVisit: Sendable {
    /// The record of the agreement; nil where none was named.
    let agreement: Record.ID?
    let day: Day
    /// In minutes since midnight.
    let starts: Int
    let minutes: Int
    let worker: Account.ID

    package init(
        agreement: Record.ID?, day: Day, starts: Int, minutes: Int, worker: Account.ID
    ) {
        (self.agreement, self.day, self.starts) = (agreement, day, starts)
        (self.minutes, self.worker) = (minutes, worker)
    }
}

/// Visits of care: planned for whoever agreed to them, and for nobody else.
extension Visits {
    /// An agreement in force, with whom it is about.
    package struct Agreement: Sendable, Hashable {
        package let id: Record.ID
        package let unit: OrgUnit.ID
        package let household: String
        package let form: String
    }

    /// The agreements in force on a day in some units, of the sorts whose lists a reader stands on.
    package func agreements(
        in units: [OrgUnit.ID], _ forms: [VisitForm], on day: Day, _ db: Connection
    ) throws -> [Agreement] {
        guard !units.isEmpty else { return [] }
        let position = try Audit(db, key: district.key).position()
        let records = RecordStore(db: db)
        return try forms.flatMap { form -> [Agreement] in
            guard let agreement = form.agreement else { return [] }
            let lines = try StandingStore(db: db, position: position).list(
                [agreement.kind], in: units, on: day, limit: VisitLimits.agreements)
            return try lines.compactMap { line in
                try household(of: line.id, agreement, records).map {
                    Agreement(id: line.id, unit: line.unit, household: $0, form: form.id)
                }
            }
        }
    }

    private func household(
        of id: Record.ID, _ agreement: VisitForm.Agreement, _ records: RecordStore
    ) throws -> String? {
        try records.subjects(of: id).first { $0.kind == agreement.subject }?.code
    }

    /// Whether an agreement counts and is in force on a day.
    package func isInForce(_ id: Record.ID, on day: Day, _ db: Connection) throws -> Bool {
        let records = RecordStore(db: db)
        guard try records.counts(id), let record = try records.find(id, in: .everything),
            record.happenedOn <= day, record.untilOn.map({ day < $0 }) ?? true
        else { return false }
        return try records.end(of: id).map { day < $0 } ?? true
    }

    /// Nobody is visited against an agreement that ended.
    func requireAgreement(_ booking: VisitBooking, on day: Day, _ db: Connection) throws {
        guard let id = booking.agreement else { return }
        guard try isInForce(id, on: day, db) else { throw Self.noAgreement }
    }

    static let noAgreement = Refusal.invalid(
        "agreement", zh: "没有本人同意的记录，或同意已经撤回，不能安排走访。请先征得同意并登记；不同意的，不再联系。",
        en: """
            There is no agreement in force, so nobody is visited. Ask first and write the \
            agreement down; whoever says no is left alone.
            """)

    /// Plans a visit: hours of whoever calls, taken by whom agreed.
    ///
    /// - Throws: `Refusal.invalid` without an agreement in force on that day and today.
    package func plan(
        _ care: CareVisit, form key: String, by acting: ActingAccount, _ db: Connection
    ) throws -> Booked {
        let store = VisitBookingStore(db)
        if let made = try store.made(byForm: secrets.mark(ofForm: key)) {
            return Booked(
                id: made.id, number: made.number, secret: secrets.secret(of: made.id, form: key))
        }
        guard let agreement = care.agreement,
            let record = try RecordStore(db: db).find(agreement, in: .everything),
            let form = services.visits.first(where: { $0.agreement?.kind == record.kind }),
            let kind = form.agreement, acting.may(.write, in: record.unit),
            try mayWrite(form, acting), try isInForce(agreement, on: today, db),
            try isInForce(agreement, on: care.day, db),
            let household = try household(of: agreement, kind, RecordStore(db: db))
        else { throw Self.noAgreement }
        var offer = VisitOffer(
            form, in: record.unit, by: care.worker, on: [care.day], from: care.starts,
            to: care.starts + care.minutes, length: care.minutes)
        offer.place = household
        let slots = try self.offer(offer, by: acting.actor, db)
        var new = new(key, slots[0])
        new.agreement = agreement
        new.household = household
        try store.insert(new, place: 1, by: acting.actor, at: district.now())
        return Booked(
            id: new.id, number: new.number, secret: secrets.secret(of: new.id, form: key))
    }

    /// “Stop”, in one step and without a reason: the agreement ends today, and what was planned
    /// from it goes.
    package func stop(_ agreement: Record.ID, by actor: Actor, _ db: Connection) throws {
        let records = RecordStore(db: db)
        guard let record = try records.find(agreement, in: .everything),
            let kind = district.catalogue.kinds[record.kind]
        else { throw Refusal.notFound }
        if try isInForce(agreement, on: today, db) {
            let entry = try district.read(
                [.ends: agreement.text, .day: "\(today)"], kind: kind, db: db)
            try district.post(entry, by: actor, db: db)
        }
        for booking in try VisitBookingStore(db).agreed(to: agreement)
        where try isAhead(booking, db) {
            try drop(booking, by: actor, db)
        }
    }

    /// Takes back what was planned from agreements that ended otherwise: by a form, a file, a
    /// correction.
    package func dropUnagreed() async throws {
        var last: String? = ""
        while let after = last {
            last = try await district.database.write { db in
                let bookings = try VisitBookingStore(db).agreed(after: after)
                for booking in bookings {
                    guard let id = booking.agreement,
                        let slot = try VisitSlotStore(db).find(booking.slot),
                        district.now() < slot.begins,
                        try !isInForce(id, on: slot.day, db) || !isInForce(id, on: today, db)
                    else { continue }
                    try drop(booking, by: Self.machine, db)
                }
                return bookings.count == VisitLimits.swept ? bookings.last?.id.text : nil
            }
        }
    }

    static let machine = Actor(name: "visits", standing: .system)

    /// Whether a visit has not begun: one that was is confirmed although the agreement ended since.
    private func isAhead(_ booking: VisitBooking, _ db: Connection) throws -> Bool {
        try VisitSlotStore(db).find(booking.slot).map { district.now() < $0.begins } ?? false
    }

    private func drop(_ booking: VisitBooking, by actor: Actor, _ db: Connection) throws {
        try end(booking, as: .withdrawn, by: actor, db)
        if try VisitSlotStore(db).find(booking.slot)?.state == .offered {
            try VisitSlotStore(db).end(booking.slot, as: .withdrawn)
        }
    }
}
