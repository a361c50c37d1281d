/// Numbers that stand for words, met as letters. Most words come again soon: those are found
/// without making a text of them.
struct Words: Sendable {
    private var numbers = Numbers<String>()
    private var recent: [(hash: UInt64, number: UInt32)] = []

    /// How many words are looked for first, each at the place its letters say.
    private static let recentCount = 64

    subscript(number: Int) -> String { numbers[number] }

    /// In the order of their numbers.
    var all: [String] { numbers.things }

    mutating func number(for word: String) -> UInt32 { numbers.number(for: word) }

    mutating func number(for letters: UnsafeBufferPointer<UInt8>) -> UInt32 {
        if recent.isEmpty {
            recent = Array(repeating: (hash: 0, number: .max), count: Self.recentCount)
        }
        let hash = Self.hash(letters)
        let place = Int(truncatingIfNeeded: hash >> 32) & (Self.recentCount - 1)
        let known = recent[place]
        if known.hash == hash, known.number != .max,
            numbers[Int(known.number)].isSpelled(letters)
        {
            return known.number
        }
        let number = numbers.number(for: String(decoding: letters, as: UTF8.self))
        recent[place] = (hash, number)
        return number
    }

    /// FNV-1a, which tells short words apart well enough to look.
    private static func hash(_ letters: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for letter in letters { hash = (hash ^ UInt64(letter)) &* 0x100_0000_01b3 }
        return hash
    }
}

extension String {
    /// Whether it consists of just these letters.
    func isSpelled(_ letters: UnsafeBufferPointer<UInt8>) -> Bool {
        guard utf8.count == letters.count else { return false }
        return utf8.withContiguousStorageIfAvailable { $0.elementsEqual(letters) }
            ?? utf8.elementsEqual(letters)
    }
}
