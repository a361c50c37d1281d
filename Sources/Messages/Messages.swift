import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// The ways by which a district's messages go out: letters to addresses of accounts, and events to
/// programs. What an account is told in the program itself stands in the outbox of `Accounts`.
package struct Messages: Sendable {
    package let district: District
    let accounts: Accounts
    /// Nil where nothing goes out.
    let setting: MessageSetting?
    let texts: LetterTexts

    package init(
        _ district: District, _ accounts: Accounts, setting: MessageSetting?, terms: Terms
    ) {
        self.district = district
        self.accounts = accounts
        self.setting = setting
        texts = LetterTexts(terms: terms, home: setting?.home ?? "")
    }

    /// The home page of the district, as others know it.
    var home: String { setting?.home ?? "" }

    var hasMail: Bool { setting?.mail != nil }

    /// The address of an account; nil where it is none, as after a change of what may be one.
    func address(of contact: MailContact) throws -> MailAddress? {
        MailAddress(
            try district.sealedKey.open(
                text: contact.sealed, for: MailContact.sealName(contact.account)))
    }

    /// Whether a delivery still has somebody who wants it: the address is the one its account has,
    /// and is known to be theirs unless this finds it out; the program is still told.
    func isWanted(_ delivery: Delivery, at moment: Moment, _ db: Connection) throws -> Bool {
        if let webhook = delivery.webhook { return try WebhookStore(db).find(webhook) != nil }
        guard let account = delivery.account else { return false }
        let store = MailContactStore(db)
        let contact =
            delivery.event == Delivery.codeEvent
            ? try store.find(account).flatMap { $0.awaitsCode(at: moment) ? $0 : nil }
            : try store.open(account)
        return contact.map { Delivery.place(ofMark: $0.mark) } == delivery.place
    }

    /// Brings it where it is to go.
    ///
    /// - Throws: `DeliveryFault` for whatever keeps it from there.
    func carry(_ delivery: Delivery) async throws {
        guard
            let text = try? district.sealedKey.open(
                text: delivery.body, for: Delivery.sealName(delivery.id))
        else { throw DeliveryFault(.unreadable, isFinal: true) }
        guard let id = delivery.webhook else {
            guard let server = setting?.mail else {
                throw DeliveryFault(.unset, isOfPlace: true)
            }
            let said = Record.fields(text)
            guard let to = said["to"].flatMap(MailAddress.init) else {
                throw DeliveryFault(.unreadable, isFinal: true)
            }
            try await MailCall(server: server).send(
                Letter(to: to, subject: said["subject"] ?? "", text: said["text"] ?? ""),
                id: delivery.id.text, at: delivery.madeAt)
            return
        }
        let found = try await district.database.read { try WebhookStore($0).find(id) }
        guard let webhook = found,
            let secret = try? district.sealedKey.open(
                text: webhook.sealedSecret, for: Webhook.sealName(id))
        else { throw DeliveryFault(.unset, isFinal: true) }
        try await WebhookCall(reach: setting?.reach ?? []).send(
            WebhookCall.Event(body: text, url: webhook.url, secret: secret),
            at: district.now())
    }

    /// The work that looks for what is to go out; none where nothing does.
    var jobs: [JobKind] {
        guard setting != nil else { return [] }
        return [
            JobKind(
                SendMessages.job,
                schedule: { $0.later(seconds: MessageLimits.lookSeconds) }, isAtStart: true
            ) { _, progress in try await send(progress) }
        ]
    }

    /// Looks for what is to go out, once, and sends it.
    package func send(_ progress: @escaping JobKind.Progress = { _, _ in }) async throws {
        try await SendMessages(messages: self).run(progress)
    }
}

/// How one's own messages go out, and what the system administrator sees of all of them.
package func messagePages(_ messages: Messages) -> Feature {
    Feature(
        name: "messages",
        navigation: [
            Destination(
                "nav_deliveries", .messages, path: Address.deliveries.text,
                needs: .right(.accounts),
                waiting: Waiting { _, db in try DeliveryStore(db).deadCount() })
        ],
        templates: .module, pages: [MailWaysPage.self, DeliveriesPage.self],
        jobs: messages.jobs,
        routes: { router, site in
            let app = Services(messages.district, messages.accounts, site)
            routeOwnMail(router, messages, app)
            let list = ListDeliveries(messages: messages, app: app)
            router.get("admin/messages", needs: .right(.accounts), use: list.handle)
            router.post(
                "admin/messages/again", needs: .right(.accounts), fields: ["delivery": .carried],
                use: TryAgain(app: app).handle)
            let webhooks = ListWebhooks(messages: messages, app: app)
            router.get("admin/webhooks", needs: .right(.accounts), use: webhooks.handle)
            router.post(
                "admin/webhooks", needs: .right(.accounts),
                use: MakeWebhook(messages: messages, app: app).handle)
            router.post(
                "admin/webhooks/end", needs: .right(.accounts), fields: ["webhook": .carried],
                use: EndWebhook(app: app).handle)
        })
}

/// One's own address, and how one wants to hear of what.
private func routeOwnMail(_ router: Routes, _ messages: Messages, _ app: Services) {
    let ways = ShowMailWays(messages: messages, app: app)
    router.get("my/messages/mail", needs: .signedIn, use: ways.handle)
    router.post(
        "my/messages/mail", needs: .signedIn, use: AskForCode(ways: ways).handle)
    router.post(
        "my/messages/mail/code", needs: .signedIn, fields: ["code": .code],
        use: VerifyMail(ways: ways).handle)
    let topics = MessageTopic.allCases.map { (ShowMailWays.field($0), SentField.carried) }
    router.post(
        "my/messages/mail/ways", needs: .signedIn,
        fields: Dictionary(topics) { first, _ in first }, use: ChooseWays(ways: ways).handle)
    router.post("my/messages/mail/end", needs: .signedIn, use: EndMail(ways: ways).handle)
}

/// Where the pages of what goes out are.
extension Address {
    static let mailWays = Address("my", "messages", "mail")
    static let mailCode = Address("my", "messages", "mail", "code")
    static let mailChoice = Address("my", "messages", "mail", "ways")
    static let endMail = Address("my", "messages", "mail", "end")
    static let deliveries = Address("admin", "messages")
    static let tryAgain = Address("admin", "messages", "again")
    static let webhooks = Address("admin", "webhooks")
    static let endWebhook = Address("admin", "webhooks", "end")
}
