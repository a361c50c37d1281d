import NIOCore
import NIOHTTP1

/// Looks at what comes over a connection before anything else does: refuses what no honest browser
/// sends, lets nobody hold a connection for longer than a request takes, and notices who leaves.
final class RequestGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let connections: Connections
    private let times: ConnectionTimes
    private var isRefused = false
    /// Closes the connection when a request is not whole in time.
    private var arrival: Scheduled<Void>?
    /// Closes the connection when nobody fetches an answer.
    private var departure: Scheduled<Void>?

    init(_ connections: Connections, times: ConnectionTimes) {
        self.connections = connections
        self.times = times
    }

    func handlerAdded(context: ChannelHandlerContext) {
        connections.opened(number(context))
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        arrival?.cancel()
        departure?.cancel()
        connections.forget(number(context))
    }

    func channelInactive(context: ChannelHandlerContext) {
        connections.left(number(context))
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed = event as? ChannelEvent { connections.left(number(context)) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        departure?.cancel()
        departure = context.channel.isWritable ? nil : close(after: times.answer, context)
        context.fireChannelWritabilityChanged()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused else { return }
        var part = unwrapInboundIn(data)
        switch part {
        case .head(var head):
            guard head.namesOneHost else { return refuse(head.version, context) }
            // What follows looks for this very word.
            if head.asksToClose { head.headers.replaceOrAdd(name: "Connection", value: "close") }
            part = .head(head)
            arrival?.cancel()
            arrival = close(after: times.request, context)
        case .body: break
        case .end:
            arrival?.cancel()
            arrival = nil
        }
        context.fireChannelRead(wrapInboundOut(part))
    }

    private func number(_ context: ChannelHandlerContext) -> Connections.Number {
        ObjectIdentifier(context.channel)
    }

    private func close(after time: TimeAmount, _ context: ChannelHandlerContext) -> Scheduled<Void>
    {
        let channel = context.channel
        return context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }

    /// There is no page for this: a program sent it, and no reader's language is known.
    private static let sentence = """
        请求必须只写明一个主机名（Host）。
        A request names exactly one host.

        """

    private func refuse(_ version: HTTPVersion, _ context: ChannelHandlerContext) {
        isRefused = true
        let headers: HTTPHeaders = [
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Length": String(Self.sentence.utf8.count), "Connection": "close",
        ]
        let head = HTTPResponseHead(version: version, status: .badRequest, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let body = context.channel.allocator.buffer(string: Self.sentence)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil)))
            .whenComplete { _ in channel.close(promise: nil) }
    }
}

extension HTTPRequestHead {
    /// A request of HTTP/1.1 names one host (RFC 9112, 3.2); an older one may name none.
    fileprivate var namesOneHost: Bool {
        let hosts = headers["Host"]
        guard let host = hosts.first else { return isOld }
        return hosts.count == 1 && host.utf8.allSatisfy(Self.isOfHost)
    }

    private var isOld: Bool { version.major < 1 || (version.major == 1 && version.minor < 1) }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~:[]%".utf8.contains(byte)
        }
    }

    /// HTTP/1.0 knows no connection that stays open, unless it asks for one; it gets none.
    fileprivate var asksToClose: Bool {
        isOld
            || headers[canonicalForm: "Connection"].contains { $0.lowercased() == "close" }
    }
}
