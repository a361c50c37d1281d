import Accounts
import Core
import Crypto
import Foundation
import Hummingbird
import HummingbirdTesting
import JWTKit
import Logging
import Synchronization
import TestKit
import Testing

/// A provider of the test's own, for what no honest one says. It answers on loopback.
final class OwnProvider: Sendable {
    /// What ails it.
    enum Mood: Sendable, CaseIterable {
        case down, nonsense, otherName, unguarded, huge, elsewhere, noWay
    }

    private struct State {
        var mood: Mood?
        var isSlow = false
        var keys = ["first": ES256PrivateKey()]
        var grants: [String: (token: String, challenge: String)] = [:]
    }

    private let state = Mutex(State())

    var mood: Mood? {
        get { state.withLock { $0.mood } }
        set { state.withLock { $0.mood = newValue } }
    }

    /// Lets it take longer than anybody waits.
    func slowDown() { state.withLock { $0.isSlow = true } }

    /// Signs with a new key from now on, and shows the old one no more.
    func changeKeys() { state.withLock { $0.keys = ["second": ES256PrivateKey()] } }

    var key: (name: String, key: ES256PrivateKey) {
        let keys = state.withLock { $0.keys }
        let name = keys.keys.sorted().first ?? ""
        return (name, keys[name] ?? ES256PrivateKey())
    }

    /// Answers this code with this token.
    func grant(_ code: String, _ token: String, challenge: String) {
        state.withLock { $0.grants[code] = (token, challenge) }
    }

    var router: Router<BasicRequestContext> {
        let router = Router()
        router.get(".well-known/openid-configuration") { request, _ in
            try await self.discovery("http://" + (request.head.authority ?? ""))
        }
        router.get("keys") { _, _ in
            let keys = self.state.withLock { $0.keys }
            return Self.json(String(decoding: try Signing.published(keys), as: UTF8.self))
        }
        router.post("token") { request, _ in
            let body = try await request.body.collect(upTo: 65_536)
            return self.swap(String(buffer: body), request.headers[.authorization])
        }
        return router
    }

    private func discovery(_ issuer: String) async throws -> Response {
        if state.withLock({ $0.isSlow }) { try await Task.sleep(for: .seconds(7)) }
        let name = mood == .otherName ? issuer + "/" : issuer
        let end = mood == .unguarded ? "http://elsewhere.example/token" : issuer + "/token"
        let way = mood == .noWay ? "private_key_jwt" : "client_secret_basic"
        let pad = mood == .huge ? String(repeating: "x", count: 300_000) : ""
        switch mood {
        case .down: return Self.json("{}", .serviceUnavailable)
        case .nonsense: return Self.json("<html>")
        case .elsewhere:
            return Response(status: .found, headers: [.location: "https://elsewhere.example/"])
        default: break
        }
        return Self.json(
            """
            {"issuer": "\(name)", "authorization_endpoint": "\(issuer)/authorize",
             "token_endpoint": "\(end)", "jwks_uri": "\(issuer)/keys", "pad": "\(pad)",
             "token_endpoint_auth_methods_supported": ["\(way)"]}
            """)
    }

