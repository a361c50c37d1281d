import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// Volunteers: what units need hands for, what persons offer, hours that both sides confirm, and
/// certificates that can be checked without asking anybody. Nobody but the person reads what their
/// hours come to.
package func volunteers(
    _ district: District, _ accounts: Accounts, keys: CertificateKeys
) -> Feature {
    Feature(
        name: "volunteers",
        navigation: [
            Destination(
                "nav_volunteers", .persons, path: Address.volunteers.text,
                waiting: Waiting(isDear: true) { reader, db in
                    try VolunteerDuties(district, reader.account, reader.access, db).count
                })
        ],
        templates: .module,
        pages: [
            NeedsPage.self, NeedPage.self, ServicePage.self, CertificatePage.self,
            CertificateCheckPage.self,
        ],
        routes: { router, site in
            let desk = VolunteerDesk(district, accounts, site, keys)
            routeNeeds(router, desk)
            routeOffers(router, desk)
            routeService(router, desk)
        },
        desk: { _ in dutiesOnDesk(district) })
}

/// What hands are needed for, and who comes.
private func routeNeeds(_ router: Routes, _ desk: VolunteerDesk) {
    let write = Need.right(.write)
    router.get("volunteers", needs: .everybody, use: ListNeeds(desk: desk).handle)
    let state = StateNeed(desk: desk)
    router.get("volunteers/new", needs: write, use: state.show)
    router.post("volunteers/new", needs: write, use: state.handle)
    router.get("volunteers/needs/:id", needs: .everybody, use: ShowNeed(desk: desk).handle)
    let join = JoinNeed(desk: desk)
    router.post("volunteers/needs/:id/join", needs: .signedIn, use: join.join)
    router.post("volunteers/needs/:id/leave", needs: .signedIn, use: join.leave)
    router.post(
        "volunteers/needs/:id/invitation", needs: write, fields: ["person": .carried],
        use: InviteVolunteer(desk: desk).handle)
    router.post(
        "volunteers/needs/:id/hours", needs: write, fields: ["person": .carried],
        use: ConfirmHours(desk: desk).byOrganizer)
    router.post("volunteers/needs/:id/end", needs: write, use: EndNeed(desk: desk).handle)
}

/// What persons offer.
private func routeOffers(_ router: Routes, _ desk: VolunteerDesk) {
    let ticks = Dictionary(
        uniqueKeysWithValues: OfferForm.tickNames.map { ($0, SentField.carried) })
    let own = OfferHands(desk: desk)
    router.get("volunteers/offer", needs: .signedIn, use: own.show)
    router.post("volunteers/offer", needs: .signedIn, fields: ticks, use: own.handle)
    router.post("volunteers/offer/end", needs: .signedIn, use: own.end)
    let other = OfferForOther(desk: desk)
    router.get("volunteers/offers/new", needs: .right(.write), use: other.show)
    router.post(
        "volunteers/offers/new", needs: .right(.write), fields: ticks, use: other.handle)
}

/// What somebody did, and the certificate of it.
private func routeService(_ router: Routes, _ desk: VolunteerDesk) {
    router.get("my/service", needs: .signedIn, use: ShowDeeds(desk: desk).handle)
    router.post(
        "my/service/hours", needs: .signedIn, fields: ["need": .carried],
        use: ConfirmHours(desk: desk).byVolunteer)
    let certificate = ShowCertificate(desk: desk)
    router.get("my/service/certificate", needs: .signedIn, use: certificate.page)
    router.get("my/service/certificate.txt", needs: .signedIn, use: certificate.text)
    router.get("my/service/certificate.pdf", needs: .signedIn, use: certificate.pdf)
    let check = CheckCertificate(desk: desk)
    router.get("volunteers/check", needs: .everybody, use: check.show)
    router.post("volunteers/check", needs: .everybody, use: check.handle)
    router.get("volunteers/keys.txt", needs: .everybody, use: check.keys)
}

extension Address {
    static let volunteers = Address("volunteers")
    static let newNeed = Address("volunteers", "new")
    static let offer = Address("volunteers", "offer")
    static let endOffer = Address("volunteers", "offer", "end")
    static let offerForOther = Address("volunteers", "offers", "new")
    static let service = Address("my", "service")
    static let serviceHours = Address("my", "service", "hours")
    static let certificate = Address("my", "service", "certificate")
    static let certificateText = Address("my", "service", "certificate.txt")
    static let certificatePaper = Address("my", "service", "certificate.pdf")
    static let checkCertificate = Address("volunteers", "check")
    static let certificateKeys = Address("volunteers", "keys.txt")

    static func need(_ id: VolunteerNeed.ID) -> Address {
        Address("volunteers", "needs", id.text)
    }

    static func need(_ id: VolunteerNeed.ID, _ part: String) -> Address { need(id).below(part) }
}
