import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /dues/calendar. For who may read or write somewhere: makes the key of a calendar, which
/// the page shows this once. What he may do is read once more in its commit.
struct MakeFeed: Sendable {
    let district: District
    let accounts: Accounts
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        guard let account = context.reader.account.flatMap({ Account.ID($0) }) else {
            throw Refusal.notFound
        }
        let list = ListFeeds(district: district, site: site)
        let wanted = MakeFeed.read(form)
        guard let name = wanted.name, let language = wanted.language else {
            return try await list.show(context, form: form, faults: wanted.faults)
        }
        let secret = freshSecret()
        let (key, moment, actor) = (district.key, district.now(), context.actor)
        let made = try await district.database.write { [accounts] db -> Bool in
            _ = try accounts.ownerAccess(account, on: moment.day, db)
            let submissions = Submissions(db)
            // The key of the first sending was shown once and is known to nobody here.
            if try submissions.earlier(account: account.text, key: form.key) != nil {
                return false
            }
            let feeds = DueFeedStore(db)
            guard try feeds.list(of: account).count < DueFeed.limit else {
                throw Refusal.conflict(
                    zh: "最多可有 \(DueFeed.limit) 个日历订阅，请先撤销一个。",
                    en: "There can be \(DueFeed.limit) calendars: revoke one first.")
            }
            let id = DueFeed.ID.make()
            try feeds.insert(
                id, of: account, name: name, language: language,
                mark: DueFeed.mark(of: secret, key), at: moment)
            try submissions.remember(
                account: account.text, key: form.key, address: Address.dueCalendar.text,
                at: moment)
            try Audit(db, key: key).record(
                "due_feed.made", id.text, by: actor, at: moment, quietly: true)
            return true
        }
        guard made else { return site.redirect(to: .dueCalendar) }
        let address = site.absolute(.feed(secret), request) ?? Address.feed(secret).text
        return try await list.show(context, made: MadeFeed(name: name, address: address))
    }

    /// What was filled in, and what is wrong with what is missing.
    private static func read(
        _ form: Form
    ) -> (name: String?, language: Language?, faults: [Fault]) {
        var faults: [Fault] = []
        var name: String?
        do throws(Refusal) {
            name = try form.text("name", upTo: DueFeed.nameCharacters)
            if name == nil {
                faults.append(
                    Fault("name", zh: "请给这个日历起个名字。", en: "Give this calendar a name."))
            }
        } catch {
            if case .invalid(let found) = error { faults += found }
        }
        let language = form.all("language").first.flatMap(Language.init)
        if language == nil {
            faults.append(
                Fault("language", zh: "请选择一种语言。", en: "Choose one of the languages."))
        }
        return (name, language, faults)
    }
}

extension Site {
    /// An address with the host that was asked, for programs that read it elsewhere; nil where the
    /// request names no plain host.
    func absolute(_ address: Address, _ request: Request) -> String? {
        guard let host = request.head.authority, !host.isEmpty,
            host.utf8.allSatisfy(Site.isHostByte)
        else { return nil }
        return (isBehindProxy ? "https://" : "http://") + host + address.text
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte) || "-.:[]".utf8.contains(byte)
    }
}
