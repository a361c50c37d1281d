import Core
import Hummingbird
import Storage
import Web

/// POST /my/keys. For anyone who is signed in: makes a key for a program, which the page shows this
/// once. One that reads internal records says what for, which the ledger of disclosures keeps.
struct MakeReadingKey: Sendable {
    let accounts: Accounts
    let site: Site

    /// What was written in the form.
    fileprivate struct Asked: Sendable {
        let name: String
        let reach: ReadingKey.Reach
        let days: Int
        let purpose: String?
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let list = ListReadingKeys(accounts: accounts, site: site)
        return try await context.mending(form) {
            let asked = try Self.read(form)
            let secret = freshSecret()
            let done = try await accounts.once(form, context, needs: .signedIn) {
                [accounts] acting, db in
                try accounts.makeReadingKey(asked, secret, acting, db)
                return (true, .readingKeys)
            }
            // The key of the first sending was shown once and is known to nobody here.
            guard done.made != nil else { return site.redirect(to: done.address) }
            return try await list.show(
                context, list.state(context),
                made: MadeReadingKey(name: asked.name, secret: secret))
        } again: {
            try await list.show(context, $0)
        }
    }

    private static func read(_ form: Form) throws(Refusal) -> Asked {
        var reader = FormReader(form)
        let name = reader.line(
            "name", upTo: ReadingKey.nameCharacters,
            missing: Wording(zh: "请写明给哪个程序使用。", en: "Say which program it is for."))
        let reach = reader.choice(
            "reach", as: ReadingKey.Reach.self,
            missing: Wording(zh: "请选择可以读取什么。", en: "Choose what it may read."))
        let term = reader.choice(
            "days", as: ReadingKey.Term.self,
            missing: Wording(zh: "请选择有效期。", en: "Choose how long it is good."))
        let purpose = reader.optionalLines("purpose", upTo: DataDisclosure.lineLimit)
        if reach == .records, purpose == nil {
            reader.fault(
                "purpose", zh: "读取内部记录的密钥，请写明用途。",
                en: "A key to internal records says what it is for.")
        }
        try reader.check()
        return Asked(
            name: name, reach: reach ?? .everybody, days: term?.days ?? 0, purpose: purpose)
    }

    /// A key that reads internal records is an export that goes on: its purpose is kept like that
    /// of every other.
    fileprivate static func disclosure(
        _ asked: Asked, until day: Day
    ) throws(Refusal) -> DataDisclosure? {
        guard asked.reach == .records, let purpose = asked.purpose else { return nil }
        return try DataDisclosure(
            what: "reading_key", recipient: asked.name, purpose: purpose, basis: "内部工作需要",
            fields: "数据接口 /api/v1", extent: "本人有权查阅的内部记录", rows: 0, expiresOn: day)
    }
}

extension Accounts {
    fileprivate func makeReadingKey(
        _ asked: MakeReadingKey.Asked, _ secret: String, _ acting: ActingAccount, _ db: Connection
    ) throws {
        let keys = ReadingKeyStore(db)
        guard try keys.list(of: acting.account).count < ReadingKey.limit else {
            throw Refusal.conflict(
                zh: "最多可有 \(ReadingKey.limit) 个密钥，请先停用一个。",
                en: "There can be \(ReadingKey.limit) keys: end one first.")
        }
        let new = ReadingKeyStore.New(
            id: .make(), account: acting.account, name: asked.name, reach: asked.reach,
            endsOn: acting.today + asked.days, mac: ReadingKey.mac(of: secret, key))
        try keys.insert(new, at: acting.moment)
        let audit = Audit(db, key: key)
        try audit.record(
            "reading_key.made", new.id.text, by: acting.actor, at: acting.moment, quietly: true)
        if let disclosure = try MakeReadingKey.disclosure(asked, until: new.endsOn) {
            _ = try DisclosureLedger(db, key: key).record(
                disclosure, digest: Fingerprint(["reading_key", new.id.text]).text,
                by: acting.actor, at: acting.moment)
        }
    }
}

/// POST /my/keys/end. For anyone who is signed in: ends one of their own keys.
struct EndReadingKey: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        guard let id = try form.text("key").flatMap({ ReadingKey.ID($0) }) else {
            throw Refusal.notFound
        }
        try await accounts.database.write { [accounts] db in
            let acting = try accounts.acting(context, db)
            guard try ReadingKeyStore(db).remove(id, of: acting.account) else {
                throw Refusal.notFound
            }
            try Audit(db, key: accounts.key).record(
                "reading_key.ended", id.text, by: acting.actor, at: acting.moment, quietly: true)
        }
        return site.redirect(to: Address.readingKeys.with("done", "key_ended"))
    }
}
