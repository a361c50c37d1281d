import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET and POST /rights/contacts. For anyone who answers requests: makes a link for somebody
/// without an account whom they have verified at the window. The link is shown once and sent by
/// nobody.
struct IssueContact: Sendable {
    let app: Services

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        page(context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await context.mending(form) {
            try await issue(form, context)
        } again: {
            page(context, $0)
        }
    }

    private func issue(_ form: Form, _ context: AppContext) async throws -> Response {
        var reader = FormReader(form)
        let proof = reader.choice(
            "proof", as: VerifiedContact.Proof.self,
            missing: Wording(zh: "请选择如何核实了身份。", en: "Say how you know who this is."))
        let whom = SubjectLookup(&reader)
        try reader.check()
        guard let proof else { throw Refusal.notFound }
        let district = app.district
        let (moment, actor) = (district.now(), context.actor)
        let minutes =
            district.catalogue.rule("personal_data.contact_minutes", on: moment.day)?.value ?? 60
        let secret = try await district.database.write { [app] db in
            let subject = try whom.subject(app, context, db)
            return try VerifiedContactStore(db, key: district.key).issue(
                person: subject.person, record: subject.records.first, proof: proof,
                minutes: minutes, by: actor, at: moment)
        }
        let words = app.site.words(context)
        let page = IssuedPage(
            title: words["issued_title"],
            text: words["issued_text", ["minutes": String(minutes)]],
            path: Address.contact(secret).text)
        return app.site.show(page, context).unkept
    }

    private func page(_ context: AppContext, _ state: FormState) -> Response {
        let words = app.site.words(context)
        let sheet = FormSheet(
            context.formHead(.rightsContacts, keeping: state.form), state,
            SubjectLookup.fields(state, words) + [
                state.choice(
                    "proof", words["issue_proof"],
                    options: words.options(
                        VerifiedContact.Proof.allCases, "proof", none: "right_choose"),
                    isRequired: true)
            ], submit: words["issue_go"])
        return app.site.show(
            FormPage(words["issue_title"], lead: words["issue_lead"], sheet), context,
            trail: [Link(words["nav_rights"], .rightsRequests)], status: state.status
        ).unkept
    }
}

/// The link, shown this once.
struct IssuedPage: Page {
    static let template = "rights/issued"

    let title: String
    let text: String
    let path: String
}
