import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET and POST /volunteers/offer, POST /volunteers/offer/end. For anyone who is signed in: offers
/// to help, says where, how and when, and stops it as easily.
struct OfferHands: Sendable {
    let desk: VolunteerDesk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await desk.app.submit(form, context, needs: .signedIn, at: "unit") {
            [desk] acting, db in
            let person = try desk.person(of: acting.account, db)
            var reader = FormReader(form)
            let offer = try OfferForm.read(
                &reader, person.main, desk.areas(acting.structure))
            try desk.take(offer, of: person.all, account: acting.account, acting, db)
            return Address.service.with("done", "volunteer_offer")
        } again: {
            try await page(context, $0)
        }
    }

    @Sendable func end(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let words = desk.site.words(context)
        return try await desk.app.submit(form, context, needs: .signedIn) { [desk] acting, db in
            let person = try desk.person(of: acting.account, db)
            guard let offer = try OfferStore(db).open(of: person.all) else {
                throw Refusal.notFound
            }
            try desk.end(offer, words["volunteers_opted_out"], acting, db)
            return Address.service.with("done", "volunteer_offer_ended")
        }
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let words = desk.site.words(context)
        let units = try await desk.app.database.read { [desk] db in
            desk.areas(try desk.district.structure(db))
        }
        let parts =
            OfferForm.parts(state, units, words)
            + [OfferForm.agreement(state, "volunteers_agree_own", words)]
        return desk.site.show(
            FormPage(
                words["volunteers_offer"], lead: words["volunteers_offer_lead"],
                FormSheet(
                    context.formHead(.offer, keeping: state.form), state, parts,
                    submit: words["volunteers_offer_go"])),
            context, trail: desk.trail(words), status: state.status)
    }
}

/// GET and POST /volunteers/offers/new. For who writes for a unit: writes down the offer of
/// somebody who agreed, by their number, for those without an account.
struct OfferForOther: Sendable {
    let desk: VolunteerDesk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await desk.app.submit(form, context, needs: .right(.write), at: "unit") {
            [desk] acting, db in
            var reader = FormReader(form)
            let number = reader.line("offer_number")
            let persons = PersonStore(db: db)
            let found = try persons.find(number: number)
            let person = reader.given(
                found.count == 1 ? found[0] : nil, "offer_number",
                missing: Wording(
                    zh: "没有这个人员编号。", en: "Nobody of the list has this number."))
            let offer = try OfferForm.read(&reader, person?.id, desk.offices(acting))
            let entries = try persons.entries(of: offer.person)
            try desk.take(offer, of: entries, account: nil, acting, db)
            return Address.volunteers.with("done", "volunteer_offer")
        } again: {
            try await page(context, $0)
        }
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let words = desk.site.words(context)
        let offices = try await desk.app.database.read { [desk] db in
            try desk.app.accounts.acting(context.reader, db).map(desk.offices) ?? []
        }
        guard !offices.isEmpty else { throw Refusal.notFound }
        let parts =
            [state.line("offer_number", words["field_offer_number"], isRequired: true, opens: true)]
            + OfferForm.parts(state, offices, words)
            + [OfferForm.agreement(state, "volunteers_agree_other", words)]
        return desk.site.show(
            FormPage(
                words["volunteers_for_other"], lead: words["volunteers_for_other_lead"],
                FormSheet(
                    context.formHead(.offerForOther, keeping: state.form), state, parts,
                    submit: words["volunteers_offer_go"])),
            context, trail: desk.trail(words), status: state.status)
    }
}

extension VolunteerDesk {
    /// The units where somebody may offer to help.
    fileprivate func areas(_ structure: Structure) -> [UnitVersion] {
        guard let kind = kinds.registration else { return [] }
        return structure.versions.keys
            .compactMap { structure.version($0, on: app.today) }
            .filter { kind.forms.contains($0.form) }
            .sorted { ($0.code, $0.name) < ($1.code, $1.name) }
    }

    /// Takes an offer in, in the place of the one before, and registers who is not yet.
    fileprivate func take(
        _ offer: VolunteerOffer, of persons: [Person.ID], account: Account.ID?,
        _ acting: ActingAccount, _ db: Connection
    ) throws {
        guard let kind = kinds.registration,
            let unit = acting.structure.version(offer.unit, on: acting.today)
        else {
            throw Refusal.conflict(
                zh: "本区没有志愿者注册这类记录。", en: "The district registers no volunteers.")
        }
        let store = OfferStore(db)
        var record: Record.ID?
        if let earlier = try store.open(of: persons) {
            try store.end(earlier.id, on: acting.today)
            record = earlier.record
        }
        if try !district.isRegistered(persons, kind, on: acting.today, db) {
            var values: [Heading: String] = [
                .unit: unit.code, .day: acting.today.description,
            ]
            for role in kind.persons { values[.person(role.id)] = offer.person.text }
            let entry = try district.read(values, kind: kind, db: db)
            try district.post(entry, by: acting.actor, db: db)
            record = entry.id
        }
        try store.insert(
            VolunteerOffer(
                id: offer.id, person: offer.person, unit: offer.unit, skills: offer.skills,
                times: offer.times, record: record),
            account: account, by: acting.actor, at: acting.moment)
        try note("volunteer.offered", offer.id.text, acting, db)
    }

    /// Ends an offer, and the registration that it made.
    fileprivate func end(
        _ offer: VolunteerOffer, _ reason: String, _ acting: ActingAccount, _ db: Connection
    ) throws {
        try OfferStore(db).end(offer.id, on: acting.today)
        try note("volunteer.offer_ended", offer.id.text, acting, db)
        guard let kind = kinds.registration, let made = offer.record,
            let record = try RecordStore(db: db).find(made, in: .everything),
            try RecordStore(db: db).counts(made), try RecordStore(db: db).end(of: made) == nil
        else { return }
        // Who registers and leaves on one day was never one for a whole day.
        guard record.happenedOn < acting.today else {
            _ = try district.reverse(made, because: reason, by: acting.actor, db: db)
            return
        }
        let entry = try district.read(
            [
                .day: (acting.today - 1).description, .ends: made.text, .reason: reason,
            ], kind: kind, db: db)
        try district.post(entry, by: acting.actor, db: db)
    }
}
