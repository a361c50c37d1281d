import Core
import Foundation
import HummingbirdTesting
import Storage
import TestKit
import Testing

@Suite struct HandOverTests {
    private static let first = "410102001001"

    /// A clerk who leaves with a draft on the desk, the one who comes after, one elsewhere.
    private struct Office {
        let test: TestDistrict
        let client: any TestClientProtocol
        let leaver: SignedIn
        let successor: SignedIn
        let elsewhere: SignedIn

        func give(to taker: SignedIn, remarks: String = "钥匙在值班室") async throws -> PageAnswer {
            try await client.submit(
                "/hand-overs/new?name=houren", ["taker": taker.id.text, "remarks": remarks],
                to: "/hand-overs/new", as: leaver)
        }

        func given() async throws -> String {
            let answer = try await give(to: successor)
            try #require(answer.status == 303, "\(answer.text)")
            return String(try #require(answer.location).prefix { $0 != "?" })
        }

        func lists() async throws -> Int {
            try await test.database.read { db in
                try db.value("SELECT COUNT(*) FROM hand_over", as: Int.self) ?? 0
            }
        }
    }

    private static func with(
        _ engine: Engine, _ body: @escaping @Sendable (Office) async throws -> Void
    ) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let leaver = try await test.account("liren", role: "community_clerk", unit: first)
            let successor = try await test.account("houren", role: "community_clerk", unit: first)
            let elsewhere = try await test.account(
                "houren2", role: "community_clerk", unit: "410102001002")
            try await test.withSite { client in
                let draft = try await client.submit(
                    "/entries/new/material",
                    ["field.title": "写到一半", "measure.0": "1", "then": "draft"], as: leaver)
                try #require(draft.status == 303)
                try await body(
                    Office(
                        test: test, client: client, leaver: leaver, successor: successor,
                        elsewhere: elsewhere))
            }
        }
    }

    @Test(arguments: Engine.available)
    func nobodyTakesOverWhoWritesElsewhereOrIsTheLeaver(on engine: Engine) async throws {
        try await Self.with(engine) { office in
            let found = try await office.client.page(
                "/hand-overs/new?name=houren", as: office.leaver)
            #expect(found.text.contains(office.successor.id.text))
            #expect(!found.text.contains(office.elsewhere.id.text))
            #expect(
                try await office.client.page("/hand-overs/new?name=nobody", as: office.leaver)
                    .text.contains("没有找到"))
            for taker in [office.elsewhere, office.leaver] {
                let answer = try await office.give(to: taker, remarks: "写了很多")
                #expect(answer.status == 422 && answer.text.contains("请查找并选择接任人"))
                #expect(answer.text.contains("写了很多"), "what was typed is kept")
            }
            #expect(try await office.lists() == 0)
        }
    }

    @Test(arguments: Engine.available)
    func whatIsOpenGoesOverAsItStoodAndIsSignedForOnce(on engine: Engine) async throws {
        try await Self.with(engine) { office in
            let address = try await office.given()
            let again = try await office.give(to: office.successor)
            #expect(again.status == 409 && again.text.contains("已有一份交接单"))
            let waits = try await office.client.page("/desk", as: office.successor)
            #expect(waits.text.contains("待签收的交接单"))
            for reader in [office.elsewhere, nil] {
                let page = try await office.client.page(address, as: reader)
                #expect(page.status == (reader == nil ? 303 : 404))
            }
            // What the leaver does later changes nothing in the list.
            try await office.test.database.write { db in try db.execute("DELETE FROM entry_draft") }
            let page = try await office.client.page(address, as: office.successor)
            #expect(page.text.contains("我的草稿") && page.text.contains("钥匙在值班室"))
            let english = try await office.client.page(
                address, as: office.successor, language: .en)
            #expect(english.text.contains("Sign for it"))
            let own = try await office.client.page(address, as: office.leaver)
            #expect(!own.text.contains("签收</button>"), "nobody signs for their own list")
            let forged = try await office.client.send(
                "\(address)/signature",
                page.hidden(for: "\(address)/signature").map { ($0.key, $0.value) },
                as: office.leaver)
            #expect(forged.status == 403 || forged.status == 404)
            let signed = try await office.client.submit(
                address, [:], to: "\(address)/signature", as: office.successor)
            #expect(signed.status == 303)
            let after = try await office.client.page(address, as: office.leaver)
            #expect(after.text.contains("签收。"))
            #expect(
                try await !office.client.page(address, as: office.successor).text.contains(
                    "\(address)/signature"))
            let stored = try await office.test.database.read { db in
                try db.first("SELECT state, list FROM hand_over")
            }
            let row = try #require(stored)
            #expect(try row.get("state", as: String.self) == "signed")
            #expect(try !row.get("list", as: String.self).contains("值班室"), "kept sealed")
        }
    }

    @Test(arguments: Engine.available)
    func aListIsSentBackWithAReasonAndAnotherIsGiven(on engine: Engine) async throws {
        try await Self.with(engine) { office in
            let address = try await office.given()
            let bare = try await office.client.submit(
                address, ["note": "缺"], to: "\(address)/return", as: office.successor)
            #expect(bare.status == 422 && bare.text.contains("请至少写"))
            let back = try await office.client.submit(
                address, ["note": "缺档案柜钥匙"], to: "\(address)/return", as: office.successor)
            #expect(back.status == 303)
            #expect(
                try await office.client.page("/desk", as: office.leaver).text.contains(
                    "被退回的交接单"))
            #expect(
                try await office.client.page(address, as: office.leaver).text.contains(
                    "缺档案柜钥匙"))
            #expect(try await office.given() != address)
            let list = try await office.client.page("/hand-overs", as: office.leaver)
            #expect(list.text.contains("已退回") && list.text.contains("待签收"))
        }
    }
}
