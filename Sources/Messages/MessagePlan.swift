import Accounts
import Core
import Ledger
import Storage

/// Makes of messages what is to go out: which places hear of each, once.
struct MessagePlan {
    let messages: Messages
    let db: Connection
    let moment: Moment

    init(_ messages: Messages, _ db: Connection) {
        self.messages = messages
        self.db = db
        moment = messages.district.now()
    }

    /// Looks at a batch of messages that nobody looked at yet.
    ///
    /// - Returns: whether there may be more.
    func relay() throws -> Bool {
        let since = moment.later(seconds: -86_400 * MessageLimits.relayDays)
        let found = try RelayStore(db).new(since: since)
        let webhooks = try WebhookStore(db).list()
        var known: [Account.ID: Reader] = [:]
        for told in found {
            let topic = MessageTopic(of: told.event)
            if topic.isWork {
                for webhook in webhooks { try put(told, for: webhook) }
            }
            let reader = try known[told.account] ?? Reader(told.account, messages, db)
            known[told.account] = reader
            let way = told.isSeen ? .page : reader.way(topic)
            if way == .each, let address = reader.address {
                try put(
                    messages.texts.letter([told]), key: "message:" + told.id.text,
                    told.event, to: address, told.account)
            }
            try RelayStore(db).note(told.id, forDigest: way == .daily, at: moment)
        }
        return found.count == MessageLimits.plannedAtOnce
    }

    /// Writes the digests that are due, each of what its account has not seen.
    ///
    /// - Returns: whether there may be more.
    func digests() throws -> Bool {
        let due = moment.day.start.later(seconds: MessageLimits.digestHour * 3_600)
        guard moment >= due else { return false }
        let store = RelayStore(db)
        let accounts = try store.accountsWithDigest(before: due)
        for account in accounts {
            let told = try store.takeDigest(of: account, before: due).filter { !$0.isSeen }
            guard !told.isEmpty, let address = try Reader(account, messages, db).address else {
                continue
            }
            try put(
                messages.texts.digest(told), key: "digest:\(account):\(moment.day)",
                Message.Event("digest"), to: address, account)
        }
        return accounts.count == MessageLimits.plannedAtOnce
    }

    /// Has a letter sent to an address of an account.
    func put(
        _ text: LetterTexts.Text, key: String, _ event: Message.Event, to address: MailAddress,
        _ account: Account.ID
    ) throws {
        let id = Delivery.ID.make()
        let body = jsonObject([
            "to": address.text, "subject": text.subject, "text": text.body,
        ])
        let new = DeliveryStore.New(
            id: id, key: key, event: event, channel: .mail,
            place: Delivery.place(ofMark: messages.district.key.mark(of: address)),
            account: account,
            body: try messages.district.sealedKey.seal(text: body, for: Delivery.sealName(id)))
        try DeliveryStore(db).put(new, at: moment)
    }

    /// Has an event sent to a program, by the place where it happened (CloudEvents 1.0).
    private func put(_ told: ToldMessage, for webhook: Webhook) throws {
        let id = Delivery.ID.make()
        let body = jsonObject([
            "specversion": "1.0", "id": told.key, "source": messages.home,
            "type": "groundwork.message." + told.event.name, "subject": told.subject,
            "time": told.sentAt.instant,
        ])
        let new = DeliveryStore.New(
            id: id, key: told.key, event: told.event, channel: .webhook,
            place: Delivery.place(of: webhook.id), account: nil,
            body: try messages.district.sealedKey.seal(text: body, for: Delivery.sealName(id)))
        try DeliveryStore(db).put(new, at: moment)
    }

    /// How one account hears.
    private struct Reader {
        /// Nil where nothing may be sent.
        let address: MailAddress?
        private let ways: [MessageTopic: MessageTopic.Way]

        init(_ account: Account.ID, _ messages: Messages, _ db: Connection) throws {
            let store = MailContactStore(db)
            let contact = messages.hasMail ? try store.open(account) : nil
            address = try contact.flatMap { try messages.address(of: $0) }
            ways = contact == nil ? [:] : try store.ways(of: account)
        }

        func way(_ topic: MessageTopic) -> MessageTopic.Way {
            address == nil ? .page : ways[topic] ?? .each
        }
    }
}

extension MessageTopic {
    /// Whether programs are told: what concerns one person alone is told to nobody else.
    fileprivate var isWork: Bool {
        switch self {
        case .cases, .dues, .entries, .uploads, .others: true
        case .persons, .roles, .rights: false
        }
    }
}
