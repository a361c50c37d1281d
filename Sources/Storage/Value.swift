/// What a column holds or a statement binds: the few kinds both engines keep without loss.
package enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
    case flag(Bool)

    /// The kind in words, for messages. Never the content: it may be private.
    package var kind: String {
        switch self {
        case .null: "NULL"
        case .integer: "an integer"
        case .text: "text"
        case .bytes: "bytes"
        case .flag: "a flag"
        }
    }
}

/// What a statement can bind.
package protocol Storable: Sendable {
    var storageValue: Value { get }
}

/// What a column can be read as.
package protocol Readable {
    init(storageValue: Value) throws(ColumnFault)
}

/// A column that does not hold what its reader expects.
package struct ColumnFault: Error, Sendable, Equatable {
    package var column: String?
    package var expected: String
    package var found: String

    package init(column: String? = nil, expected: String, found: String) {
        self.column = column
        self.expected = expected
        self.found = found
    }

    package init(expected: String, found: Value) {
        self.init(expected: expected, found: found.kind)
    }
}

extension Value: Storable, Readable {
    package var storageValue: Value { self }
    package init(storageValue: Value) { self = storageValue }
}

extension Int64: Storable, Readable {
    package var storageValue: Value { .integer(self) }

    package init(storageValue: Value) throws(ColumnFault) {
        guard case .integer(let integer) = storageValue else {
            throw ColumnFault(expected: "an integer", found: storageValue)
        }
        self = integer
    }
}

extension Int: Storable, Readable {
    package var storageValue: Value { .integer(Int64(self)) }

    package init(storageValue: Value) throws(ColumnFault) {
        self = Int(try Int64(storageValue: storageValue))
    }
}

extension String: Storable, Readable {
    package var storageValue: Value { .text(self) }

    package init(storageValue: Value) throws(ColumnFault) {
        guard case .text(let text) = storageValue else {
            throw ColumnFault(expected: "text", found: storageValue)
        }
        self = text
    }
}

extension Bool: Storable, Readable {
    package var storageValue: Value { .flag(self) }

    /// SQLite keeps flags as 0 and 1, so both spellings are read; any other number is a fault.
    package init(storageValue: Value) throws(ColumnFault) {
        switch storageValue {
        case .flag(let flag): self = flag
        case .integer(0): self = false
        case .integer(1): self = true
        default: throw ColumnFault(expected: "a flag", found: storageValue)
        }
    }
}

extension Array: Storable, Readable where Element == UInt8 {
    package var storageValue: Value { .bytes(self) }

    package init(storageValue: Value) throws(ColumnFault) {
        guard case .bytes(let bytes) = storageValue else {
            throw ColumnFault(expected: "bytes", found: storageValue)
        }
        self = bytes
    }
}

extension Optional: Storable where Wrapped: Storable {
    package var storageValue: Value { self?.storageValue ?? .null }
}

extension Storable where Self: RawRepresentable, RawValue: Storable {
    package var storageValue: Value { rawValue.storageValue }
}

extension Readable where Self: RawRepresentable, RawValue: Readable {
    package init(storageValue: Value) throws(ColumnFault) {
        guard let value = Self(rawValue: try RawValue(storageValue: storageValue)) else {
            throw ColumnFault(expected: "a \(Self.self)", found: "another word")
        }
        self = value
    }
}
