import AsyncHTTPClient
import Core
import Crypto
import Foundation
import NIOCore
import NIOPosix

/// Tells one program what happened: a signed event (CloudEvents 1.0), sent to the very address that
/// its name was found to mean.
package struct WebhookCall: Sendable {
    let reach: [NetworkRange]

    /// What is sent and signed.
    struct Event: Sendable {
        let body: String
        let url: String
        let secret: String
    }

    /// - Throws: `DeliveryFault`, or `CancellationError` when the program stops.
    func send(_ event: Event, at moment: Moment) async throws {
        guard Webhook.isAddress(event.url, reach: reach),
            let host = URLComponents(string: event.url)?.host
        else { throw DeliveryFault(.forbidden, isOfPlace: true) }
        do {
            let status = try await within(seconds: MessageLimits.callSeconds) {
                try await call(event, host, at: moment)
            }
            try Self.check(status)
        } catch let fault as DeliveryFault {
            throw fault
        } catch {
            try Task.checkCancellation()
            throw DeliveryFault(.unreachable, isOfPlace: true)
        }
    }

    private func call(_ event: Event, _ host: String, at moment: Moment) async throws -> Int {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        if NetworkAddress(host) == nil {
            configuration.dnsOverride = [host: try await meaning(of: host)]
        }
        var request = HTTPClientRequest(url: event.url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/cloudevents+json")
        request.headers.add(name: "User-Agent", value: "groundwork")
        request.headers.add(
            name: "Groundwork-Signature",
            value: Self.signature(event.body, event.secret, at: moment))
        request.body = .bytes(Array(event.body.utf8))
        return try await HTTPClient.withHTTPClient(configuration: configuration) {
            [request] client in
            let response = try await client.execute(
                request, timeout: .seconds(MessageLimits.callSeconds))
            // What it says is of no use here, but an answer without an end is none.
            _ = try await response.body.collect(upTo: Int(MessageLimits.answerBytes))
            return Int(response.status.code)
        }
    }

    /// `t=1435723200,v1=…`: the keyed hash (HMAC-SHA256) over the second, a dot, and the body.
    package static func signature(_ body: String, _ secret: String, at moment: Moment) -> String {
        let second = moment.milliseconds / 1_000
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("\(second).\(body)".utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return "t=\(second),v1=\(hexadecimal(code))"
    }

    private static func check(_ status: Int) throws(DeliveryFault) {
        switch status {
        case 200..<300: return
        case 300..<400: throw DeliveryFault(.redirect, isOfPlace: true)
        // It is gone, and says so.
        case 410: throw DeliveryFault(.refused, isFinal: true)
        default: throw DeliveryFault(.later, isOfPlace: true)
        }
    }

    /// The address a name means now. Where one of them may not be called, none is.
    private func meaning(of host: String) async throws -> String {
        let found = try await NIOThreadPool.singleton.runIfActive { Self.addresses(of: host) }
        guard let first = found.first else {
            throw DeliveryFault(.unreachable, isOfPlace: true)
        }
        guard
            found.allSatisfy({ text in
                NetworkAddress(text).map { Webhook.allows($0, reach: reach) } ?? false
            })
        else { throw DeliveryFault(.forbidden, isOfPlace: true) }
        return first
    }

    private static func addresses(of host: String) -> [String] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [String] = []
        var next = list
        while let entry = next {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            if getnameinfo(
                entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil,
                0, NI_NUMERICHOST) == 0
            {
                let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
                found.append(String(decoding: bytes, as: UTF8.self))
            }
            next = entry.pointee.ai_next
        }
        return found
    }
}
