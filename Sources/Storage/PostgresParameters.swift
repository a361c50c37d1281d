import CLibPQ

/// Values laid out for libpq: one buffer, and for each value its place, length and type.
///
/// Text has no stated type, because PostgreSQL then takes the column's (json, for one).
struct PostgresParameters {
    let types: [Oid]
    private var buffer: [CChar] = []
    private var offsets: [Int?] = []
    private var lengths: [CInt] = []
    private var formats: [CInt] = []

    init(_ values: [Value]) {
        types = values.map(PostgresType.parameter)
        lay(values)
    }

    /// Leaves every type to the target columns of an INSERT, so that a NULL among the values
    /// does not make another statement of it.
    init(inferred values: [Value]) {
        types = Array(repeating: PostgresType.unspecified, count: values.count)
        lay(values)
    }

    private mutating func lay(_ values: [Value]) {
        for value in values {
            switch value {
            case .null: addNull()
            case .integer(let integer): add(String(integer).utf8)
            case .text(let text): add(text.utf8)
            case .flag(let flag): add((flag ? "t" : "f").utf8)
            case .bytes(let bytes): add(bytes, isBinary: true)
            }
        }
    }

    private mutating func addNull() {
        offsets.append(nil)
        lengths.append(0)
        formats.append(0)
    }

    /// Text ends with a NUL for libpq; binary values go by their length.
    private mutating func add(_ bytes: some Sequence<UInt8>, isBinary: Bool = false) {
        offsets.append(buffer.count)
        buffer.append(contentsOf: bytes.lazy.map { CChar(bitPattern: $0) })
        lengths.append(CInt(buffer.count - (offsets.last.flatMap { $0 } ?? 0)))
        formats.append(isBinary ? 1 : 0)
        buffer.append(0)
    }

    var size: Int { buffer.count }

    func withPointers<T>(
        _ body: (
            _ count: CInt, _ pointers: [UnsafePointer<CChar>?], _ lengths: [CInt],
            _ formats: [CInt]
        ) -> T
    ) -> T {
        buffer.withUnsafeBufferPointer { bytes in
            let pointers = offsets.map { offset in
                offset.flatMap { place in bytes.baseAddress.map { $0 + place } }
            }
            return body(CInt(pointers.count), pointers, lengths, formats)
        }
    }
}
