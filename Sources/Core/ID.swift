import Foundation
import Storage

/// The identity of a row of `Thing`: 26 characters that sort by the moment they were made.
///
/// The first ten characters count milliseconds, the rest are random, in Crockford's base 32, so
/// identities made by two processes neither collide nor tell anything but their age.
package struct ID<Thing>: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let text: String

    /// Takes an identity from outside; nil when the text is not one.
    package init?(_ text: String) {
        guard text.utf8.count == 26, text.utf8.allSatisfy(Alphabet.contains) else { return nil }
        self.text = text
    }

    /// Takes an identity from the database, which holds only what we made.
    package init(trusted text: String) { self.text = text }

    package static func make() -> ID { ID(trusted: Alphabet.make()) }

    package var description: String { text }
    package static func < (left: ID, right: ID) -> Bool { left.text < right.text }
}

extension ID: Storable, Readable {
    package var storageValue: Value { .text(text) }
    package init(storageValue: Value) throws(ColumnFault) {
        self.text = try String(storageValue: storageValue)
    }
}

/// What Core speaks of by identity although its rows are known only further up.
package enum Identified {
    package enum Unit {}
    package enum Account {}
}

/// The identity of a unit.
package typealias UnitID = ID<Identified.Unit>
/// The identity of an account.
package typealias AccountID = ID<Identified.Account>

/// The letters of identities, and how a new one is drawn.
private enum Alphabet {
    static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let known: [Bool] = {
        var known = [Bool](repeating: false, count: 256)
        for letter in letters { known[Int(letter)] = true }
        return known
    }()

    static func contains(_ byte: UInt8) -> Bool { known[Int(byte)] }

    static func make() -> String {
        var moment = UInt64(Date().timeIntervalSince1970 * 1000)
        var bytes = [UInt8](repeating: 0, count: 26)
        for index in stride(from: 9, through: 0, by: -1) {
            bytes[index] = letters[Int(moment & 31)]
            moment >>= 5
        }
        var high = UInt64.random(in: 0...UInt64.max)
        var low = UInt64.random(in: 0...UInt64.max)
        for index in 10..<18 {
            bytes[index] = letters[Int(high & 31)]
            high >>= 5
        }
        for index in 18..<26 {
            bytes[index] = letters[Int(low & 31)]
            low >>= 5
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
