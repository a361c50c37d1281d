import Accounts
import Core
import Hummingbird
import Ledger
import Web

/// Rights: what people may ask about the data that is kept of them, who answers, what goes by
/// itself, and to whom data went.
package func rights(
    _ district: District, _ accounts: Accounts, folder: RightsFolder, jobs: [JobKind]
) -> Feature {
    Feature(
        name: "rights",
        navigation: [
            Destination("nav_my_data", .myData, path: Address.myData.text, needs: .signedIn),
            Destination(
                "nav_rights", .rights, path: Address.rightsRequests.text, needs: .right(.rights)),
        ],
        templates: .module,
        pages: [
            MyDataPage.self, ContactPage.self, RequestsPage.self, RequestPage.self,
            IssuePage.self, IssuedPage.self, IntakePage.self, DisclosuresPage.self,
            RetentionPage.self,
        ],
        checks: rightsChecks(district, folder), jobs: jobs,
        routes: { router, site in
            let desk = RightsDesk(
                district: district, accounts: accounts, site: site, folder: folder)
            // Whose data these are is settled inside: an account's own, or a verified contact's.
            let mine = ShowMyData(desk: desk)
            router.get("my/data", needs: .everybody, use: mine.handle)
            router.post("my/data/copy", needs: .everybody, use: CopyMyData(desk: desk).handle)
            router.post(
                "my/data/requests", needs: .everybody, use: AskForRight(desk: desk).handle)
            router.post(
                "my/data/consents", needs: .everybody, use: GiveConsent(desk: desk).handle)
            router.post("my/data/leave", needs: .everybody, use: LeaveMyData(desk: desk).handle)
            let contact = OpenContact(desk: desk)
            router.get("contact/:secret", needs: .everybody, use: contact.show)
            router.post("contact/:secret", needs: .everybody, use: contact.handle)

            router.get(
                "rights/requests", needs: .right(.rights), use: ListRequests(desk: desk).handle)
            router.get(
                "rights/requests/:id", needs: .right(.rights),
                use: ShowRequest(desk: desk).handle)
            router.post(
                "rights/requests/:id/steps", needs: .right(.rights),
                use: AnswerRequest(desk: desk).handle)
            router.post(
                "rights/requests/:id/lifting", needs: .right(.rights),
                use: LiftRestriction(desk: desk).handle)
            let issue = IssueContact(desk: desk)
            router.get("rights/contacts", needs: .right(.rights), use: issue.show)
            router.post("rights/contacts", needs: .right(.rights), use: issue.handle)
            let intake = TakeRequest(desk: desk)
            router.get("rights/intake", needs: .right(.rights), use: intake.show)
            router.post("rights/intake", needs: .right(.rights), use: intake.handle)
            let retention = ShowRetention(desk: desk)
            router.get("rights/retention", needs: .right(.rights), use: retention.show)
            router.post("rights/retention", needs: .right(.rights), use: retention.handle)
            router.get(
                "rights/disclosures", needs: .right(.rights),
                use: ListDisclosures(desk: desk).handle)
        })
}
