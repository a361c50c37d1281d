import Core
import Crypto
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Messages
import Storage
import Synchronization
import TestKit
import Testing
import Web

/// A program that is told, on loopback.
private final class Receiver: Sendable {
    struct Call: Sendable {
        let body: String
        let signature: String
        let type: String
    }

    struct State: Sendable {
        var calls: [Call] = []
        var status = HTTPResponse.Status.noContent
        var elsewhere: String?
    }

    let state = Mutex(State())

    var calls: [Call] { state.withLock { $0.calls } }

    var router: Router<BasicRequestContext> {
        let router = Router()
        router.post("hook") { request, _ in
            let body = try await request.body.collect(upTo: 65_536)
            let (status, elsewhere) = self.state.withLock { state in
                state.calls.append(
                    Call(
                        body: String(buffer: body),
                        signature: request.headers.first {
                            $0.name.canonicalName == "groundwork-signature"
                        }?.value ?? "",
                        type: request.headers[.contentType] ?? ""))
                return (state.status, state.elsewhere)
            }
            var headers = HTTPFields()
            headers[.location] = elsewhere
            return Response(status: status, headers: headers)
        }
        return router
    }
}

struct WebhookTests {
    /// Runs the body with a receiver, and a district that may call it.
    private static func with(
        _ engine: Engine, reach: String = "[127.0.0.0/8]",
        _ body:
            @escaping @Sendable (MailStand, any TestClientProtocol, Receiver, String)
            async throws -> Void
    ) async throws {
        let receiver = Receiver()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        try await Application(router: receiver.router, logger: logger).test(.live) { server in
            let url = "http://127.0.0.1:\(try #require(server.port))/hook"
            let setting = "address: https://groundwork.example\nreach: \(reach)"
            try await MailStand.with(engine, setting) { stand, client in
                try await body(stand, client, receiver, url)
            }
        }
    }

    /// Adds the program and answers the secret that the page shows.
    private static func add(
        _ url: String, as system: SignedIn, _ client: any TestClientProtocol
    ) async throws -> String {
        let made = try await client.submit(
            "/admin/webhooks", ["webhook_name": "市级平台", "webhook_url": url], as: system)
        #expect(made.status == 200, "\(made.text)")
        let found = try #require(made.text.firstMatch(of: /<code>([0-9a-f]{64})<\/code>/))
        return String(found.1)
    }

    @Test(arguments: Engine.available)
    func anAddressOfAnInnerNetworkIsRefusedUnlessItIsListed(on engine: Engine) async throws {
        try await Self.with(engine, reach: "[10.0.0.0/8]") { stand, client, _, url in
            let system = try await stand.test.account("root", office: .system)
            let refused = try await client.submit(
                "/admin/webhooks", ["webhook_name": "a", "webhook_url": url], as: system)
            #expect(refused.status == 422 && refused.text.contains("messages.yaml"))
            // Nor is it called where it came into the table by another way.
            let moment = stand.clock.moment
            let id = ID<Webhook>.make()
            let secret = try stand.test.district.sealedKey.seal(
                text: freshSecret(), for: "webhook \(id)")
            try await stand.test.database.write { db in
                try db.execute(
                    """
                    INSERT INTO webhook (id, name, url, secret, made_by, made_at)
                    VALUES (\(id), 'a', \(url), \(secret), 'tester', \(moment))
                    """)
            }
            try await stand.tell(try await stand.test.account("li"))
            try await stand.messages.send()
            #expect(try await stand.count("waiting") == 1)
            let page = try await client.page("/admin/messages", as: system, language: .en)
            #expect(page.text.contains("may not be called"))
        }
    }

    @Test(arguments: Engine.available)
    func aProgramIsToldOnceOfEachEventSignedAndWithoutPersons(on engine: Engine) async throws {
        try await Self.with(engine) { stand, client, receiver, url in
            let system = try await stand.test.account("root", office: .system)
            let secret = try await Self.add(url, as: system, client)
            #expect(try await !client.page("/admin/webhooks", as: system).text.contains(secret))
            let place = Address("cases", "one").with("q", "王某")
            // Two accounts hear of it; it happened once.
            for name in ["li", "wang"] {
                try await stand.tell(try await stand.test.account(name), at: place)
            }
            // What concerns one person alone is told to no program.
            try await stand.tell(try await stand.test.account("zhao"), "right_answered")
            for _ in 0..<2 { try await stand.messages.send() }
            let call = try #require(receiver.calls.first)
            #expect(receiver.calls.count == 1)
            #expect(call.type == "application/cloudevents+json")
            let event = try #require(
                JSONSerialization.jsonObject(with: Data(call.body.utf8)) as? [String: String])
            #expect(event["specversion"] == "1.0" && event["subject"] == "/cases/one")
            #expect(event["type"] == "groundwork.message.case_late")
            #expect(event["source"] == "https://groundwork.example")
            #expect(event["time"] == "2015-07-01T12:00:00+08:00")
            #expect(event["id"]?.count == 64 && event.count == 6)
            #expect(call.signature.hasPrefix("t=1435723200,v1="))
            let code = HMAC<SHA256>.authenticationCode(
                for: Data("1435723200.\(call.body)".utf8),
                using: SymmetricKey(data: Data(secret.utf8)))
            #expect(call.signature.hasSuffix(code.map { String(format: "%02x", $0) }.joined()))
        }
    }

    @Test(arguments: Engine.available)
    func whatFailsIsTriedAgainUnderTheSameIdentityAndARedirectIsNotFollowed(
        on engine: Engine
    ) async throws {
        try await Self.with(engine) { stand, client, receiver, url in
            let system = try await stand.test.account("root", office: .system)
            _ = try await Self.add(url, as: system, client)
            try await stand.tell(try await stand.test.account("li"))
            receiver.state.withLock {
                $0.status = .temporaryRedirect
                $0.elsewhere = url
            }
            try await stand.messages.send()
            receiver.state.withLock { $0.status = .internalServerError }
            try await stand.messages.send()
            #expect(receiver.calls.count == 1)
            stand.clock.advance(60_000)
            try await stand.messages.send()
            receiver.state.withLock { $0.status = .noContent }
            stand.clock.advance(600_000)
            for _ in 0..<2 { try await stand.messages.send() }
            #expect(receiver.calls.count == 3)
            #expect(Set(receiver.calls.map(\.body)).count == 1)
            #expect(try await stand.count("sent") == 1)
            // Gone for good is given up at once.
            receiver.state.withLock { $0.status = .gone }
            stand.clock.advance(1_000)
            try await stand.tell(try await stand.test.account("wang"))
            try await stand.messages.send()
            #expect(try await stand.count("dead") == 1)
            // With the program goes what waits for it.
            let ended = try await client.submit(
                "/admin/webhooks", [:], to: "/admin/webhooks/end", as: system)
            #expect(ended.status == 303)
            #expect(try await stand.count("dead") == 0)
        }
    }
}
