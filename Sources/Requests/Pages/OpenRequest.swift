import Cases
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /ask/status. For everybody: number and secret open the page of one request for a
/// while; neither stands in an address. POST /ask/status/leave closes it again.
struct OpenRequest: Sendable {
    let app: RequestServices

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        guard let id = RequestVisit(app).request(request, at: app.district.now()) else {
            return form(FormState(context), context)
        }
        return try await show(id, nil, context)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let sent = try await context.form(request)
        return try await context.mending(sent, at: Self.secret) {
            var reader = FormReader(sent)
            let number = reader.line(
                Self.number, missing: Wording(zh: "请填写编号。", en: "Give the number."))
            let secret = reader.line(
                Self.secret, missing: Wording(zh: "请填写查询码。", en: "Give the code."))
            try reader.check()
            let id = try await open(Folding.identifier(number).uppercased(), secret, context)
            var response = app.site.redirect(to: .askStatus)
            response.setCookie(RequestVisit(app).opened(id, at: app.district.now()))
            return response.unkept
        } again: { state in
            form(state, context)
        }
    }

    @Sendable func leave(_ request: Request, _ context: AppContext) async throws -> Response {
        _ = try await context.form(request)
        var response = app.site.redirect(to: .ask)
        response.setCookie(RequestVisit(app).ended)
        return response
    }

    static let number = "number"
    static let secret = "secret"

    /// One refusal for a number that is none and for a secret that is not its own, in the same
    /// time.
    private func open(
        _ number: String, _ secret: String, _ context: AppContext
    ) async throws -> Record.ID {
        let gate = app.requests.gate
        guard gate.mayTry(number, from: context.client) else {
            throw Refusal.conflict(
                zh: "输错次数过多，请一小时后再试，或打电话查询。",
                en: "Too many wrong codes: try again in an hour, or ask by telephone.")
        }
        let found = try await app.app.database.read { [app] db in
            try app.requests.row(numbered: number, db)
        }
        let secrets = RequestSecret(app.district)
        let isRight = secrets.opens(
            secret, found?.id ?? Record.ID(trusted: ""), mark: found?.secretMark ?? "")
        guard let found, isRight else {
            throw Refusal.conflict(
                zh: "编号或查询码不对，请核对后再试。",
                en: "The number or the code is not right: check them and try again.")
        }
        gate.wasRight(number, from: context.client)
        return found.id
    }

    private func form(_ state: FormState, _ context: AppContext) -> Response {
        let words = app.site.words(context)
        let sheet = FormSheet(
            context.formHead(.askStatus, keeping: state.form), state,
            [
                state.line(Self.number, words["filed_number"], isRequired: true, opens: true),
                state.line(
                    Self.secret, words["filed_secret"], isRequired: true,
                    help: words["status_secret_help"], autocomplete: "one-time-code"),
            ], submit: words["status_open"])
        let page = OpenRequestPage(
            title: words["status_title"], lead: words["status_lead"], sheet: sheet)
        return app.site.show(
            page, context, trail: [Link(words["nav_ask"], .ask)], status: state.status
        ).unkept
    }

    /// The page of a request, with a form that was refused where there is one.
    func show(
        _ id: Record.ID, _ sent: (step: String, state: FormState)?, _ context: AppContext
    ) async throws -> Response {
        let words = app.site.words(context)
        let page = try await app.app.database.read { [app] db in
            try RequestStatus(id, app.requests, words, db).page(context, sent, db)
        }
        return app.site.show(
            page, context, trail: [Link(words["nav_ask"], .ask)],
            status: sent?.state.status ?? .ok
        ).unkept
    }
}

/// The form that asks for number and secret.
struct OpenRequestPage: Page {
    static let template = "requests/open"

    let title: String
    let lead: String
    let sheet: FormSheet

    var summary: FaultSummary? { sheet.summary }
}
