import NIOCore

/// What a mail server says to one command: a number, and lines that say it again in words.
struct MailReply: Sendable, Hashable {
    let code: Int
    let lines: [String]

    /// Whether it offers something, as an answer to the greeting.
    func offers(_ word: String) -> Bool {
        lines.dropFirst().contains {
            $0.uppercased().split(separator: " ").first.map(String.init) == word
        }
    }
}

/// Puts replies together from what comes over the line, within its limits.
struct MailReplyReader: Sendable {
    private var bytes: [UInt8] = []
    private var lines: [String] = []

    /// Whether something came that belongs to no reply yet.
    var isEmpty: Bool { bytes.isEmpty && lines.isEmpty }

    mutating func add(_ buffer: ByteBuffer) { bytes += Array(buffer.readableBytesView) }

    /// The next reply, once all of it came.
    ///
    /// - Throws: `DeliveryFault` for what is none.
    mutating func next() throws(DeliveryFault) -> MailReply? {
        while let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
            let line = bytes[..<end].filter { $0 != UInt8(ascii: "\r") }
            bytes.removeSubrange(...end)
            guard line.count >= 3, line.count <= MessageLimits.replyBytes,
                lines.count < MessageLimits.replyLines,
                let code = Int(String(decoding: line.prefix(3), as: UTF8.self)),
                (200...599).contains(code)
            else { throw Self.strange }
            lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
            if line.count == 3 || line[3] != UInt8(ascii: "-") {
                defer { lines = [] }
                return MailReply(code: code, lines: lines)
            }
        }
        guard bytes.count <= MessageLimits.replyBytes else { throw Self.strange }
        return nil
    }

    private static let strange = DeliveryFault(.unreachable, isOfPlace: true)
}
