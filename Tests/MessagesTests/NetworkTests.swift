import Messages
import Testing

/// Which machines may be called.
struct NetworkTests {
    @Test(
        arguments: [
            "127.0.0.1", "127.8.9.10", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
            "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1",
            "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:10.0.0.1",
            "::ffff:127.0.0.1", "::10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1",
        ])
    func aNetworkOfOnesOwnIsNotPublic(_ text: String) {
        #expect(NetworkAddress(text)?.isPublic == false)
    }

    @Test(arguments: ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2001:4860:4860::8888"])
    func theInternetIs(_ text: String) {
        #expect(NetworkAddress(text)?.isPublic == true)
    }

    @Test(arguments: ["127.1", "2130706433", "0x7f.0.0.1", "localhost", "1.2.3.4.5", "::g"])
    func anotherWayOfWritingAnAddressIsNone(_ text: String) {
        #expect(NetworkAddress(text) == nil)
    }

    @Test func aNetworkHoldsWhatItsBitsSay() throws {
        let range = try #require(NetworkRange("10.1.0.0/20"))
        #expect(range.contains(try #require(NetworkAddress("10.1.15.255"))))
        #expect(!range.contains(try #require(NetworkAddress("10.1.16.0"))))
        #expect(range.contains(try #require(NetworkAddress("::ffff:10.1.2.3"))))
        for text in ["10.1.0.0/33", "10.1.0.0/-1", "10.1.0.0/a", "10.1.0.0/8/8", ""] {
            #expect(NetworkRange(text) == nil)
        }
    }

    @Test(
        arguments: [
            ("https://example.cn/hook", true), ("https://example.cn:8443/hook?a=1", true),
            ("http://example.cn/hook", false), ("https://user:word@example.cn/", false),
            ("https://127.0.0.1/", false), ("https://[::1]/", false),
            ("https://192.168.1.1/", false), ("http://10.1.2.3/", true),
            ("http://8.8.8.8/", false), ("ftp://example.cn/", false), ("example.cn", false),
            ("https://example.cn/\r\nX: y", false), ("", false),
        ])
    func aProgramIsCalledOverASafeLineOrInANetworkThatIsListed(_ url: String, isOne: Bool) {
        let reach = ["10.0.0.0/8"].compactMap(NetworkRange.init)
        #expect(Webhook.isAddress(url, reach: reach) == isOne)
    }
}
