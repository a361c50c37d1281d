/// An identity in sixteen bytes instead of its 26 letters: a million of them lie in memory.
struct PackedID: Hashable, Comparable, Sendable {
    private let high: UInt64
    private let low: UInt64

    private static let letterCount = 26
    /// Twelve letters fill the lower half; the fourteen before them fit above, since the moments
    /// they begin with leave the first six of their seventy bits empty until the year 2527.
    private static let highLetters = 14
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let unknown: UInt8 = 255
    private static let digits: [UInt8] = {
        var digits = [UInt8](repeating: unknown, count: 256)
        for (digit, letter) in alphabet.enumerated() { digits[Int(letter)] = UInt8(digit) }
        return digits
    }()

    /// Nil for a text that is no identity, or one of a later age.
    init?(_ text: String) {
        var text = text
        guard let id = text.withUTF8({ PackedID(letters: $0) }) else { return nil }
        self = id
    }

    /// Nil as well.
    init?(letters: UnsafeBufferPointer<UInt8>) {
        guard letters.count == Self.letterCount else { return nil }
        var (high, low) = (UInt64(0), UInt64(0))
        var place = 0
        let digits = Self.digits
        for letter in letters {
            let digit = digits[Int(letter)]
            guard digit != Self.unknown, high >> 59 == 0 || place >= Self.highLetters else {
                return nil
            }
            if place < Self.highLetters {
                high = high << 5 | UInt64(digit)
            } else {
                low = low << 5 | UInt64(digit)
            }
            place += 1
        }
        (self.high, self.low) = (high, low)
    }

    var text: String {
        String(unsafeUninitializedCapacity: Self.letterCount) { letters in
            spell(into: letters)
            return Self.letterCount
        }
    }

    /// Calls the body with its letters, of which no text is made.
    func withLetters(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.letterCount) { letters in
            spell(into: letters)
            body(UnsafeBufferPointer(letters))
        }
    }

    private func spell(into letters: UnsafeMutableBufferPointer<UInt8>) {
        var (high, low) = (high, low)
        let alphabet = Self.alphabet
        for place in (Self.highLetters..<Self.letterCount).reversed() {
            letters[place] = alphabet[Int(low & 31)]
            low >>= 5
        }
        for place in (0..<Self.highLetters).reversed() {
            letters[place] = alphabet[Int(high & 31)]
            high >>= 5
        }
    }

    static func < (one: PackedID, other: PackedID) -> Bool {
        one.high == other.high ? one.low < other.low : one.high < other.high
    }
}
