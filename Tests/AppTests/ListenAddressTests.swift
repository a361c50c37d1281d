import App
import Core
import Testing
import Web

/// Nobody serves to a network unencrypted without having said so.
@Suite struct ListenAddressTests {
    private static let proxy = Proxy("10.0.0.5")!

    @Test(arguments: ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
    func loopbackIsAlwaysListenedOn(host: String) throws {
        let address = try ListenAddress(host, isBehindProxy: false, proxies: [], isPlain: false)
        #expect(address.host == host)
    }

    @Test(arguments: ["0.0.0.0", "::", "192.168.1.4", "fd00::1", "128.0.0.1"])
    func anAddressThatOthersReachNeedsANamedProxyOrTheWord(host: String) throws {
        for isBehindProxy in [true, false] {
            #expect(throws: Refusal.self) {
                try ListenAddress(
                    host, isBehindProxy: isBehindProxy, proxies: [], isPlain: false)
            }
        }
        _ = try ListenAddress(
            host, isBehindProxy: true, proxies: [Self.proxy], isPlain: false)
        _ = try ListenAddress(host, isBehindProxy: false, proxies: [], isPlain: true)
    }

    @Test(arguments: ["", "example.org", "127.0.0.1:80", "localhost.example", "*"])
    func whatIsNoAddressIsRefused(host: String) {
        #expect(throws: Refusal.self) {
            try ListenAddress(host, isBehindProxy: false, proxies: [], isPlain: true)
        }
    }

    @Test func aProxyIsNamedOnlyBehindOne() {
        #expect(throws: Refusal.self) {
            try ListenAddress(
                "127.0.0.1", isBehindProxy: false, proxies: [Self.proxy], isPlain: false)
        }
    }
}
