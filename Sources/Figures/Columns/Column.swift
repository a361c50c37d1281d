/// What a field of each record says, as a number that stands for the word.
struct FieldColumn: Sendable {
    private(set) var codes: [Int32] = []
    private var known = Words()

    /// Stands where a record does not give the field.
    static let absent: Int32 = -1

    var words: [String] { known.all }

    mutating func append(letters: UnsafeBufferPointer<UInt8>?) {
        codes.append(letters.map { Int32(known.number(for: $0)) } ?? Self.absent)
    }

    mutating func arrange(_ change: Arrangement) { change.apply(to: &codes) }
}

/// The persons or things each record names, as numbers that stand for them.
struct ListColumn: Sendable {
    /// Where the list of each record begins among all of them, and how long it is.
    private var starts: [UInt32] = []
    private var counts: [UInt16] = []
    private var numbers: [UInt32] = []

    /// A record that names nobody yet.
    mutating func append() {
        starts.append(0)
        counts.append(0)
    }

    /// Adds what a record names. All that one record names comes together.
    ///
    /// - Throws: `NotHeld` when the list is longer than is held.
    mutating func add(_ number: UInt32, to row: Int) throws(NotHeld) {
        guard counts[row] < .max, numbers.count < Int(UInt32.max) else { throw NotHeld() }
        if counts[row] == 0 { starts[row] = UInt32(numbers.count) }
        counts[row] += 1
        numbers.append(number)
    }

    subscript(row: Int) -> ArraySlice<UInt32> {
        let start = Int(starts[row])
        return numbers[start..<start + Int(counts[row])]
    }

    /// Lists of records that are taken out stay behind until everything is read anew.
    mutating func arrange(_ change: Arrangement) {
        change.apply(to: &starts)
        change.apply(to: &counts)
    }
}

/// How rows come to lie after some were appended and some are to be taken out: the same for every
/// column of a kind.
enum Arrangement {
    /// One row is taken out.
    case without(Int)
    /// The last row goes before another.
    case lastBefore(Int)
    /// The rows in a new order; those it does not name are taken out.
    case order([Int])

    func apply<T>(to column: inout [T]) {
        guard !column.isEmpty else { return }
        switch self {
        case .without(let row): column.remove(at: row)
        case .lastBefore(let row): column.insert(column.removeLast(), at: row)
        case .order(let rows): column = rows.map { column[$0] }
        }
    }
}
