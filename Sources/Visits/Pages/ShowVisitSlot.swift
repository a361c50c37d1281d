import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /visits/desk/:slot. For whoever writes in the unit: who booked these hours, and how each
/// appointment ends. POST …/withdraw takes the hours back, …/close tells the ledger what they came
/// to.
struct ShowVisitSlot: Sendable {
    let app: VisitServices

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("slot", of: VisitSlot.self)
        return try await page(id, nil, context)
    }

    @Sendable func withdraw(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("slot", of: VisitSlot.self)
        let form = try await context.form(request)
        return try await app.app.submit(form, context, needs: .right(.write), at: "reason") {
            acting, db in
            var reader = FormReader(form)
            let reason = reader.lines("reason", atLeast: 2)
            try reader.check()
            let slot = try app.visits.slot(id, for: acting, db)
            try app.visits.withdraw(
                slot, all: !form.all("all").isEmpty, because: reason, by: acting.actor, db)
            return Address.visitSlot(id).with("done", "visits_withdrawn")
        } again: {
            try await page(id, $0, context)
        }
    }

    @Sendable func close(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("slot", of: VisitSlot.self)
        let form = try await context.form(request)
        return try await app.app.submit(form, context, needs: .right(.write)) { acting, db in
            try app.visits.close(app.visits.slot(id, for: acting, db), by: acting.actor, db)
            return Address.visitSlot(id).with("done", "visits_closed")
        } again: {
            try await page(id, $0, context)
        }
    }

    /// The page of some hours, with a form of it that was refused.
    func page(
        _ id: VisitSlot.ID, _ sent: FormState?, _ context: AppContext
    ) async throws -> Response {
        let words = app.site.words(context)
        let page = try await app.app.database.read { [app] db in
            let acting = try app.app.accounts.acting(context, db)
            let slot = try app.visits.slot(id, for: acting, db)
            let bookings = try VisitBookingStore(db).list(of: [id])[id] ?? []
            let unagreed = try bookings.filter { booking in
                try booking.agreement.map {
                    try !app.visits.isInForce($0, on: slot.day, db)
                } ?? false
            }
            let name = try AccountStore(db).names([slot.worker.text])[slot.worker.text]
            return VisitSlotPage(
                slot, bookings, unagreed: Set(unagreed.map(\.id)), worker: name ?? "",
                isWorker: try app.visits.isWorker(acting, of: slot, db),
                VisitSays(words, app.visits, acting.structure),
                VisitSlotPage.Asked(visits: app.visits, sent: sent, context: context))
        }
        return app.site.show(
            page, context, trail: [Link(words["nav_visit_desk"], .visitDesk)],
            status: sent?.status ?? .ok
        ).unkept
    }
}

/// Some hours as their unit sees them.
struct VisitSlotPage: Page {
    static let template = "visits/slot"

    let title: String
    let facts: Listed<FactLine>?
    let refused: Listed<String>?
    let nobody: String?
    let bookings: Listed<Booking>?
    let withdraw: FormSheet?
    let close: VisitStatusPage.Act?

    /// What the page is made for.
    struct Asked {
        let visits: Visits
        let sent: FormState?
        let context: AppContext
    }

    struct Booking: Sendable {
        let bookingNumber: String
        let bookingState: String
        let bookingFacts: Listed<FactLine>?
        let ends: Listed<End>?
        let confirm: FormSheet?
        let stop: VisitStatusPage.Act?
        let waits: String?
    }

    struct End: Sendable {
        let head: FormHead
        let endState: String
        let endLabel: String
    }

