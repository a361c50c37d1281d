import Accounts
import Core
import Foundation
import JWTKit
import TestKit
import Testing

/// What a token must be and say, without a provider and without a database.
@Suite struct IDTokenTests {
    private static let now = TestDistrict.moment
    private static let second = now.milliseconds / 1000

    private func token(
        iss: String = "https://there.example", sub: String = "li-there",
        aud: [String] = ["groundwork"], azp: String? = nil, exp: Int64 = 300, iat: Int64 = 0,
        nonce: String? = "n", amr: [String]? = nil
    ) -> IDToken {
        IDToken(
            iss: iss, sub: sub, aud: aud, azp: azp, exp: Self.second + exp,
            iat: Self.second + iat, nonce: nonce, amr: amr)
    }

    private func broken(_ token: IDToken) -> String? {
        token.brokenRule(
            issuer: "https://there.example", client: "groundwork", nonce: "n", at: Self.now)
    }

    @Test func eachBrokenRuleIsNamed() {
        #expect(broken(token(iss: "https://there.example/")) == "iss")
        #expect(broken(token(aud: ["another"])) == "aud")
        #expect(broken(token(aud: [])) == "aud")
        #expect(broken(token(aud: ["groundwork", "another"])) == "azp")
        #expect(broken(token(aud: ["groundwork", "another"], azp: "another")) == "azp")
        #expect(broken(token(azp: "another")) == "azp")
        #expect(broken(token(exp: -IDToken.leeway)) == "exp")
        #expect(broken(token(iat: IDToken.leeway + 1)) == "iat")
        #expect(broken(token(iat: -IDToken.oldest - IDToken.leeway - 1)) == "iat")
        #expect(broken(token(nonce: "m")) == "nonce")
        #expect(broken(token(nonce: nil)) == "nonce")
        #expect(broken(token(sub: "")) == "sub")
        #expect(broken(token(sub: "li\u{7}\n")) == "sub")
        let long = String(repeating: "a", count: IDToken.subjectCharacters + 1)
        #expect(broken(token(sub: long)) == "sub")
    }

    @Test func aTokenThatKeepsAllRulesIsTakenAndAClockMayBeALittleOff() {
        #expect(broken(token()) == nil)
        #expect(broken(token(aud: ["another", "groundwork"], azp: "groundwork")) == nil)
        #expect(broken(token(exp: 1 - IDToken.leeway)) == nil)
        #expect(broken(token(iat: IDToken.leeway)) == nil)
    }

    @Test func aSecondFactorIsWhatTheProviderCallsOne() {
        for amr in [["otp"], ["pwd", "hwk"], ["mfa"]] { #expect(token(amr: amr).hasSecondFactor) }
        for amr in [nil, [], ["pwd"], ["sms"]] { #expect(!token(amr: amr).hasSecondFactor) }
    }

    @Test func aTokenOfAKnownKeyIsReadWhoeverElseHasKeysThere() async throws {
        let key = ES256PrivateKey()
        let others = [
            #"{"kty":"oct","k":"c2VjcmV0"}"#, #"{"kty":"RSA","use":"enc","alg":"RSA-OAEP-256"}"#,
            #"{"kty":"OKP","crv":"X448","x":"AA"}"#, "{}",
        ]
        let keys = try ProviderKeys(Signing.published(["one": key], others: others))
        let read = try await keys.token(Signing.text(token(), key, "one"))
        #expect(read.sub == "li-there" && read.aud.values == ["groundwork"])
        // A token need not name its key when there is one only.
        let unnamed = try await keys.token(Signing.text(token(), key, nil))
        #expect(unnamed.sub == "li-there")
    }

    @Test func aTokenThatAnybodyCouldHaveMadeIsRefused() async throws {
        let (key, foreign) = (ES256PrivateKey(), ES256PrivateKey())
        let keys = try ProviderKeys(Signing.published(["one": key]))
        let good = try await Signing.text(token(), key, "one")
        let parts = good.split(separator: ".").map(String.init)
        let other = try await Signing.text(token(sub: "wu-there"), key, "one")
            .split(separator: ".").map(String.init)
        let symmetric = JWTKeyCollection()
        await symmetric.add(hmac: "groundwork", digestAlgorithm: .sha256, kid: "one")
        let critical = JWTHeader(fields: ["crit": .array([.string("b64")])])
        let ring = JWTKeyCollection()
        await ring.add(ecdsa: key, kid: "one")
        let refused: [(String, String)] = [
            ("", "form"), ("a.b", "form"), ("a.b.c", "form"),
            (Signing.encoded(#"{"alg":"none"}"#) + "." + parts[1] + ".", "alg"),
            (try await symmetric.sign(token(), kid: "one"), "alg"),
            (try await ring.sign(token(), kid: "one", header: critical), "alg"),
            (parts[0] + "." + other[1] + "." + parts[2], "signature"),
            (parts[0] + "." + parts[1] + ".", "signature"),
            // The library's own type for a head stops the program at such a number.
            (
                Signing.encoded(#"{"alg":"ES256","kid":"one","n":1e300}"#) + "." + parts[1] + "."
                    + parts[2], "signature"
            ),
            (try await Signing.text(token(), foreign, "one"), "signature"),
            (try await Signing.text(token(), key, "two"), "signature"),
        ]
        for (text, reason) in refused {
            await #expect(throws: OpenIDFault.invalid(reason)) { try await keys.token(text) }
        }
        let two = try ProviderKeys(Signing.published(["one": key, "two": foreign]))
        let unnamed = try await Signing.text(token(), key, nil)
        await #expect(throws: OpenIDFault.invalid("signature")) { try await two.token(unnamed) }
    }

    /// The library's own type for an audience stops the program when the list is empty.
    @Test func aTokenForNobodyIsReadAndRefused() async throws {
        let key = ES256PrivateKey()
        let keys = try ProviderKeys(Signing.published(["one": key]))
        let read = try await keys.token(Signing.text(token(aud: []), key, "one"))
        #expect(broken(read) == "aud")
    }
}

/// Makes tokens and the keys to them.
enum Signing {
    static func text(
        _ token: IDToken, _ key: ES256PrivateKey, _ name: String?
    ) async throws -> String {
        let ring = JWTKeyCollection()
        let kid = name.map { JWKIdentifier(string: $0) }
        await ring.add(ecdsa: key, kid: kid)
        return try await ring.sign(token, kid: kid)
    }

    /// A key set as providers publish it.
    static func published(
        _ keys: [String: ES256PrivateKey], others: [String] = []
    ) throws -> Data {
        let own = try keys.sorted { $0.key < $1.key }.map { name, key in
            let place = try #require(key.parameters)
            return #"{"kty":"EC","crv":"P-256","kid":"\#(name)","x":"\#(place.x)","#
                + #""y":"\#(place.y)"}"#
        }
        return Data(#"{"keys":[\#((others + own).joined(separator: ","))]}"#.utf8)
    }

    static func encoded(_ text: String) -> String { encoded(Data(text.utf8)) }

    static func encoded(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }
}
