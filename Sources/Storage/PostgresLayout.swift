import CLibPQ

/// The type numbers of PostgreSQL's catalog that we send and read; they never change.
enum PostgresType {
    static let unspecified: Oid = 0
    static let bool: Oid = 16
    static let bytea: Oid = 17
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let oid: Oid = 26
    static let float4: Oid = 700
    static let float8: Oid = 701
    static let numeric: Oid = 1700

    static func parameter(_ value: Value) -> Oid {
        switch value {
        case .null, .text: unspecified
        case .integer: int8
        case .bytes: bytea
        case .flag: bool
        }
    }
}

/// The columns of a result: their names, and how each is read.
struct PostgresLayout {
    private let layout: Row.Layout
    private let types: [Oid]

    init(of result: OpaquePointer) {
        let indexes = 0..<PQnfields(result)
        layout = Row.Layout(
            names: indexes.map { PQfname(result, $0).map { String(cString: $0) } ?? "" })
        types = indexes.map { PQftype(result, $0) }
    }

    /// The one row of a result in single-row mode.
    func row(in result: OpaquePointer) throws -> Row {
        let values = try types.indices.map { try value(in: result, CInt($0)) }
        return Row(layout: layout, values: values)
    }

    private func value(in result: OpaquePointer, _ column: CInt) throws -> Value {
        guard PQgetisnull(result, 0, column) == 0, let start = PQgetvalue(result, 0, column)
        else { return .null }
        let bytes = UnsafeRawBufferPointer(
            start: start, count: Int(PQgetlength(result, 0, column)))
        switch types[Int(column)] {
        case PostgresType.bool:
            return .flag(bytes.first == UInt8(ascii: "t"))
        case PostgresType.int2, PostgresType.int4, PostgresType.int8, PostgresType.oid,
            PostgresType.numeric, PostgresType.float4, PostgresType.float8:
            // Sums are numeric and still whole. A fraction belongs in Swift.
            let digits = String(decoding: bytes, as: UTF8.self)
            guard let integer = Int64(digits) else {
                throw DatabaseError.column(
                    ColumnFault(
                        column: layout.names[Int(column)], expected: "a whole number",
                        found: digits.contains(".") ? "a fraction" : "a number out of range"))
            }
            return .integer(integer)
        case PostgresType.bytea:
            return .bytes(hexadecimal(bytes.dropFirst(2)))
        default:
            return .text(String(decoding: bytes, as: UTF8.self))
        }
    }

    private func hexadecimal(_ digits: some Sequence<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            let half = digit < 0x3A ? digit - 0x30 : digit - 0x57
            if let first = high {
                bytes.append(first << 4 | half)
                high = nil
            } else {
                high = half
            }
        }
        return bytes
    }
}
