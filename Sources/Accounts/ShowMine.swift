import Catalogue
import Core
import Hummingbird
import Organization
import Storage
import Web

/// GET /my. For anyone who is signed in: what they may do and why, where they are signed in, and
/// how the pages look to them.
struct ShowMine: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.requireAccount()
        let current = Session.digest(
            of: request.cookie(SessionCookie.name(site)) ?? "")
        let words = site.words(context)
        let now = accounts.now()
        let page = try await accounts.database.read { [accounts] db in
            guard let account = try AccountStore(db).find(id) else { throw Refusal.notFound }
            let content = MinePage.Content(
                account: account,
                rights: MinePage.lines(
                    context.reader.access, try accounts.structure(db), accounts.catalogue.roles,
                    now.day, words),
                sessions: try SessionStore(db).list(of: id), current: current,
                codesLeft: try AccountStore(db).recoveryCodesLeft(id),
                unseen: try Outbox(db).unseen(of: id))
            return MinePage(content, hasOpenID: accounts.openID != nil, context, words)
        }
        return site.show(page, context)
    }
}

/// One's own page.
struct MinePage: Page {
    static let template = "accounts/mine"

    let title: String
    let name: String
    let rights: [Line]
    let hasRights: Bool
    let sessions: [Open]
    let head: FormHead
    let endAction: String
    let codes: String
    let codesHref: String
    let passwordHref: String
    let keysHref: String
    /// Where the account is linked to a provider; nil where there is none.
    let openIDHref: String?
    let messages: String
    let messagesHref: String

    /// One role, where it holds, what it lets them do, and what gives it.
    struct Line: Sendable {
        let role: String
        let place: String
        let may: String
        let why: String
        let whyHref: String?
    }

    struct Open: Sendable {
        let digest: String
        let device: String
        let when: String
        let isCurrent: Bool
    }

    /// What a snapshot says about whoever reads.
    struct Content {
        let account: Account
        let rights: [Line]
        let sessions: [Session]
        /// The digest of the session that asks.
        let current: String
        let codesLeft: Int
        /// How many messages they have not seen.
        let unseen: Int
    }

    init(_ content: Content, hasOpenID: Bool, _ context: AppContext, _ words: Words) {
        title = words["mine_title"]
        name = content.account.name
        rights = content.rights
        hasRights = !rights.isEmpty
        sessions = content.sessions.map {
            Open(
                digest: String($0.digest.prefix(Self.digestLetters)), device: $0.device,
                when: words[
                    "mine_session", ["opened": $0.openedAt.text, "seen": $0.seenAt.text]],
                isCurrent: $0.digest == content.current)
        }
        head = context.formHead(.endSession)
        endAction = Address.endSession.text
        codes =
            content.account.oneTimeSecret == nil
            ? words["mine_codes_off"]
            : words["mine_codes_on", ["left": String(content.codesLeft)]]
        codesHref = Address.codes.text
        passwordHref = Address.password.text
        keysHref = Address.readingKeys.text
        messages =
            content.unseen == 0
            ? words["messages_title"]
            : words["mine_messages", ["count": String(content.unseen)]]
        messagesHref = Address.messages.text
        openIDHref = hasOpenID ? Address.linkOpenID.text : nil
    }

    /// So many letters of a digest name a session among one's own.
    static let digestLetters = 16

    fileprivate static func lines(
        _ access: Access, _ structure: Structure, _ roles: [String: Role], _ today: Day,
        _ words: Words
    ) -> [Line] {
        var order: [Access.Holding] = []
        var rights: [String: [Right]] = [:]
        func mark(_ holding: Access.Holding) -> String {
            "\(holding.role) \(holding.unit?.text ?? "") \(holding.basis)"
        }
        for holding in access.holdings {
            if rights[mark(holding)] == nil { order.append(holding) }
            rights[mark(holding), default: []].append(holding.right)
        }
        let language = words.language
        return order.map { holding in
            let unit = holding.unit.flatMap { structure.nearestVersion($0, on: today) }
            let may = (rights[mark(holding)] ?? []).map { words["right_\($0.rawValue)"] }
                .joined(separator: words.comma)
            let (why, href): (String, String?) =
                switch holding.basis {
                case .post(let record): (words["mine_by_post"], Address("records", record).text)
                case .grant: (words["mine_by_grant"], nil)
                case .office: (words["mine_by_office"], nil)
                }
            return Line(
                role: roles[holding.role]?.name[language] ?? words["office_\(holding.role)"],
                place: unit?.name ?? words["mine_everywhere"], may: may, why: why, whyHref: href)
        }
    }
}

/// POST /my/sessions/end: ends one of one's own sessions, or all but this one.
struct EndSession: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.requireAccount()
        let current = Session.digest(
            of: request.cookie(SessionCookie.name(site)) ?? "")
        let wanted = try form.text("session") ?? ""
        let (moment, actor) = (accounts.now(), context.actor)
        try await accounts.database.write { [accounts] db in
            let sessions = SessionStore(db)
            if wanted == "others" {
                try sessions.endAll(of: id, excluding: current)
            } else {
                // Only one's own are looked at, so a foreign one is not found.
                guard wanted.count == MinePage.digestLetters,
                    let session = try sessions.list(of: id)
                        .first(where: { $0.digest.hasPrefix(wanted) })
                else { throw Refusal.notFound }
                try sessions.end(session.digest, of: id)
            }
            try Audit(db, key: accounts.key).record(
                "session.ended", id.text, by: actor, at: moment, quietly: true)
        }
        return site.redirect(to: Address.mine.with("done", "session_ended"))
    }
}
