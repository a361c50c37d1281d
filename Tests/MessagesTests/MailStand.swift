import Accounts
import App
import Core
import Foundation
import HummingbirdTesting
import Messages
import Storage
import TestKit
import Testing
import Web

/// A district whose messages go out, and what is done there again and again.
struct MailStand: Sendable {
    let test: TestDistrict
    let messages: Messages
    let clock: TestClock

    static func with(
        _ engine: Engine, _ setting: String,
        _ body: @escaping @Sendable (MailStand, any TestClientProtocol) async throws -> Void
    ) async throws {
        let clock = TestClock()
        try await TestDistrict.with(engine, now: { clock.moment }) { test in
            let path = try test.file("messages.yaml", setting)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: path)
            let messages = Messages(
                test.district,
                Accounts(test.district, passwords: Passwords(cost: 4), isDemonstration: true),
                setting: try test.folder.messages(),
                terms: try Terms(folders: [TestDistrict.home.catalogue]))
            let stand = MailStand(test: test, messages: messages, clock: clock)
            try await test.withSite { try await body(stand, $0) }
        }
    }

    /// A setting with a mail server on this machine that is spoken to in the clear.
    static func plain(_ port: Int) -> String {
        """
        address: https://groundwork.example
        mail: {host: 127.0.0.1, port: \(port), security: none, from: desk@groundwork.example}
        """
    }

    /// Tells an account of something.
    func tell(
        _ reader: SignedIn, _ event: String = "case_late", at address: Address = .desk
    ) async throws {
        let moment = test.district.now()
        try await test.database.write { db in
            try Outbox(db).put(
                Message.Event(event), to: reader.id, at: address, by: TestDistrict.actor, moment)
        }
    }

    /// Gives an address and enters the code that came there.
    func verify(
        _ address: String, as reader: SignedIn, _ client: any TestClientProtocol, _ sink: MailSink
    ) async throws {
        let page = "/my/messages/mail"
        let asked = try await client.submit(page, ["mail_address": address], as: reader)
        #expect(asked.status == 303, "\(asked.text)")
        try await messages.send()
        let mail = try #require(try sink.mails().last)
        let code = try #require(Self.code(in: mail))
        let sent = try await client.submit(page, ["code": code], to: page + "/code", as: reader)
        #expect(sent.status == 303, "\(sent.text)")
    }

    static func code(in mail: MailSink.Mail) -> String? {
        mail.text.firstMatch(of: /\d{6}/).map { String($0.0) }
    }

    /// How many deliveries are in a state.
    func count(_ state: String) async throws -> Int {
        try await test.database.read {
            try $0.value(
                "SELECT COUNT(*) FROM delivery WHERE state = \(state)", as: Int.self) ?? 0
        }
    }
}
