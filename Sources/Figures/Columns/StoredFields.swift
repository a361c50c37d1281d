import Ledger

/// Picks some fields out of a record's, as they are stored: an object of strings. A million of them
/// are read at the start, so the usual text, without spaces or escapes, is not parsed as JSON.
struct StoredFields {
    private let names: [String]
    private let letters: [[UInt8]]

    init(_ names: [String]) {
        self.names = names
        letters = names.map { Array($0.utf8) }
    }

    private static let quote = UInt8(ascii: "\"")
    private static let escape = UInt8(ascii: "\\")

    /// The values in the order of the names; nil for what the text does not give.
    func values(in text: String) -> [String?] {
        var text = text
        let plain = text.withUTF8 { plainValues(in: $0) }
        if let plain { return plain }
        let all = Record.fields(text)
        return names.map { all[$0] }
    }

    /// Nil for a text that is not as plain as we write it.
    private func plainValues(in bytes: UnsafeBufferPointer<UInt8>) -> [String?]? {
        guard bytes.count >= 2, bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}"),
            !bytes.contains(Self.escape)
        else { return nil }
        var values = [String?](repeating: nil, count: names.count)
        var place = 1
        while place < bytes.count - 1 {
            guard let name = word(bytes, at: place), name.endIndex + 1 < bytes.count,
                bytes[name.endIndex + 1] == UInt8(ascii: ":"),
                let value = word(bytes, at: name.endIndex + 2)
            else { return nil }
            if let index = letters.firstIndex(where: { $0.elementsEqual(name) }) {
                values[index] = String(decoding: value, as: UTF8.self)
            }
            place = value.endIndex + 1
            if bytes[place] == UInt8(ascii: ",") { place += 1 }
        }
        return values
    }

    /// What stands between two quotes.
    private func word(
        _ bytes: UnsafeBufferPointer<UInt8>, at place: Int
    ) -> Slice<UnsafeBufferPointer<UInt8>>? {
        guard place < bytes.count, bytes[place] == Self.quote,
            let end = bytes[(place + 1)...].firstIndex(of: Self.quote)
        else { return nil }
        return bytes[(place + 1)..<end]
    }
}
