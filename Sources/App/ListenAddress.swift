import Core
import Foundation
import Web

/// Where a server listens, and who may reach it there.
package struct ListenAddress: Sendable {
    package static let loopback = "127.0.0.1"

    package let host: String

    /// - Parameters:
    ///   - proxies: the proxies that alone are answered.
    ///   - isPlain: whether somebody said that it is meant to be reached without one.
    /// - Throws: `Refusal.invalid` beside the option that is wrong. An address that others can
    /// reach
    ///   needs a proxy with a name, or the explicit word: passwords would cross the network as they
    ///   are typed.
    package init(
        _ host: String, isBehindProxy: Bool, proxies: Set<Proxy>, isPlain: Bool
    ) throws(Refusal) {
        let isAddress = Proxy(host) != nil
        guard isAddress || host == "localhost" else {
            throw .invalid(
                "--address", zh: "请写一个 IP 地址，例如 127.0.0.1 或 ::1。",
                en: "Give an IP address, such as 127.0.0.1 or ::1.")
        }
        guard proxies.isEmpty || isBehindProxy else {
            throw .invalid(
                "--proxy", zh: "--proxy 只能与 --behind-proxy 一起使用。",
                en: "--proxy goes with --behind-proxy only.")
        }
        if !Self.isLoopback(host), !isPlain, !isBehindProxy || proxies.isEmpty {
            throw .invalid(
                "--address",
                zh: """
                    其他机器也能访问 \(host)，而本程序不加密。请在前面设置 HTTPS 代理，并写 \
                    --behind-proxy --proxy 代理的IP地址；确实要不加密提供服务的，写 --public-without-https。
                    """,
                en: """
                    Other machines can reach \(host), and this program does not encrypt. Put a \
                    proxy with HTTPS before it and give --behind-proxy --proxy ITS-IP-ADDRESS; \
                    where it is meant to be served unencrypted, say --public-without-https.
                    """)
        }
        self.host = host
    }

    /// How the address stands in a link.
    package var inLink: String { host.contains(":") ? "[\(host)]" : host }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
            || host.lowercased().hasPrefix("::ffff:127.")
    }
}
