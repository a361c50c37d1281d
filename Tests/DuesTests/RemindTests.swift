import Core
import Dues
import HummingbirdTesting
import Storage
import TestKit
import Testing

struct RemindTests {
    private static let asked = "/dues/matrix?due=members_meeting&period=2015-Q2"

    private static func sent(_ test: TestDistrict) async throws -> Int {
        try await test.database.read {
            try $0.value("SELECT COUNT(*) FROM due_reminder", as: Int.self) ?? 0
        }
    }

    private static func messages(_ test: TestDistrict, _ reader: SignedIn) async throws -> Int {
        try await test.database.read {
            try $0.value(
                "SELECT COUNT(*) FROM message WHERE account_id = \(reader.id) "
                    + "AND event = 'due_reminder'", as: Int.self) ?? 0
        }
    }

    private static func remind(
        _ client: any TestClientProtocol, _ page: String, as reader: SignedIn
    ) async throws -> PageAnswer {
        try await client.submit(page, [:], to: "/dues/reminders", as: reader)
    }

    @Test(arguments: Engine.available)
    func whoHasNobodyBelowThemRemindsNobody(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let clerk = try await test.account("li", role: "branch_secretary", unit: "EDU-2")
            let page = try await client.page(Self.asked, as: clerk)
            #expect(page.status == 200 && !page.text.contains("/dues/reminders"))
            let forged = try await client.send("/dues/reminders", [("unit", "BUR-EDU")], as: clerk)
            #expect(forged.status != 303)
            #expect(try await Self.sent(test) == 0)
        }
    }

    @Test(arguments: Engine.available)
    func whoOwesIsToldOnceAndNobodyElse(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let street = try await test.account("zhao", role: "street_lead", unit: "410102001")
            let first = try await test.account("li", role: "community_clerk", unit: "410102001001")
            let second = try await test.account("wu", role: "community_clerk", unit: "410102001002")
            let bureau = try await test.account("sun", role: "bureau_lead", unit: "BUR-EDU")
            // In the second quarter neither branch of the street met.
            let page = try await client.page(Self.asked, as: street).text
            #expect(page.contains("提醒未完成的2个单位"))
            let sent = try await Self.remind(client, Self.asked, as: street)
            #expect(sent.status == 303 && sent.location?.contains("done=reminded") == true)
            #expect(try await Self.sent(test) == 2)
            for reader in [first, second] {
                #expect(try await Self.messages(test, reader) == 1)
                let told = try await client.page("/my/messages", as: reader).text
                #expect(told.contains("上级提醒"))
                let desk = try await client.page("/desk", as: reader).text
                #expect(desk.contains("<span class=\"tag tag-seal\">上级提醒</span>"))
            }
            for reader in [street, bureau] {
                #expect(try await Self.messages(test, reader) == 0)
            }
            let audit = try await test.database.read {
                try $0.value(
                    "SELECT COUNT(*) FROM audit WHERE action = 'dues.reminded'", as: Int.self)
            }
            #expect(audit == 1)

            // Whoever asks again within the days, it is not sent again.
            let again = try await client.page(Self.asked, as: street).text
            #expect(again.contains("2个单位已提醒过") && !again.contains("提醒未完成的"))
            let officer = try await test.account("qian", role: "organization_officer")
            #expect(
                try await client.page(Self.asked, as: officer).text.contains("提醒未完成的1个单位"))
            _ = try await Self.remind(client, Self.asked, as: officer)
            for reader in [first, second] {
                #expect(try await Self.messages(test, reader) == 1)
            }
            #expect(try await Self.messages(test, bureau) == 1)
            #expect(try await Self.sent(test) == 3)
        }
    }

    @Test(arguments: Engine.available)
    func theListRemindsOfWhatItShowsAndOfNoOtherDay(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let street = try await test.account("zhao", role: "street_lead", unit: "410102001")
            let first = try await test.account("li", role: "community_clerk", unit: "410102001001")
            _ = try await test.account("wu", role: "community_clerk", unit: "410102001002")
            let past = try await client.page(
                "/dues?due=members_meeting&on=2015-06-20", as: street)
            #expect(past.status == 200 && !past.text.contains("/dues/reminders"))
            let own = try await client.page("/dues?due=members_meeting", as: first)
            #expect(own.text.contains("一社区小支部"))
            // What the second quarter left undone is on the list, though the third has begun.
            let asked = "/dues?due=members_meeting&state=overdue"
            let page = try await client.page(asked, as: street).text
            #expect(page.contains("提醒未完成的2个单位"))
            let sent = try await Self.remind(client, asked, as: street)
            #expect(sent.status == 303)
            #expect(
                sent.location?.hasPrefix("/dues?due=members_meeting&state=overdue&done=reminded")
                    == true, "\(sent.location ?? "")")
            #expect(try await Self.sent(test) == 2)
            #expect(try await Self.messages(test, first) == 1)
            let periods = try await test.database.read {
                try $0.rows("SELECT DISTINCT period FROM due_reminder")
                    .map { try $0.at(0, as: String.self) }
            }
            #expect(periods == ["2015-Q2"])
            let again = try await client.page(asked, as: street).text
            #expect(again.contains("2个单位已提醒过") && !again.contains("提醒未完成的"))
        }
    }

    @Test(arguments: Engine.available)
    func whereNobodyHasAnAccountNobodyIsNoted(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let officer = try await test.account("qian", role: "organization_officer")
            let sent = try await Self.remind(client, Self.asked, as: officer)
            #expect(sent.location?.contains("done=reminded_nobody") == true)
            #expect(try await Self.sent(test) == 0)
        }
    }

    @Test(arguments: Engine.available)
    func thoseBesideAreToldWhereNobodyIsBelow(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let wang = try await test.account(
                "wang", role: "community_secretary", unit: "410102001001")
            let li = try await test.account("li", role: "community_clerk", unit: "410102001001")
            _ = try await Self.remind(client, Self.asked, as: wang)
            #expect(try await Self.messages(test, li) == 1)
            #expect(try await Self.messages(test, wang) == 0)
        }
    }
}
