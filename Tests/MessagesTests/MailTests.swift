import Core
import HummingbirdTesting
import Messages
import Storage
import TestKit
import Testing

struct MailTests {
    private static let page = "/my/messages/mail"

    @Test(arguments: Engine.available)
    func nothingButTheCodeGoesToAnAddressThatNobodyVerified(on engine: Engine) async throws {
        try await MailSink.run { sink in
            try await MailStand.with(engine, MailStand.plain(sink.port)) { stand, client in
                let li = try await stand.test.account("li")
                let wrong = try await client.submit(
                    Self.page, ["mail_address": "li@example.cn\r\nRCPT TO:<x@example.cn>"],
                    as: li)
                #expect(wrong.status == 422)
                try await stand.messages.send()
                #expect(try sink.mails().isEmpty)
                let asked = try await client.submit(
                    Self.page, ["mail_address": "li@example.cn"], as: li)
                #expect(asked.status == 303)
                try await stand.tell(li)
                try await stand.messages.send()
                let mails = try sink.mails()
                #expect(mails.map(\.envelope) == [["desk@groundwork.example", "li@example.cn"]])
                let code = try #require(MailStand.code(in: mails[0]))
                #expect(mails[0].subject.contains("邮箱验证码 / Your code"))
                // Nor does the database give the code or the address away.
                let kept = try await stand.test.database.read { db in
                    try db.rows("SELECT address, code_mark FROM mail_address")
                        .map { "\($0)" }.joined()
                }
                #expect(!kept.contains(code) && !kept.contains("li@example.cn"))
                let other = code == "000000" ? "000001" : "000000"
                for _ in 0..<5 {
                    let refused = try await client.submit(
                        Self.page, ["code": other], to: Self.page + "/code", as: li)
                    #expect(refused.status == 422)
                }
                // After so many wrong ones the right one opens nothing.
                let late = try await client.send(Self.page + "/code", [("code", code)], as: li)
                #expect(late.status != 303)
                try await stand.tell(li)
                try await stand.messages.send()
                #expect(try sink.mails().count == 1)
            }
        }
    }

    @Test(arguments: Engine.available)
    func whatIsToldGoesOutOnceInBothLanguages(on engine: Engine) async throws {
        try await MailSink.run { sink in
            try await MailStand.with(engine, MailStand.plain(sink.port)) { stand, client in
                let li = try await stand.test.account("li")
                let wang = try await stand.test.account("wang")
                try await stand.verify("li@example.cn", as: li, client, sink)
                try await stand.tell(li)
                try await stand.tell(wang)
                for _ in 0..<3 { try await stand.messages.send() }
                let mails = try sink.mails()
                #expect(mails.count == 2)
                let mail = try #require(mails.last)
                #expect(mail.envelope == ["desk@groundwork.example", "li@example.cn"])
                #expect(mail.subject == "您有一条新消息 / A new message")
                #expect(mail.text.contains("一件办件的环节已经逾期。"))
                #expect(mail.text.contains("A step of a case is late."))
                #expect(mail.text.contains("https://groundwork.example/desk"))
                #expect(mail.longestLine <= 998 && mail.isASCII)
                #expect(mail.headers["Auto-Submitted"] == "auto-generated")
                #expect(mail.headers["Message-ID"]?.hasSuffix("@groundwork.example>") == true)
                #expect(mail.headers["Date"] == "Wed, 01 Jul 2015 12:00:00 +0800")
                // Nothing of it is left behind.
                let bodies = try await stand.test.database.read { db in
                    try db.rows("SELECT body FROM delivery").map { try $0.at(0, as: String.self) }
                }
                #expect(bodies == ["", ""])
                // What was read meanwhile is not sent, and ends with the address.
                let ended = try await client.submit(Self.page, [:], to: Self.page + "/end", as: li)
                #expect(ended.status == 303)
                try await stand.tell(li)
                try await stand.messages.send()
                #expect(try sink.mails().count == 2)
            }
        }
    }

    @Test(arguments: Engine.available)
    func aDigestComesOnceADayWithWhatIsUnread(on engine: Engine) async throws {
        try await MailSink.run { sink in
            try await MailStand.with(engine, MailStand.plain(sink.port)) { stand, client in
                let li = try await stand.test.account("li")
                try await stand.verify("li@example.cn", as: li, client, sink)
                let chosen = try await client.submit(
                    Self.page, ["way_case": "daily", "way_role": "page"],
                    to: Self.page + "/ways", as: li)
                #expect(chosen.status == 303)
                for _ in 0..<3 { try await stand.tell(li) }
                try await stand.tell(li, "role_given")
                try await stand.messages.send()
                #expect(try sink.mails().count == 1)
                stand.clock.advance(21 * 3_600_000)
                for _ in 0..<2 { try await stand.messages.send() }
                let mails = try sink.mails()
                #expect(mails.count == 2)
                #expect(mails.last?.text.contains("共3条未读消息") == true)
                #expect(mails.last?.text.contains("角色") == false)
            }
        }
    }

