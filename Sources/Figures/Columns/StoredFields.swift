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

    /// Calls the body with each field, in the order of the names, and the letters of its value; nil
    /// for what the text does not give.
    func read(
        _ letters: UnsafeBufferPointer<UInt8>,
        _ body: (Int, UnsafeBufferPointer<UInt8>?) -> Void
    ) {
        guard !names.isEmpty else { return }
        withUnsafeTemporaryAllocation(of: Range<Int>.self, capacity: names.count) { places in
            places.initialize(repeating: 0..<0)
            if find(in: letters, places) {
                for (index, place) in places.enumerated() {
                    body(
                        index,
                        place.lowerBound == 0 ? nil : UnsafeBufferPointer(rebasing: letters[place])
                    )
                }
                return
            }
            let all = Record.fields(String(decoding: letters, as: UTF8.self))
            for (index, name) in names.enumerated() {
                guard var value = all[name] else {
                    body(index, nil)
                    continue
                }
                value.withUTF8 { body(index, $0) }
            }
        }
    }

    /// Where the values stand; a place that begins at zero is of none.
    ///
    /// - Returns: whether the text is as plain as we write it.
    private func find(
        in bytes: UnsafeBufferPointer<UInt8>, _ places: UnsafeMutableBufferPointer<Range<Int>>
    ) -> Bool {
        guard bytes.count >= 2, bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}"),
            !bytes.contains(Self.escape)
        else { return false }
        var place = 1
        while place < bytes.count - 1 {
            guard let name = word(bytes, at: place), name.upperBound + 1 < bytes.count,
                bytes[name.upperBound + 1] == UInt8(ascii: ":"),
                let value = word(bytes, at: name.upperBound + 2)
            else { return false }
            if let index = letters.firstIndex(where: { $0.elementsEqual(bytes[name]) }) {
                places[index] = value
            }
            place = value.upperBound + 1
            if bytes[place] == UInt8(ascii: ",") { place += 1 }
        }
        return true
    }

    /// What stands between two quotes.
    private func word(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Range<Int>? {
        guard place < bytes.count, bytes[place] == Self.quote,
            let end = bytes[(place + 1)...].firstIndex(of: Self.quote)
        else { return nil }
        return place + 1..<end
    }
}
