import Core
import Hummingbird
import HummingbirdTesting
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

    @Test func whoPaysAheadGetsBackWhatHeDidNotNeedAndOwesWhatHeNeededBeyondIt() {
        let clock = TestClock()
        let rate = RateLimit(30, per: 60_000, now: { clock.moment })
        #expect(!rate.takes("all at once", 31))
        #expect(rate.takes("one", 30))
        #expect(!rate.takes("one"), "nothing is left while it is not known what it cost")
        rate.charge("one", -29)
        #expect(rate.takes("one", 29) && !rate.takes("one"))
        rate.charge("one", -100)
        #expect(!rate.takes("one", 31), "never more than all of it")
        rate.charge("one", 60)
        clock.advance(60_000)
        #expect(!rate.takes("one"), "half of it was owed")
        clock.advance(2_000)
        #expect(rate.takes("one") && !rate.takes("one"))
        #expect(rate.takes("another", 30))
    }

    @Test func anAccountThatAsksForTooMuchWorkIsCountedByItselfAndNotWithItsAddress()
        async throws
    {
        let clock = TestClock()
        try await TestDistrict.with(.sqlite, now: { clock.moment }) { district in
            try await district.foundSmallDistrict()
            let li = try await district.account("li", role: "reader")
            let wang = try await district.account("wang", role: "reader")
            try await district.withSite(workSeconds: 1) { client in
                // A page costs a thousandth of a second at least.
                var pages = 0
                while pages < 1_000, try await client.page("/my", as: li).status == 200 {
                    pages += 1
                }
                #expect(1..<1_000 ~= pages)
                let refused = try await client.page("/my", as: li, language: .en)
                #expect(refused.status == 429)
                #expect(refused.headers[.retryAfter] == "60")
                #expect(refused.text.contains("Try again in a minute"))
                for address in ["/my", "/"] {
                    #expect(try await client.page(address, as: wang).status == 200)
                }
                #expect(try await client.page("/").status == 200)
                let style = try await client.page("/assets/groundwork.css", as: li)
                #expect(style.status == 200)
                clock.advance(300_000)
                #expect(try await client.page("/my", as: li).status == 200)
            }
        }
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
