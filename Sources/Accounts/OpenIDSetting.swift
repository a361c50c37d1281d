import Catalogue
import Core
import Foundation
import Web

/// What a district's file `openid.yaml` says of the provider with which people may sign in.
package struct OpenIDSetting: Sendable {
    /// What the provider calls itself, to the letter.
    package let issuer: String
    let clientID: String
    let clientSecret: String
    /// Where the provider sends browsers back to.
    let returnAddress: String
    /// What the button says.
    let button: Wording
    /// Whether a second factor at the provider stands for the code of our own.
    let trustsSecondFactor: Bool

    /// Reads the file; nil when there is none.
    ///
    /// - Throws: `Refusal.conflict` when others can read it; `BrokenCatalogue` with every fault.
    package static func read(_ path: String) throws -> OpenIDSetting? {
        try Mapping.privateSetting(path, OpenIDSetting.init)
    }

    private init(_ mapping: Mapping) {
        issuer = mapping.requiredText("issuer")
        clientID = mapping.requiredText("client_id")
        clientSecret = mapping.requiredText("client_secret")
        let address = mapping.requiredText("address")
        button = mapping.wording("button")
        trustsSecondFactor = mapping.flag("trusts_second_factor")
        if mapping.has("issuer"), !Self.isSafe(issuer) || issuer.contains("?") {
            mapping.fault("“issuer” must be an https address", at: "issuer")
        }
        for key in ["client_id", "client_secret"] where mapping.text(key)?.isEmpty == true {
            mapping.fault("“\(key)” is empty", at: key)
        }
        if mapping.has("address"), !Self.isRoot(address) {
            mapping.fault("“address” must be the https address of the home page", at: "address")
        }
        returnAddress = Self.bare(address) + Address.openID.text
    }

    /// Where the provider tells of itself.
    var discoveryAddress: String { Self.bare(issuer) + "/.well-known/openid-configuration" }

    /// Whether an address that the provider names may be used: as safe as the provider's own.
    func allows(_ address: String) -> Bool {
        Self.isSafe(address) && (address.hasPrefix("https://") || issuer.hasPrefix("http://"))
    }

    /// HTTPS, or this very machine, where nobody listens in between.
    private static func isSafe(_ address: String) -> Bool {
        guard let parts = URLComponents(string: address), let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.fragment == nil
        else { return false }
        switch parts.scheme {
        case "https": return true
        case "http": return ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
        default: return false
        }
    }

    private static func isRoot(_ address: String) -> Bool {
        isSafe(address) && ["", "/"].contains(URLComponents(string: address)?.path)
            && !address.contains("?")
    }

    private static func bare(_ address: String) -> String {
        address.hasSuffix("/") ? String(address.dropLast()) : address
    }
}
