import Accounts
import Catalogue
import Core
import Ledger
import Requests
import Storage

/// What somebody says who books.
package struct BookingWords: Sendable {
    package let words: String?
    package let address: String?
    package let contact: String?

    package init(words: String?, address: String?, contact: String?) {
        (self.words, self.address, self.contact) = (words, address, contact)
    }

    /// As it is sealed: one thing a line.
    var text: String? {
        let lines = [words, contact, address].map {
            ($0 ?? "").split(whereSeparator: \.isNewline).joined(separator: " ")
        }
        return lines.allSatisfy(\.isEmpty) ? nil : lines.joined(separator: "\n")
    }

    init(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        func line(_ place: Int) -> String? {
            lines.indices.contains(place) && !lines[place].isEmpty ? lines[place] : nil
        }
        self.init(words: line(0), address: line(2), contact: line(1))
    }
}

/// A booking that was made: what its page shows once.
package struct Booked: Sendable, Hashable {
    package let id: VisitBooking.ID
    package let number: String
    /// Opens it again together with its number. It is kept nowhere.
    package let secret: String
}

extension Visits {
    /// Books a place in some hours, in the commit of the caller. The same form sent once more
    /// answers with what it made before.
    ///
    /// - Parameter key: tells this form from every other; nobody else may be able to guess it.
    /// - Throws: `Refusal.conflict` where no place is left.
    package func book(
        _ id: VisitSlot.ID, _ said: BookingWords, form key: String, by actor: Actor,
        _ db: Connection
    ) throws -> Booked {
        let secrets = secrets
        let store = VisitBookingStore(db)
        if let made = try store.made(byForm: secrets.mark(ofForm: key)) {
            return Booked(
                id: made.id, number: made.number, secret: secrets.secret(of: made.id, form: key))
        }
        guard let slot = try VisitSlotStore(db).find(id), let form = form(slot.form),
            form.agreement == nil
        else { throw Refusal.notFound }
        try require(said, form)
        let mark = said.contact.map(secrets.mark(ofContact:))
        if let mark {
            let since = Moment(milliseconds: district.now().milliseconds - 86_400_000)
            guard try store.count(contact: mark, since: since) < VisitLimits.perContact else {
                throw Refusal.invalid(
                    "contact", zh: "这个联系方式今天已预约\(VisitLimits.perContact)次，请明天再约，或打电话。",
                    en: """
                        \(VisitLimits.perContact) bookings came from this contact today: book \
                        tomorrow, or by telephone.
                        """)
            }
        }
        let place = try freePlace(slot, db)
        var new = new(key, slot)
        new.sealed = try said.text.map {
            try district.sealedKey.seal(text: $0, for: VisitBooking.sealName(new.id))
        }
        new.contactMark = mark
        try store.insert(new, place: place, by: actor, at: district.now())
        try Outbox(db).put(
            .visitBooked, to: slot.worker, at: .visitSlot(slot.id), by: actor, district.now())
        return Booked(
            id: new.id, number: new.number, secret: secrets.secret(of: new.id, form: key))
    }

    /// - Throws: `Refusal.conflict` where the hours are over or full.
    func freePlace(_ slot: VisitSlot, _ db: Connection) throws -> Int {
        guard isBookable(slot) else {
            throw Refusal.conflict(
                zh: "这个时段已不能预约，请另选一个。",
                en: "These hours can no longer be booked: choose others.")
        }
        guard let place = try VisitBookingStore(db).freePlace(of: slot) else {
            throw Refusal.conflict(
                zh: "这个时段刚被约满，请另选一个。",
                en: "These hours were just taken: choose others.")
        }
        return place
    }

    func new(_ key: String, _ slot: VisitSlot) -> VisitBookingStore.New {
        let secrets = secrets
        let id = VisitBooking.ID.make()
        let secret = secrets.secret(of: id, form: key)
        return VisitBookingStore.New(
            id: id, number: "YY-" + secrets.secret(of: id, form: "number").prefix(8),
            slot: slot.id, formMark: secrets.mark(ofForm: key),
            secretMark: secrets.mark(of: secret, id))
    }

    /// Whoever is called on at home says where, and how to reach them.
    private func require(_ said: BookingWords, _ form: VisitForm) throws(Refusal) {
        guard form.isAtHome else { return }
        var faults: [Fault] = []
        if said.contact == nil {
            faults.append(
                Fault(
                    "contact", zh: "上门须要能联系上您，请留联系方式。",
                    en: "Nobody calls without being able to reach you: leave a way to."))
        }
        if said.address == nil {
            faults.append(
                Fault("address", zh: "请写上门的地址。", en: "Say where to call on you."))
        }
        if !faults.isEmpty { throw .invalid(faults) }
    }

    /// Moves a booking to other hours of the same unit and sort; number and code stay.
    package func move(
        _ booking: VisitBooking, to id: VisitSlot.ID, by actor: Actor, _ db: Connection
    ) throws {
        let slots = VisitSlotStore(db)
        guard let old = try slots.find(booking.slot), let new = try slots.find(id),
            new.unit == old.unit, new.form == old.form, new.id != old.id
        else { throw Refusal.notFound }
        guard booking.state == .booked, district.now() < old.begins,
            booking.moves < VisitLimits.moves
        else {
            throw Refusal.conflict(
                zh: "这个预约已不能改期；还需要的话，请取消后重新预约。",
                en: "This appointment can no longer be moved: cancel it and book anew.")
        }
        try VisitBookingStore(db).move(booking, to: new.id, place: try freePlace(new, db))
        try note(booking, old, outcome: "moved", by: actor, db)
        try Outbox(db).put(
            .visitBooked, to: new.worker, at: .visitSlot(new.id), by: actor, district.now())
    }

    /// Takes a booking back, for whoever made it.
    package func cancel(
        _ booking: VisitBooking, by actor: Actor, _ db: Connection
    ) throws {
        guard let slot = try VisitSlotStore(db).find(booking.slot) else { throw Refusal.notFound }
        try end(booking, as: .cancelled, by: actor, db)
        if booking.agreement != nil, slot.state == .offered {
            try VisitSlotStore(db).end(slot.id, as: .withdrawn)
        }
        try note(booking, slot, outcome: "withdrawn", by: actor, db)
        try Outbox(db).put(
            .visitCancelled, to: slot.worker, at: .visitSlot(slot.id), by: actor, district.now())
    }
}
