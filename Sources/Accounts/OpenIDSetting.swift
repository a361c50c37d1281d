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
    /// - Throws: `Refusal.conflict` when others can read it, for it holds a secret;
    ///   `BrokenCatalogue` with every fault.
    package init?(file path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        guard mode & 0o077 == 0 else {
            throw Refusal.conflict(
                zh: "文件 \(path) 含有密钥，却可被他人读取，请执行 chmod 600。",
                en: "Others can read \(path), which holds a secret: run chmod 600 on it.")
        }
        let list = FaultList()
        guard let node = document(path, list),
            let mapping = Mapping(node, file: "openid.yaml", faults: list)
        else {
            if list.faults.isEmpty { list.add("openid.yaml", 1, "the file says nothing") }
            throw BrokenCatalogue(faults: list.faults)
        }
        issuer = mapping.requiredText("issuer")
        clientID = mapping.requiredText("client_id")
        clientSecret = mapping.requiredText("client_secret")
        let address = mapping.requiredText("address")
        button = mapping.wording("button")
        trustsSecondFactor = mapping.flag("trusts_second_factor")
        mapping.close()
        if mapping.has("issuer"), !Self.isSafe(issuer) || issuer.contains("?") {
            mapping.fault("“issuer” must be an https address", at: "issuer")
        }
        for key in ["client_id", "client_secret"] where mapping.text(key)?.isEmpty == true {
            mapping.fault("“\(key)” is empty", at: key)
        }
        if mapping.has("address"), !Self.isRoot(address) {
            mapping.fault("“address” must be the https address of the home page", at: "address")
        }
        guard list.faults.isEmpty else { throw BrokenCatalogue(faults: list.faults) }
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
