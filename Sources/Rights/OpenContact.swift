import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /contact/:secret. For somebody whom the staff verified at the window: opening the
/// page uses nothing up, the button opens their visit, once.
struct OpenContact: Sendable {
    let app: Services

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = app.site.words(context)
        let secret = try context.word("secret")
        let page = ContactPage(
            title: words["contact_title"], head: context.formHead(.contact(secret)))
        return app.site.show(page, context).unkept
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        _ = try await context.form(request)
        let secret = try context.word("secret")
        let district = app.district
        let visit = try await district.database.write { db in
            try VerifiedContactStore(db, key: district.key).open(secret, at: district.now())
        }
        var response = app.site.redirect(to: .myData)
        response.setCookie(ContactCookie.given(visit, app.site))
        return response
    }
}

/// POST /my/data/leave. For a contact: ends their visit.
struct LeaveMyData: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        _ = try await context.form(request)
        let asker = try await app.requireAsker(request, context)
        let district = app.district
        if let visit = asker.visit {
            try await district.database.write { db in
                try VerifiedContactStore(db, key: district.key).end(visit.id, at: district.now())
            }
        }
        var response = app.site.redirect(to: Address())
        response.setCookie(ContactCookie.gone(app.site))
        return response
    }
}

/// The page behind a link from the window.
struct ContactPage: Page {
    static let template = "rights/contact"

    let title: String
    let head: FormHead
}