    /// Takes a code once, from the client it knows, who must know what was digested beforehand.
    private func swap(_ body: String, _ mark: String?) -> Response {
        let fields = Outing.fields(of: "/?" + body)
        let grant = state.withLock { $0.grants.removeValue(forKey: fields["code"] ?? "") }
        let digest = Data(SHA256.hash(data: Data((fields["code_verifier"] ?? "").utf8)))
        let pair = Data("groundwork:a%20secret%3A%20of%20ours".utf8).base64EncodedString()
        guard let grant, mark == "Basic " + pair, fields["grant_type"] == "authorization_code",
            fields["redirect_uri"] == "https://groundwork.example/sign-in/openid",
            Signing.encoded(digest) == grant.challenge
        else { return Self.json(#"{"error": "invalid_grant"}"#, .badRequest) }
        return Self.json(
            #"{"access_token": "x", "token_type": "Bearer", "id_token": "\#(grant.token)"}"#)
    }

    private static func json(
        _ text: String, _ status: HTTPResponse.Status = .ok
    ) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

/// A way out to the provider: what the browser keeps, and what the provider is told.
struct Outing: Sendable {
    let cookie: String
    let address: String
    let told: [String: String]

    init(_ answer: PageAnswer, _ address: String?) throws {
        cookie = try #require(answer.cookie("openid"), "\(answer.status) \(answer.text)")
        self.address = try #require(address)
        told = Self.fields(of: self.address)
    }

    static func fields(of address: String) -> [String: String] {
        let items = URLComponents(string: address)?.queryItems ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
    }
}

/// A district that knows a provider of the test's own.
struct ProviderStand: Sendable {
    let district: TestDistrict
    let provider: OwnProvider
    let client: any TestClientProtocol
    let issuer: String
    let clock: TestClock

    static func with(
        _ engine: Engine, trustsSecondFactor: Bool = false,
        _ body: @escaping @Sendable (ProviderStand) async throws -> Void
    ) async throws {
        let provider = OwnProvider()
        let clock = TestClock()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let quiet = logger
        try await Application(router: provider.router, logger: quiet).test(.live) { server in
            let issuer = "http://localhost:\(try #require(server.port))"
            try await TestDistrict.with(engine, now: { clock.moment }) { district in
                try district.useProvider(issuer, trustsSecondFactor: trustsSecondFactor)
                try await district.withSite { client in
                    try await body(
                        ProviderStand(
                            district: district, provider: provider, client: client,
                            issuer: issuer, clock: clock))
                }
            }
        }
    }

    /// Sets out from the sign-in page.
    func setOut(next: String? = nil) async throws -> Outing {
        let query = next.map { "?next=" + $0 } ?? ""
        let answer = try await client.page("/sign-in/openid/start" + query)
        return try Outing(answer, answer.location)
    }

    /// A token as an honest provider makes it.
    func token(
        _ outing: Outing, sub: String = "li-there", amr: [String]? = nil
    ) -> IDToken {
        let now = clock.moment.milliseconds / 1000
        return IDToken(
            iss: issuer, sub: sub, aud: ["groundwork"], exp: now + 300, iat: now,
            nonce: outing.told["nonce"], amr: amr)
    }

    /// Comes back from the provider with a code for this text.
    func comeBack(
        _ outing: Outing, text: String, session: String? = nil
    ) async throws -> PageAnswer {
        let code = "code-" + outing.cookie
        provider.grant(code, text, challenge: outing.told["code_challenge"] ?? "")
        return try await client.comeBack(
            "code=\(code)&state=\(outing.told["state"] ?? "")", outing.cookie, session)
    }

    func comeBack(
        _ outing: Outing, sub: String = "li-there", amr: [String]? = nil, session: String? = nil
    ) async throws -> PageAnswer {
        let (name, key) = provider.key
        let text = try await Signing.text(token(outing, sub: sub, amr: amr), key, name)
        return try await comeBack(outing, text: text, session: session)
    }

    func link(_ account: Account.ID, _ subject: String = "li-there") async throws {
        try await district.link(account, subject, issuer)
    }
}

extension TestClientProtocol {
    /// What the browser asks for when the provider sends it back.
    func comeBack(
        _ query: String, _ cookie: String?, _ session: String? = nil
    ) async throws -> PageAnswer {
        let cookies = [cookie.map { "openid=" + $0 }, session].compactMap { $0 }
        return try await page(
            "/sign-in/openid?" + query, headers: [.cookie: cookies.joined(separator: "; ")])
    }
}

extension TestDistrict {
    /// Names a provider in the district's folder.
    func useProvider(
        _ issuer: String, trustsSecondFactor: Bool = false, permissions: Int = 0o600
    ) throws {
        let path = try file(
            "openid.yaml",
            """
            issuer: \(issuer)
            client_id: groundwork
            client_secret: "a secret: of ours"
            address: https://groundwork.example
            button: {zh: 区统一认证, en: District sign-in}
            trusts_second_factor: \(trustsSecondFactor)
            """)
        try FileManager.default.setAttributes(
            [.posixPermissions: permissions], ofItemAtPath: path)
    }

    func link(_ account: Account.ID, _ subject: String, _ issuer: String) async throws {
        let accounts = accounts
        try await database.write { db in
            try accounts.link(account, to: subject, at: issuer, by: Self.actor, db)
        }
    }

    /// How many links an account has, and how often the audit says that they were ended, by whom.
    func links(_ account: Account.ID, endedBy actor: String) async throws -> [Int] {
        try await database.read { db in
            let standing = try db.value(
                "SELECT COUNT(*) FROM account_identity WHERE account_id = \(account)",
                as: Int.self)
            let ended = try db.value(
                """
                SELECT COUNT(*) FROM audit WHERE action = 'account.identity_unlinked'
                    AND subject = \(account.text) AND actor = \(actor)
                """, as: Int.self)
            return [standing ?? 0, ended ?? 0]
        }
    }

    /// How many sessions an account has.
    func sessions(_ account: Account.ID) async throws -> Int {
        try await database.read { try SessionStore($0).list(of: account).count }
    }

    /// Gives an account a password.
    func setPassword(_ password: String, of account: Account.ID) async throws {
        let kept = try await Passwords(cost: 4).keep(password)
        let moment = district.now()
        try await database.write { db in
            try AccountStore(db).setPassword(kept, of: account, at: moment)
        }
    }
}
