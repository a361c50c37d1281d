import Catalogue
import Core
import Hummingbird
import Organization
import Storage
import Web

/// Who may come in: the accounts of a district, and what gives each of them its rights.
package struct Accounts: Sendable {
    package let database: Database
    package let catalogue: Catalogue
    package let key: AuditKey
    package let now: @Sendable () -> Moment
    /// The units, as a snapshot knows them.
    package let structure: @Sendable (Connection) throws -> Structure
    /// What the posts give that a person holds on a day; the ledger knows them.
    package let posts: @Sendable (Person.ID, Day, Connection) throws -> [Access.Holding]
    package let passwords: Passwords
    /// Whether the accounts of the demonstration may sign in.
    package let isDemonstration: Bool
    /// The provider with which people may sign in; nil where there is none.
    package let openID: OpenIDProvider?
    let secrets: SecretKey

    package init(
        database: Database, catalogue: Catalogue, key: AuditKey,
        now: @escaping @Sendable () -> Moment,
        structure: @escaping @Sendable (Connection) throws -> Structure,
        posts: @escaping @Sendable (Person.ID, Day, Connection) throws -> [Access.Holding],
        passwords: Passwords, isDemonstration: Bool, openID: OpenIDProvider? = nil
    ) {
        self.database = database
        self.catalogue = catalogue
        self.key = key
        self.now = now
        self.structure = structure
        self.posts = posts
        self.passwords = passwords
        self.isDemonstration = isDemonstration
        self.openID = openID
        secrets = key.derived("accounts")
    }

    /// What an account may do on a day.
    package func access(of account: Account, on day: Day, _ db: Connection) throws -> Access {
        if let office = account.office {
            return Access(
                holdings: [
                    Access.Holding(
                        right: office.right, unit: nil, role: office.rawValue, basis: .office)
                ])
        }
        let grants = GrantStore(db)
        var holdings = try grants.holdings(of: account.id, on: day, catalogue.roles)
        if let person = account.person { holdings += try posts(person, day, db) }
        return Access(
            holdings: holdings,
            sealedKinds: try grants.sealedKinds(of: account.id, on: day))
    }

    /// Whether an account may sign in at all, here and now.
    package func maySignIn(_ account: Account) -> Bool {
        !account.isDisabled && (isDemonstration || !account.isDemonstration)
    }

    /// Makes an account without a password, and the key with which its holder chooses one.
    ///
    /// - Returns: its identity, and the secret of the invitation.
    /// - Throws: `Refusal.invalid` when the sign-in name is taken or none, or when the person
    ///   may not have the account.
    package func invite(
        _ signIn: String, name: String, person: Person.ID? = nil, office: Office? = nil,
        by actor: Actor
    ) async throws -> (id: Account.ID, secret: String) {
        let folded = try Account.folded(signIn)
        let name = try Refusal.cleaned(name, at: "shown")
        let moment = now()
        let isDemonstration = isDemonstration
        return try await database.write { [key] db in
            let accounts = AccountStore(db)
            guard try accounts.find(signIn: folded) == nil else {
                throw Refusal.invalid(
                    "name", zh: "登录名“\(folded)”已有人使用。", en: "The name “\(folded)” is taken.")
            }
            try accounts.requireSeparation(person, office: office, beside: nil)
            let id = Account.ID.make()
            try accounts.insert(
                id, signIn: folded, name: name, person: person, office: office,
                isDemonstration: isDemonstration, at: moment, by: actor)
            let audit = Audit(db, key: key)
            try audit.record("account.made", id.text, by: actor, at: moment, quietly: true)
            let secret = try AccessKeyStore(db).make(.invitation, for: id, at: moment, by: actor)
            try audit.record("account.invited", id.text, by: actor, at: moment, quietly: true)
            return (id, secret)
        }
    }

    /// Keeps a password, ends every session, link, half-made sign-in and key of a program that
    /// rested on the old one, and says so in the audit.
    func setPassword(
        _ kept: String, of id: Account.ID, excluding session: String?, _ db: Connection
    )
        throws
    {
        let moment = now()
        try AccountStore(db).setPassword(kept, of: id, at: moment)
        try SessionStore(db).endAll(of: id, excluding: session)
        try AccessKeyStore(db).endAll(of: id)
        try ReadingKeyStore(db).endAll(of: id)
        try Audit(db, key: key).record(
            "account.password_set", id.text, by: Actor(name: id.text, standing: .account),
            at: moment, quietly: true)
    }
}

/// The pages of signing in and of one's own account.
package func accountPages(_ accounts: Accounts) -> Feature {
    Feature(
        name: "accounts",
        navigation: [
            Destination("nav_desk", .desk, path: Address.desk.text, needs: .signedIn),
            Destination(
                "nav_messages", .messages, path: Address.messages.text, needs: .signedIn,
                waiting: Waiting { reader, db in
                    try reader.account.map { try Outbox(db).unseen(of: $0) } ?? 0
                }),
        ],
        templates: .module,
        pages: [
            FormPage.self, SignInPage.self, CodesPage.self, WelcomePage.self, UnreleasedPage.self,
            DeskPage.self, MinePage.self, MessagesPage.self, SavedViewsPage.self, RecoveryPage.self,
            OpenIDPage.self, OpenIDLeavePage.self, OpenIDFaultPage.self, KeysPage.self,
        ],
        routes: { router, site in
            routeSignIn(router, accounts, site)
            routeOwnAccount(router, accounts, site)
            routeViews(router, accounts, site)
            routeOpenID(router, accounts, site)
        },
        door: { site in SessionDoor(accounts: accounts, site: site) },
        desk: { _ in
            { context, words, db in
                try messagesOnDesk(context, words, db) + viewsOnDesk(context, words, db)
            }
        })
}

