import Accounts
import Core
import Hummingbird
import Organization
import Storage
import Web

/// GET /volunteers. For everybody: what hands are looked for, the nearest day first.
struct ListNeeds: Sendable {
    let desk: VolunteerDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = desk.site.words(context)
        let page = try await desk.app.database.read { [desk] db in
            let store = NeedStore(db)
            let needs = try store.open(on: desk.app.today)
            let acting = try desk.app.accounts.acting(context.reader, db)
            return NeedsPage(
                needs, try store.taken(needs.map(\.id)), desk,
                try desk.district.structure(db), acting, words)
        }
        return desk.site.show(page, context)
    }
}

/// What hands are looked for. It says how many are still needed, and names nobody.
struct NeedsPage: Page {
    static let template = "volunteers/list"

    let title: String
    let lead: String
    let links: [Link]
    let none: String?
    let rows: [NeedLine]

    struct NeedLine: Sendable {
        let name: String
        let href: String
        let when: String
        let unit: String
        let place: String
        let room: String
        let roomStyle: String
    }

    init(
        _ needs: [VolunteerNeed], _ taken: [VolunteerNeed.ID: Int], _ desk: VolunteerDesk,
        _ structure: Structure, _ acting: ActingAccount?, _ words: Words
    ) {
        title = words["volunteers_title"]
        lead = words["volunteers_lead"]
        var links: [Link] = []
        if let acting {
            if !desk.offices(acting).isEmpty {
                links.append(Link(words["volunteers_new"], .newNeed))
                links.append(Link(words["volunteers_for_other"], .offerForOther))
            }
            links.append(Link(words["volunteers_offer"], .offer))
            links.append(Link(words["volunteers_service"], .service))
        }
        links.append(Link(words["certificate_check"], .checkCertificate))
        self.links = links
        none = needs.isEmpty ? words["volunteers_none"] : nil
        rows = needs.map { need in
            let room = need.hands - (taken[need.id] ?? 0)
            return NeedLine(
                name: need.title, href: Address.need(need.id).text, when: need.when,
                unit: desk.unitName(need.unit, structure), place: need.place,
                room: room > 0
                    ? words["volunteers_room", ["count": room.grouped]]
                    : words["volunteers_full"], roomStyle: room > 0 ? "tag-good" : "")
        }
    }
}
