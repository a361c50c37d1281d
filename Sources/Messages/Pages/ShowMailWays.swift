import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /my/messages/mail. For anyone who is signed in: the address they are written to, and how
/// they hear of what.
struct ShowMailWays: Sendable {
    let messages: Messages
    let app: Services

    /// The field of a topic.
    static func field(_ topic: MessageTopic) -> String { "way_" + topic.rawValue }

    /// The form that came back, of several on the page.
    enum Sent: Sendable { case address, code }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await show(context)
    }

    /// The page, also after a form on it that was refused.
    func show(
        _ context: AppContext, _ refused: FormState? = nil, of sent: Sent? = nil
    ) async throws -> Response {
        let account = try context.requireAccount()
        let (contact, ways) = try await app.database.read { db in
            let store = MailContactStore(db)
            return (try store.find(account), try store.ways(of: account))
        }
        let state = refused ?? FormState(context)
        let forms = MailForms(
            context, app.site.words(context),
            address: sent == .address ? state : FormState(context),
            code: sent == .code ? state : FormState(context))
        let page = MailWaysPage(
            forms, hasMail: messages.hasMail, contact,
            address: try contact.flatMap { try messages.address(of: $0) }, ways,
            at: app.district.now())
        return app.site.show(
            page, context,
            trail: [
                Link(app.site.words(context)["mine_title"], .mine),
                Link(app.site.words(context)["messages_title"], .messages),
            ], status: state.status
        ).unkept
    }
}

/// The forms of the page.
struct MailForms {
    let context: AppContext
    let words: Words
    private let address: FormState
    private let code: FormState

    init(_ context: AppContext, _ words: Words, address: FormState, code: FormState) {
        self.context = context
        self.words = words
        self.address = address
        self.code = code
    }

    func addressSheet() -> FormSheet {
        FormSheet(
            context.formHead(.mailWays, keeping: address.form), address,
            [
                address.line(
                    "mail_address", words["mail_address"], type: "email", isRequired: true,
                    help: words["mail_address_help"], autocomplete: "email")
            ], submit: words["mail_send_code"])
    }

    func codeSheet() -> FormSheet {
        FormSheet(
            context.formHead(.mailCode), code,
            [
                code.line(
                    "code", words["mail_code_label"], isRequired: true, opens: true,
                    autocomplete: "one-time-code", inputmode: "numeric")
            ], submit: words["mail_verify"])
    }

    func waysSheet(_ ways: [MessageTopic: MessageTopic.Way]) -> FormSheet {
        let chosen = Dictionary(
            uniqueKeysWithValues: MessageTopic.allCases.map {
                (ShowMailWays.field($0), (ways[$0] ?? .each).rawValue)
            })
        let state = FormState(context, offering: chosen)
        return FormSheet(
            context.formHead(.mailChoice), state,
            MessageTopic.allCases.map { topic in
                state.choice(
                    ShowMailWays.field(topic), words["mail_topic_\(topic.rawValue)"],
                    options: words.options(MessageTopic.Way.allCases, "mail_way"),
                    isRequired: true)
            }, submit: words["mail_ways_save"])
    }
}

/// How one hears of one's messages.
struct MailWaysPage: Page {
    static let template = "messages/ways"

    let title: String
    let lead: String
    /// What is so now.
    let standing: String?
    let waysHeading: String
    let endWord: String
    /// Nil where the district sends no letters.
    let addressing: FormSheet?
    /// Where a code is awaited.
    let coding: FormSheet?
    /// Once the address is known to be theirs.
    let choosing: FormSheet?
    let ending: Button?

    /// A form that is nothing but its button.
    struct Button: Sendable {
        let head: FormHead
    }

    init(
        _ forms: MailForms, hasMail: Bool, _ contact: MailContact?, address: MailAddress?,
        _ ways: [MessageTopic: MessageTopic.Way], at moment: Moment
    ) {
        let words = forms.words
        title = words["mail_title"]
        lead = words[hasMail ? "mail_lead" : "mail_unset"]
        let isVerified = contact?.isVerified ?? false
        standing = address.map {
            words[isVerified ? "mail_verified" : "mail_unverified", ["address": $0.text]]
        }
        waysHeading = words["mail_ways"]
        endWord = words["mail_end"]
        addressing = hasMail ? forms.addressSheet() : nil
        coding =
            hasMail && !isVerified && contact?.awaitsCode(at: moment) == true
            ? forms.codeSheet() : nil
        choosing = hasMail && isVerified ? forms.waysSheet(ways) : nil
        ending = contact == nil ? nil : Button(head: forms.context.formHead(.endMail))
    }

    var summary: FaultSummary? { addressing?.summary ?? coding?.summary }
}
