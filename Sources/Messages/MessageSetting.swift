import Catalogue
import Core
import Foundation
import Web

/// What a district's file `messages.yaml` says of the ways out: the mail server, and which networks
/// of its own may be called.
package struct MessageSetting: Sendable {
    /// The home page, as it stands in letters; without a slash at its end.
    let home: String
    /// Nil where no letters are sent.
    let mail: MailServer?
    /// Networks that may be called although they are not public.
    let reach: [NetworkRange]

    /// Where letters are handed in.
    struct MailServer: Sendable {
        /// How the line to the server is kept from others.
        enum Security: String, Sendable, CaseIterable {
            /// From the first byte on.
            case tls
            /// From the first command on; a server that does not offer it gets nothing.
            case starttls
            /// Not at all, which only a server on this very machine may be.
            case none
        }

        let host: String
        let port: Int
        let security: Security
        let from: MailAddress
        /// What the server knows us by; nil where it asks for nothing.
        let sign: (user: String, password: String)?
        /// A file of certificates that are trusted instead of the system's.
        let authority: String?
    }

    /// Reads the file; nil when there is none.
    ///
    /// - Throws: `Refusal.conflict` when others can read it; `BrokenCatalogue` with every fault.
    package static func read(_ path: String) throws -> MessageSetting? {
        try Mapping.privateSetting(path, MessageSetting.init)
    }

    private init(_ mapping: Mapping) {
        let address = mapping.requiredText("address")
        home = address.hasSuffix("/") ? String(address.dropLast()) : address
        if mapping.has("address"), !Self.isHome(home) {
            mapping.fault("“address” must be the address of the home page", at: "address")
        }
        mail = mapping.mapping("mail").flatMap(Self.server)
        reach = mapping.words("reach").compactMap { text in
            let range = NetworkRange(text)
            if range == nil { mapping.fault("“\(text)” is no network", at: "reach") }
            return range
        }
    }

    /// What is said of the mail server; nil with its faults noted.
    private static func server(_ mapping: Mapping) -> MailServer? {
        let host = mapping.requiredText("host")
        let port = mapping.integer("port") ?? 587
        let security = mapping.choice(
            "security", MailServer.Security.self, default: .starttls)
        let from = MailAddress(mapping.requiredText("from"))
        let (user, password) = (mapping.text("user"), mapping.text("password"))
        let authority = mapping.text("authority")
        mapping.close()
        if !(1...65_535).contains(port) { mapping.fault("“port” is no port", at: "port") }
        if mapping.has("from"), from == nil {
            mapping.fault("“from” is no mail address", at: "from")
        }
        if security == .none, !isHere(host) {
            mapping.fault("only a server on this machine may be without TLS", at: "security")
        }
        if (user == nil) != (password == nil) || (user != nil && security == .none) {
            mapping.fault("“user” and “password” go together, and over TLS only", at: "user")
        }
        guard let from, !host.isEmpty else { return nil }
        var sign: (user: String, password: String)?
        if let user, let password { sign = (user, password) }
        return MailServer(
            host: host, port: port, security: security, from: from, sign: sign,
            authority: authority)
    }

    /// Whether a host is this very machine, where nobody listens in between.
    static func isHere(_ host: String) -> Bool {
        host == "localhost" || NetworkAddress(host)?.isLoopback == true
    }

    private static func isHome(_ text: String) -> Bool {
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty
        else { return false }
        return parts.user == nil && parts.password == nil && parts.query == nil
            && parts.fragment == nil && parts.path.isEmpty
            && (parts.scheme == "https" || parts.scheme == "http" && isHere(host))
    }
}
