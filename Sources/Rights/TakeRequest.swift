import Accounts
import Core
import Hummingbird
import Storage
import Web

/// GET and POST /rights/intake. For who answers requests: takes in what somebody asks at the
/// window, on the telephone or on paper. It has the same clock as a request from the page.
struct TakeRequest: Sendable {
    let desk: RightsDesk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        page(context, nil, [])
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let district = desk.district
        let (moment, actor) = (district.now(), context.actor)
        let address: Address
        do {
            let whom = try Whom(form)
            let (kind, said) = try AskForRight.read(form)
            guard let channel = try form.text("channel").flatMap(Channel.init), channel != .own
            else {
                throw Refusal.invalid(
                    "channel", zh: "请选择来自哪里。", en: "Say how the request came.")
            }
            let dueOn = RightsClock(district.catalogue).dueOn(askedAt: moment)
            address = try await district.database.write { [desk] db in
                let forms = Submissions(db)
                // The same form sent twice is taken in once.
                if let earlier = try forms.earlier(account: actor.name, key: form.key)
                    .flatMap(Address.init(local:))
                {
                    return earlier
                }
                var subject = try whom.subject(desk, context, db)
                // A request about a record has somebody behind it whom no account names.
                if subject.persons.isEmpty { subject.contacts = [ID<DataSubject>.make().text] }
                let request = RightsRequest(
                    kind, words: said, subject: subject, unit: try desk.unit(of: subject, db),
                    channel: channel, askedAt: moment, dueOn: dueOn)
                try RightsRequestStore(db, key: district.key).insert(request, by: actor)
                let address = Address.rightsRequest(request.id).with("done", "right_asked")
                try forms.remember(
                    account: actor.name, key: form.key, address: address.text, at: moment)
                return address
            }
        } catch Refusal.invalid(let faults) {
            return page(context, form, faults)
        }
        return desk.site.redirect(to: address)
    }

    private func page(_ context: AppContext, _ form: Form?, _ faults: [Fault]) -> Response {
        let words = desk.site.words(context)
        let page = IntakePage(
            form, faults, head: context.formHead(.rightsIntake, keeping: form), words)
        return desk.unkept(
            desk.site.show(
                page, context, trail: [Link(words["nav_rights"], .rightsRequests)],
                status: faults.isEmpty ? .ok : .unprocessableContent))
    }
}

/// The form that takes a request in.
struct IntakePage: Page {
    static let template = "rights/intake"

    let title: String
    let head: FormHead
    let summary: FaultSummary?
    let number: FormField
    let ref: FormField
    let channel: FormChoice
    let kind: FormChoice
    let said: FormText

    init(_ form: Form?, _ faults: [Fault], head: FormHead, _ words: Words) {
        func sentences(_ place: String) -> [String] {
            faults.filter { $0.place == place }.map { $0.words[words.language] }
        }
        func sent(_ name: String) -> String { form?.all(name).first ?? "" }
        func isFirst(_ place: String) -> Bool { faults.first?.place == place }
        title = words["intake_title"]
        self.head = head
        summary = FaultSummary(
            faults.map { (name: $0.place, sentence: $0.words[words.language]) })
        number = FormField(
            "number", words["issue_number"], value: sent("number"), help: words["issue_help"],
            faults: sentences("number"), isFirst: isFirst("number"), autocomplete: "off")
        ref = FormField(
            "ref", words["issue_ref"], value: sent("ref"), faults: sentences("ref"),
            isFirst: isFirst("ref"), autocomplete: "off")
        channel = FormChoice(
            "channel", words["right_channel"], chosen: sent("channel"),
            options: [("", words["right_choose"])]
                + Channel.allCases.filter { $0 != .own }.map {
                    ($0.rawValue, words["channel_\($0.rawValue)"])
                }, isRequired: true, faults: sentences("channel"), isFirst: isFirst("channel"))
        kind = FormChoice(
            "kind", words["right_kind"], chosen: sent("kind"),
            options: [("", words["right_choose"])]
                + RightsRequest.Kind.allCases.map {
                    ($0.rawValue, words["right_\($0.rawValue)"])
                }, isRequired: true, faults: sentences("kind"), isFirst: isFirst("kind"))
        said = FormText(
            "words", words["right_words"], value: sent("words"), isRequired: true,
            faults: sentences("words"), isFirst: isFirst("words"))
    }
}
