import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /my/messages/mail. For anyone who is signed in: keeps an address and sends a code there,
/// and nothing else before it came back.
struct AskForCode: Sendable {
    let ways: ShowMailWays

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        guard ways.messages.hasMail else { throw Refusal.notFound }
        let (app, messages) = (ways.app, ways.messages)
        let answer = try await app.submit(form, context, needs: .signedIn, at: "mail_address") {
            acting, db in
            let address = try Self.read(form)
            try messages.askForCode(at: address, acting, db)
            return Address.mailWays.with("done", "mail_code_sent")
        } again: {
            try await ways.show(context, $0, of: .address)
        }
        app.site.bell.ring()
        return answer
    }

    private static func read(_ form: Form) throws(Refusal) -> MailAddress {
        var reader = FormReader(form)
        let text = reader.line("mail_address", upTo: MailAddress.longest)
        let address = reader.given(
            MailAddress(text), "mail_address",
            missing: Wording(
                zh: "请填写一个电子邮箱地址，例如 name@example.cn。",
                en: "Give one mail address, such as name@example.cn."))
        try reader.check()
        guard let address else { throw Refusal.notFound }
        return address
    }
}

/// POST /my/messages/mail/code. For anyone who is signed in: shows by the code that the address is
/// theirs.
struct VerifyMail: Sendable {
    let ways: ShowMailWays

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let app = ways.app
        return try await context.mending(form) {
            let code = (try form.text("code") ?? "").filter { !$0.isWhitespace }
            // A wrong code is counted, so that the commit stands although the form is refused.
            let isRight = try await app.database.write { db in
                let acting = try app.accounts.acting(context, db)
                let mark = MailContact.mark(of: code, for: acting.account, app.district.key)
                let isRight = try MailContactStore(db).verify(
                    mark, of: acting.account, at: acting.moment)
                if isRight {
                    try app.audit(db).record(
                        "mail.verified", acting.account.text, by: acting.actor,
                        at: acting.moment, quietly: true)
                }
                return isRight
            }
            guard isRight else {
                throw Refusal.invalid(
                    "code",
                    zh: "验证码不对或已过期；填错\(MessageLimits.codeTries)次后须重新发送。",
                    en: """
                        The code is wrong or too old; after \(MessageLimits.codeTries) wrong ones \
                        have a new one sent.
                        """)
            }
            return app.site.redirect(to: Address.mailWays.with("done", "mail_verified"))
        } again: {
            try await ways.show(context, $0, of: .code)
        }
    }
}

/// POST /my/messages/mail/ways. For anyone who is signed in: keeps how they hear of what.
struct ChooseWays: Sendable {
    let ways: ShowMailWays

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await ways.app.submit(form, context, needs: .signedIn) { acting, db in
            let store = MailContactStore(db)
            var chosen = 0
            for topic in MessageTopic.allCases {
                guard
                    let way = try form.text(ShowMailWays.field(topic))
                        .flatMap(MessageTopic.Way.init)
                else { continue }
                try store.choose(way, of: topic, by: acting.account)
                chosen += 1
            }
            guard chosen > 0 else { throw Refusal.notFound }
            return Address.mailWays.with("done", "mail_ways_saved")
        }
    }
}

/// POST /my/messages/mail/end. For anyone who is signed in: nothing is sent to them any longer, and
/// the address is gone.
struct EndMail: Sendable {
    let ways: ShowMailWays

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let app = ways.app
        return try await app.submit(form, context, needs: .signedIn) { acting, db in
            guard try MailContactStore(db).remove(acting.account) else { throw Refusal.notFound }
            try app.audit(db).record(
                "mail.ended", acting.account.text, by: acting.actor, at: acting.moment,
                quietly: true)
            return Address.mailWays.with("done", "mail_ended")
        }
    }
}

extension Messages {
    /// Keeps an address that nobody knows to be theirs yet, and has a code sent there. So many a
    /// day go to one address, whoever asks, and to one account, wherever they go.
    fileprivate func askForCode(
        at address: MailAddress, _ acting: ActingAccount, _ db: Connection
    ) throws {
        let mark = district.key.mark(of: address)
        let day = acting.moment.later(seconds: -86_400)
        let sent = try DeliveryStore(db).codes(
            of: acting.account, to: Delivery.place(ofMark: mark), since: day)
        guard sent < MessageLimits.codesPerDay else {
            throw Refusal.conflict(
                zh: "一天最多发送\(MessageLimits.codesPerDay)次验证码，请明天再试。",
                en: "\(MessageLimits.codesPerDay) codes are sent in a day: try again tomorrow.")
        }
        let code = MailContact.freshCode()
        let contacts = MailContactStore(db)
        // What waits for an address before it goes nowhere.
        _ = try contacts.remove(acting.account)
        try contacts.ask(
            try district.sealedKey.seal(
                text: address.text, for: MailContact.sealName(acting.account)),
            mark: mark, code: MailContact.mark(of: code, for: acting.account, district.key),
            of: acting.account, at: acting.moment)
        let key = "code:" + Core.ID<MailContact>.make().text
        try MessagePlan(self, db).put(
            texts.code(code), key: key, Delivery.codeEvent, to: address, acting.account)
        try JobStore(db).ask(SendMessages.job, at: acting.moment)
        try Audit(db, key: district.key).record(
            "mail.asked", acting.account.text, by: acting.actor, at: acting.moment, quietly: true)
    }
}
