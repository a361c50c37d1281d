import Core
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// Hands one letter to the mail server (RFC 5321), in a conversation of its own.
struct MailCall: Sendable {
    let server: MessageSetting.MailServer

    private typealias Line = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// - Parameter id: the letter's, the same for every try.
    /// - Throws: `DeliveryFault`, or `CancellationError` when the program stops.
    func send(_ letter: Letter, id: String, at moment: Moment) async throws {
        let lines = letter.lines(from: server.from, id: id, at: moment)
        guard lines.reduce(0, { $0 + $1.utf8.count + 2 }) <= MessageLimits.letterBytes else {
            throw DeliveryFault(.unreadable, isFinal: true)
        }
        do {
            try await within(seconds: MessageLimits.mailSeconds) {
                let line = try await connect()
                try await line.executeThenClose { inbound, outbound in
                    var talk = MailTalk(
                        server: server, channel: line.channel, outbound: outbound,
                        inbound: inbound.makeAsyncIterator())
                    try await talk.open()
                    try await talk.hand(in: lines, to: letter.to)
                }
            }
        } catch {
            try Task.checkCancellation()
            throw Self.fault(error)
        }
    }

    private func connect() async throws -> Line {
        let server = server
        return try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(MessageLimits.callSeconds))
            .connect(host: server.host, port: server.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if server.security == .tls {
                        try channel.pipeline.syncOperations.addHandler(Self.lock(server))
                    }
                    return try NIOAsyncChannel(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(
                            inboundType: ByteBuffer.self, outboundType: ByteBuffer.self))
                }
            }
    }

    /// What keeps the line from others, and asks the server who it is.
    static func lock(_ server: MessageSetting.MailServer) throws -> NIOSSLClientHandler {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let authority = server.authority { configuration.trustRoots = .file(authority) }
        let isName = NetworkAddress(server.host) == nil
        return try NIOSSLClientHandler(
            context: NIOSSLContext(configuration: configuration),
            serverHostname: isName ? server.host : nil)
    }

    private static func fault(_ error: any Error) -> DeliveryFault {
        switch error {
        case let fault as DeliveryFault: fault
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            DeliveryFault(.insecure, isOfPlace: true)
        default: DeliveryFault(.unreachable, isOfPlace: true)
        }
    }
}

/// Lets something take so long and no longer.
///
/// - Throws: `DeliveryFault` when it took longer.
func within<T: Sendable>(
    seconds: Int64, _ work: @escaping @Sendable () async throws -> T
) async throws -> T {
    try await withThrowingTaskGroup(of: T.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: .seconds(seconds))
            throw DeliveryFault(.unreachable, isOfPlace: true)
        }
        defer { group.cancelAll() }
        guard let first = try await group.next() else { throw CancellationError() }
        return first
    }
}
