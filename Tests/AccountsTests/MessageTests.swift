import Accounts
import Core
import Storage
import TestKit
import Testing
import Web

@Suite struct MessageTests {
    private static let system = Actor(name: "tester", standing: .system)

    private func tell(
        _ account: Account.ID, _ district: TestDistrict, by actor: Actor = Self.system,
        times: Int = 1
    ) async throws {
        let moment = district.district.now()
        try await district.database.write { db in
            for _ in 0..<times {
                try Outbox(db).put(
                    Message.Event("role_given"), to: account, at: .mine, by: actor, moment)
            }
        }
    }

    private func count(_ district: TestDistrict) async throws -> Int? {
        try await district.database.read {
            try $0.value("SELECT COUNT(*) FROM message", as: Int.self)
        }
    }

    @Test(arguments: Engine.available)
    func nobodyIsToldOfWhatTheyDidThemselves(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            let li = try await district.account("li")
            try await tell(li.id, district, by: Actor(name: li.id.text, standing: .account))
            #expect(try await count(district) == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aMessageIsReadByItsOwnerAloneAndMarkedWhenTheySaySo(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            let li = try await district.account("li")
            let wang = try await district.account("wang")
            try await district.withSite { client in
                let empty = try await client.page("/my/messages", as: li)
                #expect(empty.status == 200 && empty.text.contains("没有消息"))
                try await tell(li.id, district)
                #expect(try await client.page("/my", as: li).text.contains("消息（1条未读）"))
                #expect(try await !client.page("/my", as: wang).text.contains("未读"))
                let others = try await client.page("/my/messages", as: wang)
                #expect(others.text.contains("没有消息"))

                // To open the page is not to have read what stands on it.
                for language in Language.allCases {
                    let page = try await client.page("/my/messages", as: li, language: language)
                    #expect(page.text.contains(language == .zh ? "未读" : "New"))
                }
                let page = try await client.page("/my/messages", as: li)
                let newest = try #require(
                    try await district.database.read {
                        try $0.value("SELECT id FROM message", as: String.self)
                    })
                #expect(page.text.contains("value=\"\(newest)\""))
                // Whoever names the message of another marks their own alone.
                try await tell(wang.id, district)
                let foreign = try await client.submit(
                    "/my/messages", ["newest": newest], to: "/my/messages/seen", as: wang)
                #expect(foreign.status == 303)
                #expect(try await client.page("/my", as: li).text.contains("消息（1条未读）"))
                let seen = try await client.submit(
                    "/my/messages", ["newest": newest], to: "/my/messages/seen", as: li)
                #expect(seen.status == 303)
                #expect(try await !client.page("/my/messages", as: li).text.contains("未读"))
                #expect(try await !client.page("/my", as: li).text.contains("未读"))
            }
        }
    }

    @Test(arguments: Engine.available)
    func theOldestGoWhenThereAreTooManyAndAllAfterNinetyDays(on engine: Engine) async throws {
        let clock = TestClock()
        try await TestDistrict.with(engine, now: { clock.moment }) { district in
            let li = try await district.account("li")
            try await tell(li.id, district, times: 203)
            #expect(try await count(district) == 200)
            let sweeper = try #require(accountsData.sweepers.first { $0.name == "message" })
            let entry = try #require(district.district.catalogue.register["message"])
            #expect(sweeper.entry == "message" && entry.keeping == .days(90, from: .happened))
            let sent = clock.moment
            #expect(try await district.database.write { try sweeper.sweep($0, sent) } == 0)
            let later = Moment(milliseconds: sent.milliseconds + 1)
            #expect(try await district.database.write { try sweeper.sweep($0, later) } == 200)
        }
    }
}
