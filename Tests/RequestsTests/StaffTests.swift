import Core
import HummingbirdTesting
import Ledger
import Requests
import Storage
import TestKit
import Testing

/// What those who answer see and do: writing requests down, their queue, the proposal of a
/// dispatch, and who sent what back.
@Suite struct StaffTests {
    @Test(arguments: Engine.available)
    func aCallIsWrittenDownWithTheSameNumberAndClock(_ engine: Engine) async throws {
        try await RequestDistrict.with(engine) { town in
            try await town.test.withSite { client in
                let path = "/requests/new/lighting"
                #expect(try await client.page(path).status == 303)
                let none = try await client.submit(path, lamp, as: town.an)
                #expect(none.status == 422)
                #expect(none.text.contains("请选择来源渠道"))
                let done = try await client.submit(
                    path, lamp.merging(["channel": "phone"]) { $1 }, as: town.an)
                #expect(done.status == 200, "\(done.text)")
                #expect(done.text.contains("SR-410102001001"))
                #expect(done.text.contains("查询码"))
                let far = try await client.submit(
                    path, lamp.merging(["channel": "phone", "place": "二社区"]) { $1 }, as: town.an)
                #expect(far.status == 409)
            }
            #expect(try await town.count("request") == 1)
        }
    }

    @Test(arguments: Engine.available)
    func theQueueIsWhatWaitsForItsReader(_ engine: Engine) async throws {
        try await RequestDistrict.with(engine) { town in
            let filed = try await town.filed()
            try await town.test.withSite { client in
                let mine = try await client.page("/requests", as: town.an)
                #expect(mine.text.contains(filed.number))
                #expect(mine.text.contains("楼道灯和路灯"))
                let none = try await client.page("/requests?service=water", as: town.an)
                #expect(!none.text.contains(filed.number))
                let others = try await client.page("/requests", as: town.gao)
                #expect(!others.text.contains(filed.number))
                let below = try await client.page(
                    "/requests?unit=\(RequestDistrict.street)", as: town.gao)
                #expect(below.text.contains(filed.number))
                let found = try await client.page("/requests?number=\(filed.number)", as: town.gao)
                #expect(found.location == "/cases/\(filed.id.text)")
                #expect(try await client.page("/requests").status == 303)
                town.clock.advance(3 * 3_600_000)
                let again = try await town.test.session(of: town.an)
                let late = try await client.page("/requests?late=1", as: again)
                #expect(late.text.contains("逾期"))
            }
        }
    }

    @Test(arguments: Engine.available)
    func aDispatchIsProposedWithItsReason(_ engine: Engine) async throws {
        try await RequestDistrict.with(engine) { town in
            let filed = try await town.filed()
            try await town.take("accept", in: filed.id, [.field("outcome"): "accepted"])
            try await town.test.withSite { client in
                let path = "/cases/\(filed.id.text)"
                let page = try await client.page(path, as: town.ning)
                #expect(page.text.contains("按服务目录（2023-01-01起），一社区的“楼道灯和路灯”由一社区"))
                #expect(page.text.contains("value=\"community\" selected"))
                let moved = try await client.submit(
                    path,
                    [
                        "day": "2026-07-07", "minute": "10:01", "field.tier": "street",
                        "place": RequestDistrict.street,
                    ], to: "\(path)/steps/dispatch", as: town.ning)
                #expect(moved.status == 303, "\(moved.text)")
            }
            let reading = try await town.reading(filed.id)
            #expect(reading.row.owner == (try await town.unit(RequestDistrict.street)))
        }
    }

    @Test(arguments: Engine.available)
    func whoSentWhatBackIsWrittenDown(_ engine: Engine) async throws {
        try await RequestDistrict.with(engine) { town in
            let filed = try await town.filed()
            try await town.take("accept", in: filed.id, [.field("outcome"): "accepted"])
            try await town.take(
                "dispatch", in: filed.id,
                [.field("tier"): "community", .place: RequestDistrict.community])
            try await town.take("object", in: filed.id, [.privateValue("reason"): "不归我们"])
            try await town.test.withSite { client in
                let open = try await client.page("/requests/refusals", as: town.gao)
                #expect(open.text.contains(filed.number))
                #expect(open.text.contains("等候裁定"))
                #expect(!open.text.contains("不归我们"))
                try await town.take(
                    "arbitrate", in: filed.id,
                    [.field("outcome"): "moves", .place: RequestDistrict.street])
                let moved = try await client.page("/requests/refusals", as: town.gao)
                #expect(moved.text.contains("甲街道"))
                #expect(moved.text.contains("2026-07"))
                #expect(!moved.text.contains("等候裁定"))
                let other = try await town.test.account(
                    "lu", role: "community_clerk", unit: "410102001002")
                let none = try await client.page("/requests/refusals", as: other)
                #expect(!none.text.contains(filed.number))
            }
        }
    }

    @Test func whereServicesBeginIsShownWithItsGaps() async throws {
        let own = """
            services:
              nowhere:
                group: other
                category: other
                name: {zh: 无处, en: Nowhere}
                severity: ordinary
                routes: [{from: 2014-01-01, tier: department, unit: BUR-GONE}]

            """
        try await RequestDistrict.with(.sqlite, own: ["services/own.yaml": own]) { town in
            try await town.test.withSite { client in
                let page = try await client.page("/requests/services", as: town.an)
                #expect(page.text.contains("无处"))
                #expect(page.text.contains("没有对应单位"))
                #expect(page.text.contains("services/own.yaml"))
            }
        }
        try await RequestDistrict.with(.sqlite) { town in
            try await town.test.withSite { client in
                let page = try await client.page("/requests/services", as: town.an, language: .en)
                #expect(page.text.contains("Each has exactly one answer"))
            }
        }
    }

    /// Staff write down what was asked, and never what whoever asked thinks of it.
    @Test(arguments: Engine.available)
    func nobodyConfirmsOrRatesForWhoeverAsked(_ engine: Engine) async throws {
        try await RequestDistrict.with(engine) { town in
            let filed = try await town.filed()
            try await town.handled(filed.id)
            try await town.test.withSite { client in
                let path = "/cases/\(filed.id.text)"
                let clerk = try await client.page("\(path)?step=call_back", as: town.an)
                #expect(!clerk.text.contains("\(path)/steps/call_back"))
                let street = try await client.page("\(path)?step=call_back", as: town.shen)
                #expect(street.text.contains("\(path)/steps/call_back"))
            }
        }
    }
}