/// Signing in, and an address under which somebody chooses a password.
private func routeSignIn(_ router: Routes, _ accounts: Accounts, _ site: Site) {
    let signIn = SignIn(accounts: accounts, site: site)
    router.get("sign-in", needs: .everybody, use: signIn.show)
    router.post(
        "sign-in", needs: .everybody,
        fields: ["password": .password, "next": .carried], use: signIn.handle)
    let code = EnterCode(accounts: accounts, site: site)
    router.get("sign-in/code", needs: .everybody, use: code.show)
    router.post(
        "sign-in/code", needs: .everybody, fields: ["code": .code, "next": .carried],
        use: code.handle)
    let enrol = Enrol(accounts: accounts, site: site)
    router.get("sign-in/enrol", needs: .everybody, use: enrol.show)
    router.post(
        "sign-in/enrol", needs: .everybody,
        fields: ["sealed": .key, "code": .code, "next": .carried], use: enrol.handle)
    let welcome = Welcome(accounts: accounts, site: site)
    router.get("welcome", needs: .everybody, use: welcome.show)
    router.post(
        "welcome", needs: .everybody,
        fields: ["secret": .key, "for": .carried, "password": .password],
        use: welcome.handle)
}

/// One's own account, for anyone who is signed in.
private func routeOwnAccount(_ router: Routes, _ accounts: Accounts, _ site: Site) {
    router.post(
        "sign-out", needs: .signedIn, use: SignOut(accounts: accounts, site: site).handle)
    router.get("desk", needs: .signedIn, use: ShowDesk(accounts: accounts, site: site).handle)
    let mine = ShowMine(accounts: accounts, site: site)
    router.get("my", needs: .signedIn, use: mine.handle)
    router.post(
        "my/sessions/end", needs: .signedIn, fields: ["session": .carried],
        use: EndSession(accounts: accounts, site: site).handle)
    let messages = ListMessages(accounts: accounts, site: site)
    router.get("my/messages", needs: .signedIn, use: messages.handle)
    router.post(
        "my/messages/seen", needs: .signedIn, fields: ["newest": .carried],
        use: SeeMessages(accounts: accounts, site: site).handle)
    let keys = ListReadingKeys(accounts: accounts, site: site)
    router.get("my/keys", needs: .signedIn, use: keys.handle)
    router.post(
        "my/keys", needs: .signedIn, use: MakeReadingKey(accounts: accounts, site: site).handle)
    router.post(
        "my/keys/end", needs: .signedIn, fields: ["key": .carried],
        use: EndReadingKey(accounts: accounts, site: site).handle)
    let password = ChangePassword(accounts: accounts, site: site)
    router.get("my/password", needs: .signedIn, use: password.show)
    router.post(
        "my/password", needs: .signedIn,
        fields: ["old": .password, "password": .password], use: password.handle)
    let codes = UseCodes(accounts: accounts, site: site)
    router.get("my/codes", needs: .signedIn, use: codes.show)
    router.post(
        "my/codes", needs: .signedIn,
        fields: ["sealed": .key, "code": .code, "old": .password, "present": .code],
        use: codes.handle)
    router.post(
        "my/codes/end", needs: .signedIn,
        fields: ["password": .password, "ending_code": .code], use: codes.end)
}

/// The pages that somebody saved.
private func routeViews(_ router: Routes, _ accounts: Accounts, _ site: Site) {
    router.get(
        "my/views", needs: .signedIn, use: ListViews(accounts: accounts, site: site).handle)
    router.post(
        "my/views", needs: .signedIn, fields: ["address": .carried],
        use: SaveView(accounts: accounts, site: site).handle)
    router.post(
        "my/views/end", needs: .signedIn, fields: ["view": .carried],
        use: EndView(accounts: accounts, site: site).handle)
}

/// Signing in with a provider, where the district has one.
private func routeOpenID(_ router: Routes, _ accounts: Accounts, _ site: Site) {
    guard let provider = accounts.openID else { return }
    let openID = SignInWithOpenID(accounts: accounts, provider: provider, site: site)
    router.get("sign-in/openid/start", needs: .everybody, use: openID.start)
    router.get("sign-in/openid", needs: .everybody, use: openID.handle)
    let link = LinkOpenID(accounts: accounts, provider: provider, site: site)
    router.get("my/openid", needs: .signedIn, use: link.show)
    router.post(
        "my/openid", needs: .signedIn, fields: ["old": .password, "code": .code],
        use: link.handle)
    router.post("my/openid/end", needs: .signedIn, use: link.end)
}

/// Where the pages of the accounts are.
extension Address {
    package static let signIn = Address("sign-in")
    static let code = Address("sign-in", "code")
    static let enrolment = Address("sign-in", "enrol")
    static let openID = Address("sign-in", "openid")
    static let startOpenID = Address("sign-in", "openid", "start")
    package static let welcome = Address("welcome")
    package static let desk = Address("desk")
    package static let mine = Address("my")
    package static let messages = Address("my", "messages")
    static let seeMessages = Address("my", "messages", "seen")
    static let views = Address("my", "views")
    static let endView = Address("my", "views", "end")
    static let endSession = Address("my", "sessions", "end")
    static let readingKeys = Address("my", "keys")
    static let endReadingKey = Address("my", "keys", "end")
    static let password = Address("my", "password")
    static let codes = Address("my", "codes")
    static let endCodes = Address("my", "codes", "end")
    static let linkOpenID = Address("my", "openid")
    static let endOpenID = Address("my", "openid", "end")
}
