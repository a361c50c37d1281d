import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /visits/status. For everybody: number and code open one booking for a while;
/// neither stands in an address. POST /visits/status/leave closes it again.
struct ShowVisit: Sendable {
    let app: VisitServices

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        guard let id = OpenedVisit(app).booking(request, at: app.visits.district.now()) else {
            return form(FormState(context), context)
        }
        return try await page(id, nil, context)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let sent = try await context.form(request)
        return try await context.mending(sent, at: "secret") {
            var reader = FormReader(sent)
            let number = reader.line(
                "number", missing: Wording(zh: "请填写编号。", en: "Give the number."))
            let secret = reader.line(
                "secret", missing: Wording(zh: "请填写查询码。", en: "Give the code."))
            try reader.check()
            let id = try await open(Folding.identifier(number).uppercased(), secret, context)
            var response = app.site.redirect(to: .visitStatus)
            response.setCookie(OpenedVisit(app).opened(id, at: app.visits.district.now()))
            return response.unkept
        } again: { state in
            form(state, context)
        }
    }

    @Sendable func leave(_ request: Request, _ context: AppContext) async throws -> Response {
        _ = try await context.form(request)
        var response = app.site.redirect(to: .visits)
        response.setCookie(OpenedVisit(app).ended)
        return response
    }

    /// One refusal for a number that is none and for a code that is not its own, in the same time.
    private func open(
        _ number: String, _ secret: String, _ context: AppContext
    ) async throws -> VisitBooking.ID {
        let gate = app.visits.gate
        guard gate.mayTry(number, from: context.client) else {
            throw Refusal.conflict(
                zh: "输错次数过多，请一小时后再试，或打电话查询。",
                en: "Too many wrong codes: try again in an hour, or ask by telephone.")
        }
        let found = try await app.app.database.read {
            try VisitBookingStore($0).find(number: number)
        }
        let isRight = app.visits.secrets.opens(
            secret, found?.id ?? VisitBooking.ID(trusted: ""), mark: found?.secretMark ?? "")
        guard let found, isRight else {
            throw Refusal.conflict(
                zh: "编号或查询码不对，请核对后再试。",
                en: "The number or the code is not right: check them and try again.")
        }
        gate.wasRight(number, from: context.client)
        return found.id
    }

    private func form(_ state: FormState, _ context: AppContext) -> Response {
        let words = app.site.words(context)
        let sheet = FormSheet(
            context.formHead(.visitStatus, keeping: state.form), state,
            [
                state.line("number", words["visit_number"], isRequired: true, opens: true),
                state.line(
                    "secret", words["filed_secret"], isRequired: true,
                    help: words["status_secret_help"], autocomplete: "one-time-code"),
            ], submit: words["status_open"])
        let page = FormPage(
            words["visit_status_title"], lead: words["visit_status_lead"], sheet)
        return app.site.show(
            page, context, trail: [Link(words["nav_visits"], .visits)], status: state.status
        ).unkept
    }

    /// The page of a booking, with a form of it that was refused.
    func page(
        _ id: VisitBooking.ID, _ sent: FormState?, _ context: AppContext
    ) async throws -> Response {
        let words = app.site.words(context)
        let page = try await app.app.database.read { [app] db in
            guard let booking = try VisitBookingStore(db).find(id),
                let slot = try VisitSlotStore(db).find(booking.slot)
            else { throw Refusal.notFound }
            let says = VisitSays(words, app.visits, try app.visits.district.structure(db))
            let isAgreed = try booking.agreement.map {
                try app.visits.isInForce($0, on: slot.day, db)
            }
            let others = try app.visits.free(in: slot.unit, db).filter {
                $0.form == slot.form && $0.id != slot.id
            }
            return VisitStatusPage(
                booking, slot, others, isAgreed: isAgreed, says, sent, context)
        }
        return app.site.show(
            page, context, trail: [Link(words["nav_visits"], .visits)],
            status: sent?.status ?? .ok
        ).unkept
    }
}

/// A booking as whoever made it sees it, or whoever is to be visited. It names the unit and no
/// person.
struct VisitStatusPage: Page {
    static let template = "visits/status"

    let title: String
    let facts: Listed<FactLine>?
    let refused: Listed<String>?
    let kept: Act?
    let move: FormSheet?
    let cancel: Act?
    let stop: Act?
    let leave: Act

    /// A form that is nothing but its button.
    struct Act: Sendable {
        let head: FormHead
    }

    init(
        _ booking: VisitBooking, _ slot: VisitSlot, _ others: [VisitSlot], isAgreed: Bool?,
        _ says: VisitSays, _ sent: FormState?, _ context: AppContext
    ) {
        let (words, visits) = (says.words, says.visits)
        let now = visits.district.now()
        let isOpen = booking.state == .booked && isAgreed != false
        let isAhead = now < slot.begins
        let isOff = isOpen && !visits.stands(slot)
        title =
            isOff || booking.state == .booked && isAgreed == false
            ? words["visit_state_withdrawn"] : says.state(booking)
        facts = Listed([
            FactLine(words["visit_number"], booking.number),
            FactLine(words["visit_when"], says.when(slot)),
            FactLine(words["visit_unit"], says.unit(slot.unit)),
            FactLine(words["visit_form"], says.form(slot)),
        ])
        refused = Listed(sent?.faults.map { $0.words[words.language] } ?? [])
        func act(_ step: String) -> Act {
            Act(head: context.formHead(.visitStep(step)))
        }
        let isAtHome = visits.form(slot.form)?.isAtHome == true
        kept = isOpen && !isAhead && isAtHome ? act("kept") : nil
        cancel = isOpen && isAhead ? act("cancel") : nil
        stop = isAgreed == true ? act("stop") : nil
        leave = act("leave")
        let canMove = isOpen && isAhead && booking.agreement == nil && !others.isEmpty
        move =
            canMove && booking.moves < VisitLimits.moves
            ? FormSheet(
                context.formHead(.visitStep("move")), FormState(context),
                [
                    FormState(context).choice(
                        "slot", words["visit_move_to"],
                        options: others.map { (value: $0.id.text, label: says.when($0)) },
                        isRequired: true)
                ], submit: words["visit_move"]) : nil
    }
}
