import Core
import Hummingbird
import Storage
import Web

/// GET /my/data. For who is signed in, and for a contact verified at the window while his visit
/// lasts: everything that is held about him, why, how long, who looked, and what he may ask.
struct ShowMyData: Sendable {
    let desk: RightsDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await show(request, context, form: nil, faults: [])
    }

    /// The page, or the page again with what was wrong with a form on it.
    func show(
        _ request: Request, _ context: AppContext, form: Form?, faults: [Fault]
    ) async throws -> Response {
        let words = desk.site.words(context)
        let district = desk.district
        let today = district.now().day
        let page = try await district.database.read { [desk] db -> MyDataPage? in
            guard let asker = try desk.asker(request, context, db) else { return nil }
            let reader = HeldReader(
                db, district, words.language, limit: Limit.rowsOnPage)
            return MyDataPage(
                asker, data: try reader.read(asker.subject),
                consents: try ConsentStore(db, key: district.key).newest(asker.subject),
                requests: try RightsRequestStore(db, key: district.key)
                    .list(asker.subject, limit: Limit.ownRequests),
                catalogue: district.catalogue, today: today, form: form, faults: faults,
                context, words)
        }
        guard let page else {
            return desk.site.redirect(
                to: Address("sign-in").with("next", Address.myData.text))
        }
        return desk.unkept(
            desk.site.show(page, context, status: faults.isEmpty ? .ok : .unprocessableContent))
    }
}
