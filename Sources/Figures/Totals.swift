import Catalogue
import Core

/// Adds up members one by one. Records and things are told apart by names: texts as the ledger
/// lists them, or the numbers that stand for them in columns.
struct Totals<Name: Hashable> {
    private(set) var rows = 0
    /// How many records there are; the rows of one come together.
    private(set) var records = 0
    private(set) var total: Int?
    private(set) var largest: Int?
    private(set) var things: Set<Name> = []
    private var days: Set<Day> = []
    private var last: Name?
    private let asksDays: Bool

    init(_ worth: Indicator.Worth) { asksDays = worth == .streak }

    mutating func add(record: Name, day: @autoclosure () -> Day, who: Name?, amount: Int?) {
        rows += 1
        if last != record {
            records += 1
            last = record
        }
        if let amount {
            total = (total ?? 0) + amount
            largest = max(largest ?? amount, amount)
        }
        if let who { things.insert(who) }
        if asksDays { days.insert(day()) }
    }

    /// What they come to as one member of a figure.
    func value(_ worth: Indicator.Worth) -> Int {
        switch worth {
        case .count, .rule: rows
        case .sum, .pick: total ?? 0
        case .max: largest ?? 0
        case .distinctPersons, .distinctUnits, .distinctSubjects, .distinctField: things.count
        case .streak: longestRun(days)
        }
    }
}

extension Totals<String> {
    mutating func add(_ row: MemberRow) {
        add(record: row.id, day: row.day, who: row.who, amount: row.amount)
    }
}

extension Totals<Int> {
    mutating func add(_ hit: ColumnScan.Hit) {
        add(
            record: hit.row, day: Day(number: Int(hit.day)),
            who: hit.who == RowValue.null ? nil : hit.who, amount: hit.amount)
    }
}
