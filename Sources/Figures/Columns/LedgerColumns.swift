import Core

/// The records that figures count, in memory, as the ledger stands at one position.
///
/// The ledger is the truth and this is read from it; what is not held here is asked of it. Nothing
/// here names a person: persons, units and things are numbers, and the identities behind them say
/// no more than that one thing is not another.
package struct LedgerColumns: Sendable {
    var position: Int
    private(set) var kinds: [String: KindColumns] = [:]
    var units: Numbers<PackedID>
    var persons = Numbers<PackedID>()
    var codes = Words()
    var reach: ReachColumns
    /// What questions found for others at the same position: a page asks the same of many units
    /// and months.
    let hadSpans = Shelf<Int, HadKey, HadSpans>(limit: 64)
    /// Whom each person was found to be, by number.
    private(set) var same: [UInt32] = []

    init(position: Int, units: Numbers<PackedID>, reach: ReachColumns) {
        self.position = position
        self.units = units
        self.reach = reach
    }

    /// - Throws: `NotHeld` for a kind that no indicator reads, or that there is no room for.
    func columns(of kind: String) throws(NotHeld) -> KindColumns {
        guard let columns = kinds[kind] else { throw NotHeld() }
        return columns
    }

    mutating func put(_ kind: KindColumns) { kinds[kind.held.kind.id] = kind }

    /// Takes a kind out, to be put back when it was changed.
    mutating func take(_ kind: String) -> KindColumns? { kinds.removeValue(forKey: kind) }

    /// Says who was found to be whom; everybody else is who they are.
    mutating func join(_ joins: [(from: UInt32, to: UInt32)]) {
        same = []
        fillUp()
        for join in joins { same[Int(join.from)] = join.to }
    }

    /// Persons who were met since are who they are.
    mutating func fillUp() {
        same += (UInt32(same.count)..<UInt32(max(same.count, persons.count)))
    }
}

/// What columns do not hold: a kind, a comparison, or a record that names more persons than a list
/// has room for. Then the ledger answers.
struct NotHeld: Error {}

extension PackedID {
    /// - Throws: `NotHeld` for an identity that does not fit.
    init(held text: String) throws(NotHeld) {
        guard let id = PackedID(text) else { throw NotHeld() }
        self = id
    }

    /// - Throws: `NotHeld` likewise.
    init(held letters: UnsafeBufferPointer<UInt8>) throws(NotHeld) {
        guard let id = PackedID(letters: letters) else { throw NotHeld() }
        self = id
    }
}
