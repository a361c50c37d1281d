import Dispatch
import Foundation
import Testing
import Web

/// What comes over a connection before it is a request, and who leaves before an answer.
// One at a time: a test that speaks over a socket holds one of the few threads that tests share.
@Suite(.serialized) struct ConnectionTests {
    private static func answer(
        to request: String, times: ConnectionTimes = ConnectionTimes()
    ) async throws -> (text: String, lines: [String]) {
        let fixture = try Fixture()
        defer { fixture.close() }
        let text = Kept()
        try await fixture.serve(times: times) { port in
            let connection = try RawConnection(port: port)
            connection.send(request)
            text.keep(try await connection.rest())
        }
        // What the server says of its own end, at which the test stops it, is left out.
        return (text.value, fixture.log.lines.filter { $0.contains("hb.request.id") })
    }

    @Test(arguments: [
        "GET /style HTTP/1.1\r\n\r\n",
        "GET /style HTTP/1.1\r\nHost: one\r\nHost: two\r\n\r\n",
        "GET /style HTTP/1.1\r\nHost: one, two\r\n\r\n",
        "GET /style HTTP/1.1\r\nHost: one/two\r\n\r\n",
        "GET /style HTTP/1.0\r\nHost: one\r\nHost: two\r\n\r\n",
    ])
    func aRequestNamesOneHost(request: String) async throws {
        let (text, _) = try await Self.answer(to: request)
        #expect(text.contains(" 400 "))
        #expect(text.contains("A request names exactly one host."))
        #expect(!text.contains("<html"))
    }

    @Test(arguments: [
        "GET /style HTTP/1.0\r\n\r\n",
        "GET /style HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "GET /style HTTP/1.1\r\nHost: one\r\nConnection: Close\r\n\r\n",
    ])
    func aConnectionEndsThatIsNotToStayOpen(request: String) async throws {
        let (text, _) = try await Self.answer(to: request)
        #expect(text.contains(" 200 "))
        #expect(text.contains("</html>"))
    }

    @Test(arguments: [
        "GET /style HT", "GET /style HTTP/1.1\r\nHost: one\r\nX-Slow: ", "",
        "POST /sent HTTP/1.1\r\nHost: one\r\nContent-Length: 100\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n\r\na=",
        "POST /sent HTTP/1.1\r\nHost: one\r\nTransfer-Encoding: chunked\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n\r\n2\r\na",
    ])
    func whoFallsSilentIsCutOff(request: String) async throws {
        var times = ConnectionTimes()
        times.idle = .milliseconds(200)
        let (text, _) = try await Self.answer(to: request, times: times)
        #expect(!text.contains(" 200 ") && !text.contains(" 204 "))
    }

    @Test func aRequestThatNeverComesToAnEndIsCutOff() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        var times = ConnectionTimes()
        times.request = .milliseconds(300)
        try await fixture.serve(times: times) { port in
            let connection = try RawConnection(port: port)
            connection.send(
                "POST /sent HTTP/1.1\r\nHost: one\r\nContent-Length: 1000000\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\n\r\n")
            let trickle = Task {
                while !Task.isCancelled {
                    connection.send("a")
                    try? await Task.sleep(for: .milliseconds(20))
                }
            }
            _ = try await connection.rest()
            trickle.cancel()
        }
    }

    @Test(arguments: [
        "zz\r\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n0\r\n\r\n", "-1\r\n\r\n",
        "ffffffffffffffffff\r\n",
    ])
    func aMalformedChunkIsTheSendersFault(body: String) async throws {
        let (text, lines) = try await Self.answer(
            to: "POST /sent HTTP/1.1\r\nHost: one\r\nTransfer-Encoding: chunked\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n\r\n" + body)
        #expect(text.hasPrefix("HTTP/1.1 400 "))
        #expect(text.components(separatedBy: "HTTP/1.1 ").count == 2, "one answer")
        #expect(lines.allSatisfy { !$0.hasPrefix("error") })
    }

    @Test(arguments: [true, false])
    func aBodyThatIsTooLargeIsRefusedAsSuch(isChunked: Bool) async throws {
        let size = Limits.bodyBytes + 1
        let filling = String(repeating: "a", count: size)
        let (text, lines) = try await Self.answer(
            to: "POST /sent HTTP/1.1\r\nHost: one\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n"
                + (isChunked
                    ? "Transfer-Encoding: chunked\r\n\r\n\(String(size, radix: 16))\r\n\(filling)"
                        + "\r\n0\r\n\r\n"
                    : "Content-Length: \(size)\r\n\r\n\(filling)"))
        #expect(text.hasPrefix("HTTP/1.1 413 "))
        #expect(text.contains("提交的内容超出上限"))
        #expect(lines.allSatisfy { !$0.hasPrefix("error") && !$0.hasPrefix("warning") })
    }

    @Test(arguments: [true, false])
    func whatIsReadEndsWhenWhoeverAskedLeaves(hasLeftBefore: Bool) async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let leftEarly = fixture.leftEarly
        let database = fixture.site.database
        try await fixture.serve { port in
            let connection = try RawConnection(port: port)
            connection.send("GET /endless HTTP/1.1\r\nHost: one\r\n\r\n")
            if !hasLeftBefore {
                while database.statements == 0 { try await Task.sleep(for: .milliseconds(1)) }
            }
            connection.leave()
            await withCheckedContinuation { next in
                Thread.detachNewThread {
                    leftEarly.wait()
                    next.resume()
                }
            }
        }
    }

    @Test(arguments: [("127.0.0.1", 200), ("192.0.2.1", 403), ("::ffff:127.0.0.1", 200)])
    func onlyAProxyThatIsNamedIsAnswered(address: String, status: Int) async throws {
        let proxy = try #require(Proxy(address))
        let fixture = try Fixture(isBehindProxy: true, proxies: [proxy])
        defer { fixture.close() }
        try await fixture.serve { port in
            func ask(_ path: String) async throws -> String {
                let connection = try RawConnection(port: port)
                connection.send(
                    "GET \(path) HTTP/1.1\r\nHost: one\r\nX-Forwarded-For: 127.0.0.1\r\n"
                        + "Connection: close\r\n\r\n")
                return try await connection.rest()
            }
            let page = try await ask("/style")
            #expect(page.hasPrefix("HTTP/1.1 \(status) "))
            let health = try await ask("/health/live")
            #expect(health.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test(arguments: ["proxy.example", "", "127.0.0", "10.0.0.0/8", "1"])
    func aProxyIsNamedByItsAddress(text: String) { #expect(Proxy(text) == nil) }
}

// Safety: it is written once, before the one who reads it goes on.
private final class Kept: @unchecked Sendable {
    private(set) var value = ""
    func keep(_ text: String) { value = text }
}
