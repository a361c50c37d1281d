import AsyncHTTPClient
import Core
import Foundation
import Synchronization

/// Asks the provider, and believes it only as far as it can be checked.
///
/// What it says of itself and its keys are kept for an hour. Every answer has a time and a size
/// it may take, and a redirect is no answer.
package final class OpenIDProvider: Sendable {
    package let setting: OpenIDSetting
    private let now: @Sendable () -> Moment
    private let known = Mutex(Known())

    package init(_ setting: OpenIDSetting, now: @escaping @Sendable () -> Moment) {
        self.setting = setting
        self.now = now
    }

    /// How long one whole answer may take.
    static let patience = Duration.seconds(5)
    /// The longest answer, in bytes.
    static let answerBytes = 262_144
    /// How long what the provider says of itself, and its keys, are taken for true.
    static let keptMilliseconds: Int64 = 3_600_000
    /// For so long a provider that did not answer is not asked what it is.
    static let restMilliseconds: Int64 = 10_000
    /// How often at most the keys are asked for anew because one did not fit.
    static let keysMilliseconds: Int64 = 60_000

    /// Who came back, as the provider says.
    struct Visitor: Sendable {
        let subject: String
        let hasSecondFactor: Bool
    }

    private struct Known {
        var provider: Metadata?
        var providerAt: Int64 = 0
        var failedAt: Int64?
        var keys: ProviderKeys?
        var keysAt: Int64 = 0
    }

    /// What a provider says of itself (OpenID Connect Discovery 1.0, section 3).
    private struct Metadata: Decodable, Sendable {
        let issuer: String
        let authorizationEndpoint: String
        let tokenEndpoint: String
        let jwksUri: String
        let tokenEndpointAuthMethodsSupported: [String]?

        /// How the client says who it is; nil when it can do so in no way of ours.
        var usesHeader: Bool? {
            let methods = tokenEndpointAuthMethodsSupported ?? ["client_secret_basic"]
            if methods.contains("client_secret_basic") { return true }
            return methods.contains("client_secret_post") ? false : nil
        }
    }

    /// Where a browser is sent to sign in.
    func address(for attempt: OpenIDAttempt) async throws -> String {
        let endpoint = try await metadata().authorizationEndpoint
        // No more than who they are: not their name, not their e-mail address.
        let query = Self.encoded([
            ("response_type", "code"), ("scope", "openid"), ("client_id", setting.clientID),
            ("redirect_uri", setting.returnAddress), ("state", attempt.state),
            ("nonce", attempt.nonce), ("code_challenge", attempt.challenge),
            ("code_challenge_method", "S256"),
        ])
        return endpoint + (endpoint.contains("?") ? "&" : "?") + query
    }

    /// Swaps the code that a browser brought back for a token, and checks it.
    func visitor(_ code: String, _ attempt: OpenIDAttempt) async throws -> Visitor {
        let text = try await swap(code, attempt)
        let moment = now()
        let token = try await token(text, at: moment)
        let broken = token.brokenRule(
            issuer: setting.issuer, client: setting.clientID, nonce: attempt.nonce, at: moment)
        if let broken { throw OpenIDFault.invalid(broken) }
        return Visitor(subject: token.sub, hasSecondFactor: token.hasSecondFactor)
    }

    private func token(_ text: String, at moment: Moment) async throws -> IDToken {
        do {
            return try await keys(notBefore: moment.milliseconds - Self.keptMilliseconds)
                .token(text)
        } catch let fault as OpenIDFault where fault == .invalid("signature") {
            // The provider may have changed its keys since.
            return try await keys(notBefore: moment.milliseconds - Self.keysMilliseconds)
                .token(text)
        }
    }

    private func swap(_ code: String, _ attempt: OpenIDAttempt) async throws -> String {
        struct Answer: Decodable { let idToken: String }
        let provider = try await metadata()
        var request = HTTPClientRequest(url: provider.tokenEndpoint)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        var fields = [
            ("grant_type", "authorization_code"), ("code", code),
            ("redirect_uri", setting.returnAddress), ("code_verifier", attempt.verifier),
        ]
        if provider.usesHeader == true {
            // Both parts are written as in a form before they are joined (RFC 6749, 2.3.1).
            let pair = Self.escaped(setting.clientID) + ":" + Self.escaped(setting.clientSecret)
            let mark = Data(pair.utf8).base64EncodedString()
            request.headers.add(name: "Authorization", value: "Basic " + mark)
        } else {
            fields += [
                ("client_id", setting.clientID), ("client_secret", setting.clientSecret),
            ]
        }
        request.body = .bytes(Array(Self.encoded(fields).utf8))
        let answer = try await ask(request)
        switch answer.status {
        case 200: break
        case 400..<500: throw OpenIDFault.invalid("code")
        default: throw OpenIDFault.unreachable("token endpoint")
        }
        guard let token = try? Self.decoder().decode(Answer.self, from: answer.body) else {
            throw OpenIDFault.unreachable("token endpoint")
        }
        return token.idToken
    }

    private func metadata() async throws -> Metadata {
        let moment = now().milliseconds
        let (kept, isResting) = known.withLock { known in
            let isFresh = moment - known.providerAt < Self.keptMilliseconds
            let isResting = known.failedAt.map { moment - $0 < Self.restMilliseconds } ?? false
            return (isFresh ? known.provider : nil, isResting)
        }
        if let kept { return kept }
        guard !isResting else { throw OpenIDFault.unreachable("discovery") }
        do {
            let found = try await discover()
            known.withLock { known in
                (known.provider, known.providerAt, known.failedAt) = (found, moment, nil)
            }
            return found
        } catch {
            known.withLock { $0.failedAt = moment }
            throw error
        }
    }

    private func discover() async throws -> Metadata {
        let body = try await fetch(setting.discoveryAddress, "discovery")
        guard let found = try? Self.decoder().decode(Metadata.self, from: body),
            found.issuer == setting.issuer, found.usesHeader != nil,
            [found.authorizationEndpoint, found.tokenEndpoint, found.jwksUri]
                .allSatisfy(setting.allows)
        else { throw OpenIDFault.unreachable("discovery") }
        return found
    }

    /// The provider's keys, asked for anew when those that are known are older than a moment.
    private func keys(notBefore oldest: Int64) async throws -> ProviderKeys {
        let kept = known.withLock { known in known.keysAt > oldest ? known.keys : nil }
        if let kept { return kept }
        let body = try await fetch(try await metadata().jwksUri, "keys")
        guard let keys = try? ProviderKeys(body) else { throw OpenIDFault.unreachable("keys") }
        let moment = now().milliseconds
        known.withLock { known in (known.keys, known.keysAt) = (keys, moment) }
        return keys
    }

    private func fetch(_ address: String, _ what: String) async throws -> Data {
        let answer = try await ask(HTTPClientRequest(url: address))
        guard answer.status == 200 else { throw OpenIDFault.unreachable(what) }
        return answer.body
    }

    private struct Answer: Sendable {
        let status: Int
        let body: Data
    }

    /// One question and its whole answer, within time and size.
    private func ask(_ question: HTTPClientRequest) async throws -> Answer {
        var request = question
        request.headers.add(name: "Accept", value: "application/json")
        do {
            return try await withThrowingTaskGroup(of: Answer.self) { [request] group in
                group.addTask { try await Self.answer(request) }
                group.addTask {
                    try await Task.sleep(for: Self.patience)
                    throw OpenIDFault.unreachable("slow")
                }
                defer { group.cancelAll() }
                guard let first = try await group.next() else { throw CancellationError() }
                return first
            }
        } catch let fault as OpenIDFault {
            throw fault
        } catch {
            try Task.checkCancellation()
            throw OpenIDFault.unreachable("no answer")
        }
    }

    /// With a client of its own, for it is rarely needed and then leaves nothing behind.
    private static func answer(_ request: HTTPClientRequest) async throws -> Answer {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            let response = try await client.execute(
                request, timeout: .seconds(patience.components.seconds))
            let body = try await response.body.collect(upTo: answerBytes)
            return Answer(status: Int(response.status.code), body: Data(body.readableBytesView))
        }
    }

    private static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    private static func encoded(_ fields: [(String, String)]) -> String {
        fields.map { escaped($0.0) + "=" + escaped($0.1) }.joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        let plain = CharacterSet(
            charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}
