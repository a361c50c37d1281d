import Core
import Foundation
import JWTKit

/// What a provider says of who signed in there (OpenID Connect Core 1.0, section 2).
package struct IDToken: JWTPayload {
    package let iss: String
    package let sub: String
    package let aud: Audience
    package let azp: String?
    /// Seconds since 1970, as all times of a token.
    package let exp: Int64
    package let iat: Int64
    package let nonce: String?
    /// How they signed in there (RFC 8176).
    package let amr: [String]?

    /// For whom a token is: one or several, written as a word or a list.
    package struct Audience: Codable, Sendable {
        package let values: [String]

        package init(_ values: [String]) { self.values = values }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let one = try? container.decode(String.self) {
                values = [one]
            } else {
                values = try container.decode([String].self)
            }
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(values)
        }
    }

    package init(
        iss: String, sub: String, aud: [String], azp: String? = nil, exp: Int64, iat: Int64,
        nonce: String?, amr: [String]? = nil
    ) {
        self.iss = iss
        self.sub = sub
        self.aud = Audience(aud)
        self.azp = azp
        self.exp = exp
        self.iat = iat
        self.nonce = nonce
        self.amr = amr
    }

    /// So far may the provider's clock be off, in seconds.
    package static let leeway: Int64 = 60
    /// A token is made when its code is swapped, so it is no older than an attempt may be.
    package static let oldest = OpenIDAttempt.milliseconds / 1000
    /// The longest subject (section 2 of the standard).
    package static let subjectCharacters = 255

    /// The signature is all that the library checks; the rules need to know what was asked.
    package func verify(using algorithm: some JWTAlgorithm) {}

    /// The first rule that the token breaks, by the name of its claim; nil when it keeps all.
    package func brokenRule(
        issuer: String, client: String, nonce wanted: String, at moment: Moment
    ) -> String? {
        let now = moment.milliseconds / 1000
        if iss != issuer { return "iss" }
        if !aud.values.contains(client) { return "aud" }
        if azp.map({ $0 != client }) ?? (aud.values.count > 1) { return "azp" }
        if exp <= now - Self.leeway { return "exp" }
        if iat > now + Self.leeway || iat < now - Self.oldest - Self.leeway { return "iat" }
        if !isSame(nonce ?? "", wanted) { return "nonce" }
        let isPlain = sub.unicodeScalars.allSatisfy { $0.isASCII && $0.value >= 32 }
        if sub.isEmpty || sub.count > Self.subjectCharacters || !isPlain { return "sub" }
        return nil
    }

    /// Whether they showed a second factor: a code, a key they carry, or several at once.
    package var hasSecondFactor: Bool {
        (amr ?? []).contains { ["otp", "hwk", "mfa"].contains($0) }
    }
}

/// The public keys with which a provider signs.
package struct ProviderKeys: Sendable {
    private let keys: [JWK]

    /// Reads a key set (RFC 7517). A key that is for something else or of a kind we do not take
    /// is left out, as the standard asks.
    package init(_ json: Data) throws {
        keys = try JSONDecoder().decode(Listed.self, from: json).keys.compactMap(\.key)
    }

    private struct Listed: Decodable {
        let keys: [Entry]

        struct Entry: Decodable {
            let key: JWK?

            private enum CodingKeys: String, CodingKey { case use }

            init(from decoder: any Decoder) throws {
                let use = try? decoder.container(keyedBy: CodingKeys.self)
                    .decodeIfPresent(String.self, forKey: .use)
                if use == "enc" { key = nil } else { key = try? JWK(from: decoder) }
            }
        }
    }

    /// The only ways to sign that are taken: with a key whose one half stays at the provider.
    private static let ways: [String: (algorithm: JWK.Algorithm, type: JWK.KeyType)] = [
        "RS256": (.rs256, .rsa), "PS256": (.ps256, .rsa), "ES256": (.es256, .ecdsa),
        "EdDSA": (.eddsa, .octetKeyPair),
    ]

    /// The token behind a text, when one of these keys signed it.
    ///
    /// - Throws: `OpenIDFault.invalid`; with `signature` when newer keys might tell otherwise.
    package func token(_ text: String) async throws -> IDToken {
        guard let head = TokenHead(of: text) else { throw OpenIDFault.invalid("form") }
        guard !head.isDemanding, let way = Self.ways[head.algorithm] else {
            throw OpenIDFault.invalid("alg")
        }
        let suitable = keys.filter { key in
            key.keyType == way.type && (key.algorithm ?? way.algorithm) == way.algorithm
                && (head.key == nil || key.keyIdentifier?.string == head.key)
        }
        // Without a name in the token there must be one key only, or it would be a guess.
        guard suitable.count == 1, var key = suitable.first else {
            throw OpenIDFault.invalid("signature")
        }
        key.algorithm = way.algorithm
        key.keyIdentifier = JWKIdentifier(string: head.key ?? "only")
        // A ring with this one key on it, for the library takes another where it finds none.
        let ring = JWTKeyCollection()
        do {
            try await ring.add(jwk: key)
            return try await ring.verify(text, as: IDToken.self)
        } catch {
            throw OpenIDFault.invalid("signature")
        }
    }
}

/// What the head of a token says, as far as it matters here.
private struct TokenHead: Decodable {
    let algorithm: String
    /// Which key signed it; nil where it does not say.
    let key: String?
    /// Whether it asks for more to be understood, which must be refused (RFC 7515, 4.1.11).
    let isDemanding: Bool

    private enum CodingKeys: String, CodingKey { case alg, kid, crit }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        algorithm = try container.decode(String.self, forKey: .alg)
        key = try container.decodeIfPresent(String.self, forKey: .kid)
        isDemanding = container.contains(.crit)
    }

    init?(of token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        let text = String(parts[0]).replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: text + padding),
            let head = try? JSONDecoder().decode(TokenHead.self, from: data)
        else { return nil }
        self = head
    }
}
