import Core
import Hummingbird
import Storage
import Web

/// Finds out who comes: the session of their cookie, the account behind it, and what that may do
/// today, all as one snapshot knows it. What was taken from them since their last request is gone.
struct SessionDoor: RouterMiddleware {
    let accounts: Accounts
    let site: Site
    private let standings = AccountAccessShelf(limit: Limits.keptAccounts)

    func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        if Api.covers(request.uri.path) {
            return try await KeyDoor(accounts: accounts, standings: standings)
                .handle(request, context: context, next: next)
        }
        guard let secret = request.cookie(SessionCookie.name(site)),
            secret.utf8.count == 64
        else { return try await next(request, context) }
        let digest = Session.digest(of: secret)
        let moment = accounts.now()
        let found = try await accounts.database.glance { [self] db -> Found? in
            guard let (session, head) = try SessionStore(db).arrive(digest),
                session.isOpen(at: moment)
            else { return nil }
            let state = SeenState(head.newest, on: moment.day)
            guard
                let standing = try standings.standing(
                    of: session.account, state, accounts, db),
                accounts.maySignIn(standing.account)
            else { return nil }
            return Found(session: session, reader: standing.reader, head: head)
        }
        guard let found else {
            var response = try await next(request, context)
            // A new one may have been given on the way.
            if response.headers[.setCookie] == nil {
                response.setCookie(SessionCookie.gone(site))
            }
            return response
        }
        if moment.milliseconds - found.session.seenAt.milliseconds >= Session.seenMilliseconds,
            request.method != .head
        {
            await see(digest, at: moment, context)
        }
        var context = context
        context.reader = found.reader
        context.head = found.head
        context.formSeed = context.formSeed.seed(of: found.session.account, session: digest)
        guard request.method == .post else {
            context.waiting = await waiting(for: found, request, at: moment, context)
            return try await next(request, context)
        }
        defer { site.forgetWaiting(of: found.session.account) }
        return try await next(request, context)
    }

    /// Keeps when somebody was last seen. That is worth no page: on a full disk they read on.
    private func see(_ digest: String, at moment: Moment, _ context: AppContext) async {
        do {
            try await accounts.database.write { db in
                try SessionStore(db).see(digest, at: moment)
            }
        } catch {
            context.logger.warning("a session was not renewed", metadata: ["error": "\(error)"])
        }
    }

    /// The numbers beside the entries of the header. No page is missed for want of them.
    private func waiting(
        for found: Found, _ request: Request, at moment: Moment, _ context: AppContext
    ) async -> [String: Int] {
        guard request.method == .get, !request.uri.path.hasPrefix("/assets/") else { return [:] }
        do {
            return try await site.waiting(for: found.reader, found.head, at: moment)
        } catch {
            context.logger.warning("what waits was not counted", metadata: ["error": "\(error)"])
            return [:]
        }
    }

    private struct Found: Sendable {
        let session: Session
        let reader: Reader
        let head: Audit.Head
    }
}

/// The cookies of signing in.
enum SessionCookie {
    /// Behind HTTPS the name itself makes browsers keep the cookie to this very host.
    static func name(_ site: Site) -> String { site.cookie("session") }

    /// Where the others are sent: a name that keeps a cookie to its host asks for every path.
    private static func path(_ path: String, _ site: Site) -> String {
        site.isBehindProxy ? "/" : path
    }

    static func given(_ secret: String, _ site: Site) -> Cookie {
        Cookie(
            name: name(site), value: secret, path: "/", secure: site.isBehindProxy,
            httpOnly: true, sameSite: .lax)
    }

    static func gone(_ site: Site) -> Cookie {
        Cookie(
            name: name(site), value: "", maxAge: 0, path: "/", secure: site.isBehindProxy,
            httpOnly: true, sameSite: .lax)
    }

    /// Tells a browser that has signed in before from a stranger's, for the gate alone.
    static let device = "device"
    /// Half a year.
    static let deviceSeconds = 15_552_000

    /// How the way of a device begins that never signed in.
    static let addressWay = "address "

    /// The way in that failures are counted for: a device that was here before has its own.
    static func way(
        _ request: Request, _ context: AppContext, _ key: SecretKey, _ site: Site, name: String
    ) -> String {
        let parts = (request.cookie(site.cookie(device)) ?? "").split(separator: ".").map(
            String.init)
        if parts.count == 2, parts[0].utf8.count == 64,
            key.isMAC(parts[1], of: ["device", name, parts[0]])
        {
            return "device " + parts[0]
        }
        return addressWay + context.client
    }

    static func device(_ name: String, _ key: SecretKey, _ site: Site) -> Cookie {
        let number = freshSecret()
        return Cookie(
            name: site.cookie(device), value: number + "." + key.mac(["device", name, number]),
            maxAge: deviceSeconds, path: path("/sign-in", site), secure: site.isBehindProxy,
            httpOnly: true,
            sameSite: .strict)
    }

    /// Carries the key of the second step from one page to the next.
    static let step = "step"

    /// Lax, because who comes from the provider is sent on by another site in a browser's eyes.
    static func step(_ secret: String, _ site: Site) -> Cookie {
        Cookie(
            name: site.cookie(step), value: secret, maxAge: secret.isEmpty ? 0 : 900,
            path: path("/sign-in", site),
            secure: site.isBehindProxy, httpOnly: true, sameSite: .lax)
    }

    /// Holds the number of a try to sign in with the provider.
    static let openID = "openid"

    static func openID(_ secret: String, _ site: Site) -> Cookie {
        let seconds = secret.isEmpty ? 0 : Int(OpenIDAttempt.milliseconds / 1000)
        return Cookie(
            name: site.cookie(openID), value: secret, maxAge: seconds,
            path: path(Address.openID.text, site),
            secure: site.isBehindProxy, httpOnly: true, sameSite: .lax)
    }
}