    @Test(arguments: MailSink.Line.allCases, Engine.available)
    func theLineIsSafeOrNothingIsSaid(_ line: MailSink.Line, on engine: Engine) async throws {
        try await MailSink.run(line) { sink in
            let trusted = """
                address: https://groundwork.example
                mail:
                  host: localhost
                  port: \(sink.port)
                  security: \(line.rawValue)
                  from: desk@groundwork.example
                """
            let sign = "\n  user: desk\n  password: a secret"
            let known = trusted + sign + "\n  authority: \(sink.certificate)"
            if line != .none {
                // A server that nobody vouches for, one that does not know us.
                for setting in [
                    trusted + sign,
                    known.replacing("a secret", with: "another"),
                ] {
                    try await MailStand.with(engine, setting) { stand, client in
                        let li = try await stand.test.account("li")
                        let asked = try await client.submit(
                            Self.page, ["mail_address": "li@example.cn"], as: li)
                        #expect(asked.status == 303)
                        try await stand.messages.send()
                        #expect(try sink.mails().isEmpty)
                        #expect(try await stand.count("waiting") == 1)
                    }
                }
            }
            try await MailStand.with(engine, line == .none ? trusted : known) { stand, client in
                let li = try await stand.test.account("li")
                try await stand.verify("li@example.cn", as: li, client, sink)
                #expect(try sink.mails().map(\.user) == [line == .none ? "" : "desk"])
            }
        }
    }

    @Test(arguments: Engine.available)
    func whatIsRefusedForGoodIsShownAndCanBeTriedAgain(on engine: Engine) async throws {
        try await MailSink.run { sink in
            try await MailStand.with(engine, MailStand.plain(sink.port)) { stand, client in
                let li = try await stand.test.account("li")
                let wang = try await stand.test.account("wang")
                let system = try await stand.test.account("root", office: .system)
                let empty = try await client.page("/admin/messages", as: system)
                #expect(empty.text.contains("还没有发送过消息"))
                for (reader, address) in [(li, "refused@example.cn"), (wang, "later@example.cn")] {
                    let asked = try await client.submit(
                        Self.page, ["mail_address": address], as: reader)
                    #expect(asked.status == 303)
                }
                try await stand.messages.send()
                #expect(try await stand.count("dead") == 1)
                #expect(try await stand.count("waiting") == 1)
                for language in Language.allCases {
                    let page = try await client.page(
                        "/admin/messages", as: system, language: language)
                    #expect(page.text.contains(language == .zh ? "对方拒收" : "refused"))
                    #expect(!page.text.contains("@example.cn"))
                }
                let again = try await client.submit(
                    "/admin/messages", [:], to: "/admin/messages/again", as: system)
                #expect(again.status == 303)
                #expect(try await stand.count("dead") == 0)
                let none = try await client.page("/admin/messages", as: li)
                #expect(none.status == 404)
            }
        }
    }

    @Test(arguments: Engine.available)
    func oneAddressIsSentOnlySoManyCodesADayWhoeverAsks(on engine: Engine) async throws {
        try await MailSink.run { sink in
            try await MailStand.with(engine, MailStand.plain(sink.port)) { stand, client in
                var answers: [Int] = []
                for index in 0..<(MessageLimits.codesPerDay + 1) {
                    let reader = try await stand.test.account("li\(index)")
                    let asked = try await client.submit(
                        Self.page, ["mail_address": "neighbor@example.cn"], as: reader)
                    answers.append(asked.status)
                }
                #expect(answers == Array(repeating: 303, count: 5) + [409])
                try await stand.messages.send()
                #expect(try sink.mails().count == 5)
            }
        }
    }

    @Test(arguments: Engine.available)
    func withoutAServerNobodyIsAskedForAnAddress(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            let li = try await test.account("li")
            try await test.withSite { client in
                let page = try await client.page(Self.page, as: li)
                #expect(page.status == 200 && !page.text.contains("name=\"mail_address\""))
                #expect(page.text.contains("尚未设置邮件服务"))
            }
        }
    }
}
