import Catalogue
import Core
import Organization

/// What is read of a record as a number: what a distinct count tells apart, or a key.
enum RowValue {
    case nothing
    case unit, place
    /// The unit of a form above its unit or place, or above the one that stands for it.
    case level(Placing, atPlace: Bool, followers: [UInt32: UInt32])
    case follower([UInt32: UInt32])
    case persons(Int)
    case subjects(Int)
    case field(Int)
    case asked
    case month, week, record
    case began, ended
    case placedFrom, placedTo

    /// Stands for NULL.
    static let null = Int.min

    /// A record where it counts: on which day, for which unit asked for.
    struct Place {
        let row: Int
        let day: Int32
        let span: Placing.Span
    }

    var isNothing: Bool { if case .nothing = self { true } else { false } }

    func each(
        _ place: Place, _ scan: ColumnScan, _ body: (Int) throws -> Void
    ) rethrows {
        let row = place.row
        switch self {
        case .nothing: try body(Self.null)
        case .unit: try body(Int(scan.unit(row)))
        case .place:
            let unit = scan.columns.places[row]
            try body(unit == KindColumns.nowhere ? Self.null : Int(unit))
        case .level(let placing, let atPlace, let followers):
            let own = atPlace ? scan.columns.places[row] : scan.unit(row)
            try placing.each(followers[own] ?? own, scan.columns.days[row]) {
                try body(Int($0.unit))
            }
        case .follower(let followers):
            let own = scan.columns.units[row]
            try body(Int(followers[own] ?? own))
        case .persons(let list):
            for person in scan.columns.persons[list][row] {
                try body(Int(scan.ledger.same[Int(person)]))
            }
        case .subjects(let list):
            for code in scan.columns.subjects[list][row] { try body(Int(code)) }
        case .field(let field):
            let code = scan.columns.fields[field].codes[row]
            try body(code == FieldColumn.absent ? Self.null : Int(code))
        case .asked: try body(Int(place.span.unit))
        case .month:
            let parts = Day(number: Int(place.day)).parts
            try body(parts.year * 12 + parts.month - 1)
        case .week: try body(Day(number: Int(place.day)).monday.number)
        case .record: try body(row)
        case .began: try body(Int(scan.columns.days[row]))
        case .ended: try body(Self.day(scan.columns.ends[row]))
        case .placedFrom: try body(Int(place.span.from))
        case .placedTo: try body(Self.day(place.span.to))
        }
    }

    private static func day(_ day: Int32) -> Int { day == KindColumns.open ? null : Int(day) }

    /// The day from which something is over, where a key tells one.
    static func end(_ key: Int) -> Int { key == null ? Int.max : key }

    /// What a statement lists for a number; nil for NULL.
    func text(of number: Int, _ scan: ColumnScan) -> String? {
        guard number != Self.null else { return nil }
        return switch self {
        case .nothing: nil
        case .unit, .place, .level, .follower, .asked: scan.ledger.units[number].text
        case .persons: scan.ledger.persons[number].text
        case .subjects: scan.ledger.codes[number]
        case .field(let field): scan.columns.fields[field].words[number]
        case .month: Day(number / 12, number % 12 + 1, 1).map { String($0.description.prefix(7)) }
        case .record: scan.columns.ids[number].text
        case .week, .began, .ended, .placedFrom, .placedTo: Day(number: number).description
        }
    }
}

extension RowValue {
    /// What a distinct count tells apart.
    init(toldBy members: Members, _ ledger: LedgerColumns, _ columns: KindColumns) throws(NotHeld) {
        let held = columns.held
        switch members.indicator.value {
        case .count, .sum, .max, .streak, .rule, .pick: self = .nothing
        case .distinctPersons:
            self = .persons(try held.place(ofRole: members.role(of: held.kind)))
        case .distinctUnits(let level?, let now, let places):
            let day: Placing.On = now ? .fixed(members.question.today) : members.placedDay
            self = .level(
                Placing(ledger, members.indicator.axis, to: .form(level), on: day),
                atPlace: places || members.indicator.at == .place,
                followers: members.followers(in: ledger))
        case .distinctUnits(nil, _, let places): self = places ? .place : .unit
        case .distinctSubjects(let id):
            self = .subjects(try held.place(ofSubject: id ?? held.kind.subjects.first?.id ?? ""))
        case .distinctField(let id): self = .field(try held.place(ofField: id))
        }
    }

    /// A key of a list.
    init(
        _ key: Members.Key.Of, _ members: Members, _ ledger: LedgerColumns, _ columns: KindColumns
    ) throws(NotHeld) {
        switch key {
        case .form(let form):
            self = .level(
                Placing(ledger, members.indicator.axis, to: .form(form), on: members.placedDay),
                atPlace: members.indicator.at == .place, followers: [:])
        case .subject(let id):
            self = .subjects(try columns.held.place(ofSubject: id))
        case .field(let id): self = .field(try columns.held.place(ofField: id))
        case .follower: self = .follower(members.followers(in: ledger))
        case .asked: self = .asked
        case .month: self = .month
        case .week: self = .week
        case .record: self = .record
        case .began: self = .began
        case .ended: self = .ended
        case .placedFrom: self = .placedFrom
        case .placedTo: self = .placedTo
        case .statement: throw NotHeld()
        }
    }
}

extension Members {
    /// The units that stand for those that ended, by number.
    fileprivate func followers(in ledger: LedgerColumns) -> [UInt32: UInt32] {
        var numbers: [UInt32: UInt32] = [:]
        for (old, new) in followers {
            guard let old = ledger.number(of: old), let new = ledger.number(of: new) else {
                continue
            }
            numbers[old] = new
        }
        return numbers
    }
}

extension LedgerColumns {
    /// The number of a unit; nil for one that nothing is told of.
    func number(of unit: OrgUnit.ID) -> UInt32? {
        PackedID(unit.text).flatMap { units.number(of: $0) }
    }
}
