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
            IssuedPage.self, DisclosuresPage.self, RetentionPage.self,
        ],
        checks: rightsChecks(district, folder), jobs: jobs + [deadlinesJob(district)],
        routes: { router, site in
            let app = Services(district, accounts, site)
            // Whose data these are is settled inside: an account's own, or a verified contact's.
            let mine = ShowMyData(app: app)
            router.get("my/data", needs: .everybody, use: mine.handle)
            router.post(
                "my/data/copy", needs: .everybody, fields: ["as": .carried],
                use: CopyMyData(app: app).handle)
            router.post(
                "my/data/requests", needs: .everybody, use: AskForRight(app: app).handle)
            router.post(
                "my/data/consents", needs: .everybody,
                fields: ["purpose": .carried, "act": .carried],
                use: GiveConsent(app: app, folder: folder).handle)
            router.post("my/data/leave", needs: .everybody, use: LeaveMyData(app: app).handle)
            let contact = OpenContact(app: app)
            router.get("contact/:secret", needs: .everybody, use: contact.show)
            router.post("contact/:secret", needs: .everybody, use: contact.handle)
            routeOfficer(router, app, folder)
        })
}

/// What the protection officer does.
private func routeOfficer(_ router: Routes, _ app: Services, _ folder: RightsFolder) {
    router.get(
        "rights/requests", needs: .right(.rights), use: ListRequests(app: app).handle)
    router.get(
        "rights/requests/:id", needs: .right(.rights),
        use: ShowRequest(app: app).handle)
    router.post(
        "rights/requests/:id/steps", needs: .right(.rights),
        use: AnswerRequest(app: app, folder: folder).handle)
    router.post(
        "rights/requests/:id/lifting", needs: .right(.rights),
        use: LiftRestriction(app: app, folder: folder).handle)
    let issue = IssueContact(app: app)
    router.get("rights/contacts", needs: .right(.rights), use: issue.show)
    router.post("rights/contacts", needs: .right(.rights), use: issue.handle)
    let intake = RegisterRequest(app: app)
    router.get("rights/intake", needs: .right(.rights), use: intake.show)
    router.post("rights/intake", needs: .right(.rights), use: intake.handle)
    let retention = ShowRetention(app: app, folder: folder)
    router.get("rights/retention", needs: .right(.rights), use: retention.show)
    router.post(
        "rights/retention", needs: .right(.rights), fields: ["position": .carried],
        use: retention.handle)
    router.get(
        "rights/disclosures", needs: .right(.rights),
        use: ListDisclosures(app: app).handle)
}
