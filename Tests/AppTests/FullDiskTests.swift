import Accounts
import Hummingbird
import HummingbirdTesting
import Storage
import TestKit
import Testing

/// A full disk is said plainly, and what is only read goes on.
@Suite struct FullDiskTests {
    @Test func signingInSaysThatTheDiskIsFullAndPagesAreReadOn() async throws {
        let clock = TestClock()
        try await TestDistrict.with(.sqlite, now: { clock.moment }) { district in
            try await district.foundSmallDistrict()
            let li = try await district.account("li", role: "community_clerk")
            let kept = try await Passwords(cost: 4).keep("一句好记的话不难")
            try await district.database.write { db in
                try AccountStore(db).setPassword(kept, of: li.id, at: clock.moment)
            }
            try await district.database.write { db in
                let pages = try db.value("PRAGMA page_count", as: Int.self) ?? 0
                try db.script("PRAGMA max_page_count = \(pages)")
            }
            try await district.withSite { client in
                // What the pages of the file have left is used up first.
                var answer = PageAnswer(status: 0, text: "", headers: [:])
                for _ in 0..<100 where answer.status != 503 {
                    clock.advance(60_000)
                    answer = try await client.submit(
                        "/sign-in", ["name": "li", "password": "一句好记的话不难"], as: nil)
                }
                #expect(answer.status == 503)
                #expect(answer.text.contains("磁盘已满"))
                #expect(answer.text.contains("没有写入任何内容"))
                #expect(try await client.page("/kinds").status == 200)
            }
        }
    }
}
