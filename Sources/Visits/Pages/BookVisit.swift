import Accounts
import Core
import Hummingbird
import Ledger
import Requests
import Storage
import Web

/// GET and POST /visits/book/:slot. For everybody: books a place in free hours, without an account.
/// The answer shows the number and the code, once. Staff book so for whoever telephones or comes.
struct BookVisit: Sendable {
    let app: VisitServices

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(FormState(context), context)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("slot", of: VisitSlot.self)
        let form = try await context.form(request)
        return try await context.mending(form) {
            var reader = FormReader(form)
            let said = BookingWords(
                words: reader.optionalLines("words", upTo: VisitLimits.words),
                address: reader.optional("address", upTo: VisitLimits.line),
                contact: reader.optional("contact", upTo: VisitLimits.line))
            try reader.check()
            let visits = app.visits
            let isNew = try await app.app.database.read { db in
                let mark = visits.secrets.mark(ofForm: form.key)
                return try VisitBookingStore(db).made(byForm: mark) == nil
            }
            if isNew {
                try visits.gate.letIn(
                    from: context.client, context.formSeed.knownBrowser, in: id.text)
            }
            let booked = try await app.app.database.write { [app] db in
                let acting = try app.app.accounts.acting(context.reader, db)
                let unit = try VisitSlotStore(db).find(id)?.unit
                let isStaff = unit.map { acting?.may(.write, in: $0) ?? false } ?? false
                return try visits.book(
                    id, said, form: form.key,
                    by: isStaff ? acting?.actor ?? .visitor : .visitor, db)
            }
            return answer(booked, context)
        } again: {
            try await page($0, context)
        }
    }

    private func answer(_ booked: Booked, _ context: AppContext) -> Response {
        let page = BookedVisitPage(booked, secret: true, app.site.words(context))
        return app.site.show(page, context, trail: trail(context)).unkept
    }

    private func trail(_ context: AppContext) -> [Link] {
        [Link(app.site.words(context)["nav_visits"], .visits)]
    }

    private func page(_ state: FormState, _ context: AppContext) async throws -> Response {
        let id = try context.id("slot", of: VisitSlot.self)
        let words = app.site.words(context)
        let page = try await app.app.database.read { [app] db in
            guard let slot = try VisitSlotStore(db).find(id),
                let form = app.visits.form(slot.form), form.agreement == nil
            else { throw Refusal.notFound }
            // A form that was refused is shown all the same, with what was entered.
            if state.form == nil { _ = try app.visits.freePlace(slot, db) }
            let says = VisitSays(words, app.visits, try app.visits.district.structure(db))
            return Self.form(slot, isAtHome: form.isAtHome, says, state, context)
        }
        return app.site.show(page, context, trail: trail(context), status: state.status)
    }

    private static func form(
        _ slot: VisitSlot, isAtHome: Bool, _ says: VisitSays, _ state: FormState,
        _ context: AppContext
    ) -> FormPage {
        let words = says.words
        let contact = state.line(
            "contact", words["ask_contact"], isRequired: isAtHome,
            help: words[isAtHome ? "visit_contact_needed" : "visit_contact_help"],
            autocomplete: "tel")
        let address = state.line(
            "address", words["visit_address"], isRequired: true,
            help: words["visit_address_help"], autocomplete: "street-address")
        let sheet = FormSheet(
            context.formHead(.bookVisit(slot.id), keeping: state.form), state,
            [
                state.lines("words", words["visit_words"], help: words["visit_words_help"]),
                contact,
            ] + (isAtHome ? [address] : []),
            note: words["visit_seen"], submit: words["visit_book"])
        let parts = [says.unit(slot.unit), says.form(slot), says.when(slot), slot.place]
        return FormPage(
            words["visit_book_title"],
            lead: parts.filter { !$0.isEmpty }.joined(separator: " · "), sheet)
    }
}

/// Number and code of a booking, shown this once.
struct BookedVisitPage: Page {
    static let template = "visits/booked"

    let title: String
    let lead: String
    let number: String
    /// Nil for whoever calls themselves: the code is for the person visited.
    let secret: String?
    let statusHref: String

    init(_ booked: Booked, secret isShown: Bool, _ words: Words) {
        title = words["visit_booked"]
        lead = words[isShown ? "visit_booked_lead" : "visit_booked_hidden"]
        number = booked.number
        secret = isShown ? RequestSecret.shown(booked.secret) : nil
        statusHref = Address.visitStatus.text
    }
}
