import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// How long a connection may take for each thing.
package struct ConnectionTimes: Sendable {
    /// To say what it wants, and to go on saying it.
    package var idle = TimeAmount.seconds(Limits.idleSeconds)
    /// To send a request as a whole, however large.
    package var request = TimeAmount.seconds(Limits.requestSeconds)
    /// To fetch what was answered already.
    package var answer = TimeAmount.seconds(Limits.answerSeconds)

    package init() {}
}

/// HTTP/1 with a guard before it.
package struct GuardedServer: ServerChildChannel {
    package typealias Value = HTTP1Channel.Value

    private let http: HTTP1Channel
    private let connections: Connections
    private let times: ConnectionTimes

    init(
        _ connections: Connections, times: ConnectionTimes,
        responder: @escaping HTTPChannelHandler.Responder
    ) {
        http = HTTP1Channel(
            responder: responder, configuration: .init(idleTimeout: times.idle))
        self.connections = connections
        self.times = times
    }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        http.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(
                type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(
                RequestGuard(connections, times: times), position: .after(decoder))
            return value
        }
    }

    package func handle(value: Value, logger: Logger) async {
        await http.handle(value: value, logger: logger)
    }
}

extension HTTPServerBuilder {
    /// A server that knows the connections of a site.
    package static func guarded(
        _ site: Site, times: ConnectionTimes = ConnectionTimes()
    ) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            GuardedServer(site.connections, times: times, responder: responder)
        }
    }
}