    init(
        _ slot: VisitSlot, _ bookings: [VisitBooking], unagreed: Set<VisitBooking.ID>,
        worker: String, isWorker: Bool, _ says: VisitSays, _ asked: Asked
    ) {
        let words = says.words
        let (visits, context) = (asked.visits, asked.context)
        let hasBegun = slot.begins <= visits.district.now()
        title = "\(says.form(slot)) \(says.when(slot))"
        facts = Listed(
            [
                FactLine(words["visit_unit"], says.unit(slot.unit)),
                FactLine(words["visit_worker"], worker),
                FactLine(
                    words["visit_slot_state"],
                    words[
                        slot.state == .offered && !visits.stands(slot)
                            ? "visit_day_off" : "visit_slot_\(slot.state.rawValue)"]),
            ] + (slot.place.isEmpty ? [] : [FactLine(words["visit_place"], slot.place)])
                + (says.purpose(slot).map { [FactLine(words["visit_purpose"], $0)] } ?? []))
        refused = Listed(asked.sent?.faults.map { $0.words[words.language] } ?? [])
        nobody = bookings.isEmpty ? words["visit_nobody"] : nil
        let isAtHome = visits.form(slot.form)?.isAtHome == true
        self.bookings = Listed(
            bookings.map { booking in
                Self.booking(
                    booking, isAgreed: !unagreed.contains(booking.id),
                    maySay: hasBegun, isAtHome: isAtHome, isWorker: isWorker, says, asked)
            })
        let isOpen = bookings.contains { $0.state == .booked }
        close =
            slot.state == .offered && hasBegun && !isOpen
                && visits.form(slot.form)?.sessions.isEmpty == false
            ? VisitStatusPage.Act(head: context.formHead(.closeSlot(slot.id))) : nil
        let state = FormState(context)
        withdraw =
            slot.state == .offered && !hasBegun
            ? FormSheet(
                context.formHead(.withdrawSlot(slot.id)), state,
                [
                    state.lines(
                        "reason", words["field_reason"], isRequired: true,
                        help: words["visit_withdraw_help"]),
                    FormPart(
                        FormPart.Ticks(
                            words["visit_withdraw_which"],
                            [
                                FormPart.Ticks.Box(
                                    "all", "1", words["visit_withdraw_all"], isTicked: false)
                            ])),
                ], submit: words["visit_withdraw"]) : nil
    }

    private static func booking(
        _ booking: VisitBooking, isAgreed: Bool, maySay: Bool, isAtHome: Bool, isWorker: Bool,
        _ says: VisitSays, _ asked: Asked
    ) -> Booking {
        let words = says.words
        let context = asked.context
        let isOpen = booking.state == .booked && isAgreed
        let said = isOpen ? asked.visits.words(of: booking) : nil
        let facts = [
            booking.household.map { FactLine(words["visit_household"], $0) },
            booking.agreement.map { FactLine(words["field_agreement"], $0.text, to: .record($0)) },
            said?.words.map { FactLine(words["visit_words"], $0) },
            said?.address.map { FactLine(words["visit_address"], $0) },
            said?.contact.map { FactLine(words["ask_contact"], $0) },
            booking.confirmed.map {
                FactLine(words["visit_confirmed"], words["visit_how_\($0.rawValue)"])
            },
        ].compactMap { $0 }
        let ends: [VisitBooking.State] = isAtHome ? [.missed, .refused] : [.kept, .missed]
        let state = FormState(context)
        let confirm =
            isOpen && maySay && isAtHome && !isWorker
            ? FormSheet(
                context.formHead(.confirmBooking(booking.id)), state,
                [
                    state.choice(
                        "how", words["visit_confirmed"],
                        options: [VisitBooking.Confirmed.window, .telephone].map {
                            (value: $0.rawValue, label: words["visit_how_\($0.rawValue)"])
                        }, isRequired: true),
                    state.line(
                        "reason", words["visit_confirm_reason"], isRequired: true,
                        help: words["visit_confirm_help"]),
                ], submit: words["visit_confirm"]) : nil
        return Booking(
            bookingNumber: booking.number,
            bookingState: isAgreed || booking.state != .booked
                ? says.state(booking) : words["visit_unagreed"],
            bookingFacts: Listed(facts),
            ends: isOpen && maySay
                ? Listed(
                    ends.map {
                        End(
                            head: context.formHead(.endBooking(booking.id)),
                            endState: $0.rawValue,
                            endLabel: words[
                                "visit_end_\($0.rawValue)\(isAtHome ? "" : "_office")"])
                    }) : nil,
            confirm: confirm,
            stop: booking.agreement != nil && isAgreed
                ? VisitStatusPage.Act(head: context.formHead(.stopVisits(booking.id))) : nil,
            waits: isOpen && maySay && isAtHome && isWorker ? words["visit_waits"] : nil)
    }
}

extension Visits {
    /// What was said with a booking; nil where it is gone.
    func words(of booking: VisitBooking) -> BookingWords? {
        booking.sealed.flatMap {
            try? district.sealedKey.open(text: $0, for: VisitBooking.sealName(booking.id))
        }.map(BookingWords.init(text:))
    }
}

extension Address {
    fileprivate static func record(_ id: Record.ID) -> Address { Address("records", id.text) }
}
