import Core
import TestKit
import Testing
import Web

/// How senders are told apart, and how many of them are remembered.
@Suite struct RateTests {
    @Test(
        arguments: [
            ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("", ""),
            ("2001:db8:1:2:3:4:5:6", "20010db800010002/64"),
            ("2001:db8:1:2::9", "20010db800010002/64"),
            ("[2001:db8:1:2::9]", "20010db800010002/64"),
            ("fe80::1%eth0", "fe80000000000000/64"), ("2001:db8:1:3::9", "20010db800010003/64"),
            ("nowhere", "nowhere"),
        ])
    func anAddressOfIPv6IsCountedByItsNetwork(address: String, counted: String) {
        #expect(Sender.counted(address) == counted)
    }

    @Test func aFloodOfSendersForgetsTheLongestSilentAndNoOther() {
        let clock = TestClock()
        let rate = RateLimit(1, per: 3_600_000, now: { clock.moment })
        #expect(rate.takes("silent") && rate.takes("insistent"))
        #expect(!rate.takes("silent"))
        for number in 0..<Limits.countedSenders {
            clock.advance(1)
            if number.isMultiple(of: 1_000) { #expect(!rate.takes("insistent")) }
            #expect(rate.takes("sender \(number)"))
        }
        #expect(!rate.takes("insistent"))
        #expect(rate.takes("silent"), "who was silent longest had to give way")
    }
}
