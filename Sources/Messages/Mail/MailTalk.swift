import Foundation
import NIOCore

/// One conversation with a mail server, command by command.
struct MailTalk {
    let server: MessageSetting.MailServer
    let channel: any Channel
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var reader = MailReplyReader()

    init(
        server: MessageSetting.MailServer, channel: any Channel,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    ) {
        self.server = server
        self.channel = channel
        self.outbound = outbound
        self.inbound = inbound
    }

    /// Up to where letters may be handed in: the line is safe, and the server knows us.
    mutating func open() async throws {
        let hello = try await reply()
        guard hello.code == 220 else { throw DeliveryFault(.later, isOfPlace: true) }
        var offer = try await greet()
        if server.security == .starttls {
            guard offer.offers("STARTTLS") else {
                throw DeliveryFault(.insecure, isOfPlace: true)
            }
            guard try await ask("STARTTLS").code == 220, reader.isEmpty else {
                // What was said before the line was safe counts for nothing behind it.
                throw DeliveryFault(.insecure, isOfPlace: true)
            }
            try await channel.eventLoop.submit { [channel, server] in
                try channel.pipeline.syncOperations.addHandler(
                    MailCall.lock(server), position: .first)
            }.get()
            offer = try await greet()
        }
        guard let sign = server.sign else { return }
        let secret = Data("\0\(sign.user)\0\(sign.password)".utf8).base64EncodedString()
        guard try await ask("AUTH PLAIN " + secret).code == 235 else {
            throw DeliveryFault(.sign, isOfPlace: true)
        }
    }

    /// Hands a letter in. Whether the line is lost behind the server's last word changes nothing.
    mutating func hand(in lines: [String], to address: MailAddress) async throws {
        let sender = try await ask("MAIL FROM:<\(server.from.text)>")
        guard sender.code == 250 else { throw DeliveryFault(.later, isOfPlace: true) }
        let receiver = try await ask("RCPT TO:<\(address.text)>")
        guard [250, 251].contains(receiver.code) else { throw Self.refusal(receiver) }
        let data = try await ask("DATA")
        guard data.code == 354 else { throw Self.refusal(data) }
        // A line that begins with a dot would end the letter.
        let text = lines.map { $0.hasPrefix(".") ? "." + $0 : $0 }.joined(separator: "\r\n")
        let done = try await ask(text + "\r\n.")
        guard done.code == 250 else { throw Self.refusal(done) }
        try? await say("QUIT")
    }

    private mutating func greet() async throws -> MailReply {
        let offer = try await ask("EHLO \(server.from.domain)")
        guard offer.code == 250 else { throw DeliveryFault(.later, isOfPlace: true) }
        return offer
    }

    /// A number of five hundred is for good, one of four hundred for now.
    private static func refusal(_ reply: MailReply) -> DeliveryFault {
        reply.code >= 500 ? DeliveryFault(.refused, isFinal: true) : DeliveryFault(.later)
    }

    private mutating func ask(_ command: String) async throws -> MailReply {
        try await say(command)
        return try await reply()
    }

    private func say(_ command: String) async throws {
        try await outbound.write(ByteBuffer(string: command + "\r\n"))
    }

    private mutating func reply() async throws -> MailReply {
        while true {
            if let reply = try reader.next() { return reply }
            guard let buffer = try await inbound.next() else {
                throw DeliveryFault(.unreachable, isOfPlace: true)
            }
            reader.add(buffer)
        }
    }
}
