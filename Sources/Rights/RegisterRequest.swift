import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /rights/intake. For anyone who answers requests: takes in what somebody asks at the
/// window, on the telephone or on paper. It has the same clock as a request from the page.
struct RegisterRequest: Sendable {
    let app: Services

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        page(context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.rights)) { [app] acting, db in
            var reader = FormReader(form)
            let whom = SubjectLookup(&reader)
            let asked = AskedRight(&reader)
            let channel = reader.choice(
                "channel", as: Channel.self,
                missing: Wording(zh: "请选择来自哪里。", en: "Say how the request came."))
            if channel == .own {
                reader.fault("channel", zh: "请选择来自哪里。", en: "Say how the request came.")
            }
            try reader.check()
            guard let asked, let channel else { throw Refusal.notFound }
            var subject = try whom.subject(app, context, db)
            // A request about a record has somebody behind it whom no account names.
            if subject.persons.isEmpty { subject.contacts = [ID<DataSubject>.make().text] }
            let request = RightsRequest(
                asked.kind, words: asked.words, subject: subject,
                unit: try app.unit(of: subject, db), channel: channel, askedAt: acting.moment,
                dueOn: RightsClock(app.district.catalogue).dueOn(askedAt: acting.moment))
            try RightsRequestStore(db, key: app.district.key).insert(request, by: acting.actor)
            return Address.rightsRequest(request.id).with("done", "right_asked")
        } again: {
            page(context, $0)
        }
    }

    private func page(_ context: AppContext, _ state: FormState) -> Response {
        let words = app.site.words(context)
        let sheet = FormSheet(
            context.formHead(.rightsIntake, keeping: state.form), state,
            SubjectLookup.fields(state, words) + [
                state.choice(
                    "channel", words["right_channel"],
                    options: words.options(
                        Channel.allCases.filter { $0 != .own }, "channel", none: "right_choose"),
                    isRequired: true),
                state.choice(
                    "kind", words["right_kind"],
                    options: words.options(
                        RightsRequest.Kind.allCases, "right", none: "right_choose"),
                    isRequired: true),
                state.lines("words", words["right_words"], isRequired: true),
            ], submit: words["intake_go"])
        return app.site.show(
            FormPage(words["intake_title"], lead: words["intake_lead"], sheet), context,
            trail: [Link(words["nav_rights"], .rightsRequests)], status: state.status
        ).unkept
    }
}
