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
    var codes = Numbers<String>()
    var reach: ReachColumns
    /// What questions found for others at the same position: a page asks the same of many units
    /// and months.
    let hadSpans = Shelf<Int, HadKey, HadSpans>(limit: 64)
    /// Whom each person was found to be, by number.
    private(set) var same: [UInt32] = []

    /// The newest position at which a kind, the map or the joins of persons changed.
    private(set) var changedAt: [String: Int] = [:]
    var placedAt: Int
    var joinedAt: Int

    init(position: Int, units: Numbers<PackedID>, reach: ReachColumns) {
        self.position = position
        self.units = units
        self.reach = reach
        (placedAt, joinedAt) = (position, position)
    }

    /// - Throws: `NotHeld` for a kind that no indicator reads, or that there is no room for.
    func columns(of kind: String) throws(NotHeld) -> KindColumns {
        guard let columns = kinds[kind] else { throw NotHeld() }
        return columns
    }

    mutating func put(_ kind: KindColumns, changedAt position: Int) {
        kinds[kind.held.kind.id] = kind
        changedAt[kind.held.kind.id] = position
    }

    /// Takes a kind out, to be put back when it was changed.
    mutating func take(_ kind: String) -> KindColumns? {
        changedAt[kind] = nil
        return kinds.removeValue(forKey: kind)
    }

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
}
