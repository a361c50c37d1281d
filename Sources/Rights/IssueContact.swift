import Core
import Hummingbird
import Organization
import Storage
import Web

/// GET and POST /rights/contacts. For who answers requests: makes a link for somebody without an
/// account whom he has verified at the window. The link is shown once and sent by nobody.
struct IssueContact: Sendable {
    let desk: RightsDesk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        page(context, nil, [])
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let district = desk.district
        let (moment, actor) = (district.now(), context.actor)
        let minutes =
            district.catalogue.rule("personal_data.contact_minutes", on: moment.day)?.value ?? 60
        do {
            let asked = try Self.read(form)
            let secret = try await district.database.write { [desk] db in
                let subject = try asked.whom.subject(desk, context, db)
                return try VerifiedContactStore(db, key: district.key).issue(
                    person: subject.person, record: subject.records.first, proof: asked.proof,
                    minutes: minutes, by: actor, at: moment)
            }
            let words = desk.site.words(context)
            let page = IssuedPage(
                title: words["issued_title"],
                text: words["issued_text", ["minutes": String(minutes)]],
                path: Address.contact(secret).text)
            return desk.unkept(desk.site.show(page, context))
        } catch Refusal.invalid(let faults) {
            return page(context, form, faults)
        }
    }

    private struct Asked: Sendable {
        let whom: Whom
        let proof: VerifiedContact.Proof
    }

    private static func read(_ form: Form) throws(Refusal) -> Asked {
        let proof = try form.text("proof").flatMap(VerifiedContact.Proof.init)
        var faults: [Fault] = []
        if proof == nil {
            faults.append(
                Fault("proof", zh: "请选择如何核实了身份。", en: "Say how you know who this is."))
        }
        let whom: Whom
        do { whom = try Whom(form) } catch .invalid(let more) {
            throw .invalid(more + faults)
        }
        guard let proof else { throw .invalid(faults) }
        return Asked(whom: whom, proof: proof)
    }

    private func page(_ context: AppContext, _ form: Form?, _ faults: [Fault]) -> Response {
        let words = desk.site.words(context)
        let page = IssuePage(
            form, faults, head: context.formHead(.rightsContacts, keeping: form), words)
        return desk.unkept(
            desk.site.show(
                page, context, trail: [Link(words["nav_rights"], .rightsRequests)],
                status: faults.isEmpty ? .ok : .unprocessableContent))
    }
}

/// The form that makes a link.
struct IssuePage: Page {
    static let template = "rights/issue"

    let title: String
    let head: FormHead
    let summary: FaultSummary?
    let number: FormField
    let ref: FormField
    let proof: FormChoice

    init(_ form: Form?, _ faults: [Fault], head: FormHead, _ words: Words) {
        func sentences(_ place: String) -> [String] {
            faults.filter { $0.place == place }.map { $0.words[words.language] }
        }
        func sent(_ name: String) -> String { form?.all(name).first ?? "" }
        title = words["issue_title"]
        self.head = head
        summary = FaultSummary(
            faults.map { (name: $0.place, sentence: $0.words[words.language]) })
        number = FormField(
            "number", words["issue_number"], value: sent("number"), help: words["issue_help"],
            faults: sentences("number"), isFirst: faults.first?.place == "number",
            autocomplete: "off")
        ref = FormField(
            "ref", words["issue_ref"], value: sent("ref"), faults: sentences("ref"),
            isFirst: faults.first?.place == "ref", autocomplete: "off")
        proof = FormChoice(
            "proof", words["issue_proof"], chosen: sent("proof"),
            options: [("", words["right_choose"])]
                + VerifiedContact.Proof.allCases.map {
                    ($0.rawValue, words["proof_\($0.rawValue)"])
                }, isRequired: true, faults: sentences("proof"),
            isFirst: faults.first?.place == "proof")
    }
}

/// The link, shown this once.
struct IssuedPage: Page {
    static let template = "rights/issued"

    let title: String
    let text: String
    let path: String
}
