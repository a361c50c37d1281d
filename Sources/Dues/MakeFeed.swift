import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /dues/calendar. For anyone who may read or write somewhere: makes the key of a calendar,
/// which the page shows this once. What they may do is read once more in its commit.
struct MakeFeed: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let list = ListFeeds(app: app)
        return try await context.mending(form) {
            var reader = FormReader(form)
            let name = reader.line(
                "name", upTo: DueFeed.nameCharacters,
                missing: Wording(zh: "请填写这个日历的名称。", en: "Give this calendar a name."))
            let language = reader.choice(
                "language", as: Language.self,
                missing: Wording(zh: "请选择一种语言。", en: "Choose one of the languages."))
            try reader.check()
            let secret = freshSecret()
            let done = try await app.accounts.once(form, context, needs: .right(.read)) {
                [app] acting, db in
                try app.makeFeed(name, language ?? context.language, secret, acting, db)
                return (true, .dueCalendar)
            }
            // The key of the first sending was shown once and is known to nobody here.
            guard done.made != nil else { return app.site.redirect(to: done.address) }
            let address = app.site.absolute(.feed(secret), request) ?? Address.feed(secret).text
            return try await list.show(
                context, list.state(context), made: MadeFeed(name: name, address: address))
        } again: {
            try await list.show(context, $0)
        }
    }
}

extension Services {
    fileprivate func makeFeed(
        _ name: String, _ language: Language, _ secret: String, _ acting: ActingAccount,
        _ db: Connection
    ) throws {
        let feeds = DueFeedStore(db)
        guard try feeds.list(of: acting.account).count < DueFeed.limit else {
            throw Refusal.conflict(
                zh: "最多可有 \(DueFeed.limit) 个日历订阅，请先撤销一个。",
                en: "There can be \(DueFeed.limit) calendars: revoke one first.")
        }
        let id = DueFeed.ID.make()
        try feeds.insert(
            id, of: acting.account, name: name, language: language,
            mac: DueFeed.mac(of: secret, district.key), at: acting.moment)
        try audit(db).record(
            "due_feed.made", id.text, by: acting.actor, at: acting.moment, quietly: true)
    }
}
