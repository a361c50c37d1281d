import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /my/data. For anyone who is signed in, and for a contact verified at the window while their
/// visit lasts: everything that is held about them, why, how long, who looked, and what they may
/// ask.
struct ShowMyData: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await show(request, context, FormState(context))
    }

    /// The page, or the page again with what was wrong with a form on it.
    func show(
        _ request: Request, _ context: AppContext, _ state: FormState
    ) async throws -> Response {
        let words = app.site.words(context)
        let district = app.district
        let today = district.now().day
        let page = try await district.database.read { [app] db -> MyDataPage? in
            guard let asker = try app.asker(request, context, db) else { return nil }
            let reader = HeldReader(
                db, district, words.language, limit: RightsLimits.rowsOnPage)
            let content = MyDataPage.Content(
                asker: asker, data: try reader.read(asker.subject),
                consents: try ConsentStore(db, key: district.key).newest(asker.subject),
                requests: try RightsRequestStore(db, key: district.key)
                    .list(asker.subject, limit: RightsLimits.ownRequests))
            return MyDataPage(
                content, district.catalogue, on: today, state, context, words)
        }
        guard let page else {
            return app.site.redirect(
                to: Address("sign-in").with("next", Address.myData.text))
        }
        return app.site.show(page, context, status: state.status).unkept
    }
}
