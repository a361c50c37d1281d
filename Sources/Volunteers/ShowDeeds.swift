import Accounts
import Core
import Hummingbird
import Organization
import Storage
import Web

/// GET /my/service. For anyone who is signed in: what they signed up for, their hours, and what
/// these come to, which nobody else reads.
struct ShowDeeds: Sendable {
    let desk: VolunteerDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = desk.site.words(context)
        let page = try await desk.app.database.read { [desk] db in
            let persons = try desk.entries(of: context.reader.account, db)
            let deeds = try persons.isEmpty ? [] : SignUpStore(db).list(of: persons)
            return ServicePage(
                deeds, offer: try persons.isEmpty ? nil : OfferStore(db).open(of: persons),
                isPerson: !persons.isEmpty, desk, try desk.district.structure(db), context, words)
        }
        return desk.site.show(page, context, trail: desk.trail(words))
    }
}

/// What somebody did and will do.
struct ServicePage: Page {
    static let template = "volunteers/service"

    let title: String
    let lead: String
    let noPerson: String?
    let total: String?
    let certificateHref: String?
    let offer: String?
    let offerHref: String?
    let offerLabel: String
    let endOffer: NeedPage.NeedButton?
    let deeds: Listed<Deed>?

    struct Deed: Sendable {
        let name: String
        let href: String
        let when: String
        let unit: String
        let state: String
        let stateStyle: String
        let organizer: String
        let hours: NeedPage.HoursForm?
    }

    init(
        _ deeds: [(need: VolunteerNeed, signUp: SignUp)], offer: VolunteerOffer?, isPerson: Bool,
        _ desk: VolunteerDesk, _ structure: Structure, _ context: AppContext, _ words: Words
    ) {
        title = words["volunteers_service"]
        lead = words["volunteers_service_lead"]
        noPerson = isPerson ? nil : words["volunteers_no_person"]
        let confirmed = deeds.filter { $0.signUp.isConfirmed }
        let minutes = confirmed.reduce(0) { $0 + ($1.signUp.organizer?.minutes ?? 0) }
        total =
            confirmed.isEmpty
            ? nil
            : words[
                "volunteers_total",
                ["count": confirmed.count.grouped, "minutes": minutes.grouped]]
        certificateHref = confirmed.isEmpty ? nil : Address.certificate.text
        self.offer = offer.map { offer in
            words[
                "volunteers_offered",
                [
                    "unit": desk.unitName(offer.unit, structure),
                    "times": OfferTime.allCases.filter(offer.times.contains)
                        .map { words["volunteer_time_\($0.rawValue)"] }
                        .joined(separator: words.comma),
                ]]
        }
        offerHref = isPerson ? Address.offer.text : nil
        offerLabel = words[offer == nil ? "volunteers_offer" : "volunteers_offer_change"]
        endOffer = offer.map { _ in
            NeedPage.NeedButton(
                head: context.formHead(.endOffer), label: words["volunteers_offer_end"])
        }
        self.deeds = Listed(
            deeds.map { need, signUp in
                Deed(
                    name: need.title, href: Address.need(need.id).text, when: need.when,
                    unit: desk.unitName(need.unit, structure),
                    state: words[
                        signUp.isConfirmed
                            ? "volunteers_confirmed"
                            : need.endedFor != nil
                                ? "volunteers_state_ended"
                                : "volunteers_state_\(signUp.state.rawValue)"],
                    stateStyle: signUp.isConfirmed ? "tag-good" : "",
                    organizer: signUp.organizer.map {
                        words["volunteers_organizer_says", ["count": "\($0.minutes)"]]
                    } ?? "",
                    hours: Self.form(need, signUp, desk.app.today, context, words))
            })
    }

    private static func form(
        _ need: VolunteerNeed, _ signUp: SignUp, _ today: Day, _ context: AppContext,
        _ words: Words
    ) -> NeedPage.HoursForm? {
        guard need.heldOn <= today, need.endedFor == nil, signUp.state == .taken else {
            return nil
        }
        return NeedPage.HoursForm(
            head: context.formHead(.serviceHours), keyName: "need", key: need.id.text,
            fieldID: "minutes-\(need.id)", label: words["field_service_minutes"],
            minutes: "\(signUp.volunteer?.minutes ?? signUp.organizer?.minutes ?? need.minutes)",
            go: words[signUp.isConfirmed ? "volunteers_correct" : "volunteers_confirm_go"])
    }
}
