import Catalogue
import Core
import Organization
import Storage

/// The members of a figure found in columns: the same rows that the statements of `Members` list.
///
/// It is a class because a row passes through many hands: copying what it holds cost more than
/// reading the row.
final class ColumnScan {
    let ledger: LedgerColumns
    let columns: KindColumns
    let who: RowValue
    let keys: [RowValue]
    private let members: Members
    private let placing: Placing
    private let tests: [RowTest]
    private let had: [HadColumn]
    /// Conditions of persons, which one person must meet together.
    private let hadByPersons: [HadColumn]
    private let persons: Int?
    private let followed: Followed?
    private let ownThings: OwnThings?
    private let measure: Int?
    /// Whether nothing is told apart and no key is asked for but the unit: most figures are so.
    private let isPlain: Bool

    /// The list of things of which one must have been followed, and when each was first.
    private struct Followed {
        let list: Int
        let first: [UInt32: Int32]
        let countsFirstDay: Bool
    }

    /// The list of things of which one must be among some.
    private struct OwnThings {
        let list: Int
        let codes: Set<UInt32>
    }

    /// One row of the list.
    struct Hit {
        let row: Int
        let day: Int32
        let who: Int
        let amount: Int?
        let keys: SIMD4<Int>
    }

    /// The most keys a hit has room for.
    private static let mostKeys = 4
    /// After so many rows it is asked whether somebody still waits.
    private static let rowsBetweenLooks = 8_192

    /// - Throws: `NotHeld` for what columns do not hold: then the ledger is asked.
    init(_ members: Members, _ keys: [Members.Key.Of], _ ledger: LedgerColumns) throws(NotHeld) {
        let indicator = members.indicator
        guard ledger.position == members.question.position, keys.count <= Self.mostKeys,
            let kind = indicator.kind
        else { throw NotHeld() }
        let columns = try ledger.columns(of: kind)
        var (tests, had): ([RowTest], [HadColumn]) = ([], [])
        for one in indicator.conditions { tests.append(try members.rowTest(one, of: columns)) }
        for one in indicator.had where members.catalogue.kinds[one.kind] != nil {
            had.append(try HadColumn(one, members, ledger, columns))
        }
        var values: [RowValue] = []
        for key in keys { values.append(try RowValue(key, members, ledger, columns)) }
        self.members = members
        self.ledger = ledger
        self.columns = columns
        self.tests = tests
        self.keys = values
        self.had = had.filter { $0.had.by != .person }
        hadByPersons = had.filter { $0.had.by == .person }
        who = try RowValue(toldBy: members, ledger, columns)
        followed = try Self.followed(members, ledger, columns)
        ownThings = try Self.ownThings(members, ledger, columns)
        measure = try Self.measure(members, columns)
        persons = columns.held.roles.firstIndex(of: members.role(of: columns.held.kind))
        placing = members.placing(in: ledger)
        let asksUnitAlone = values.allSatisfy { if case .asked = $0 { true } else { false } }
        isPlain = who.isNothing && values.count <= 1 && asksUnitAlone
    }

    private static func followed(
        _ members: Members, _ ledger: LedgerColumns, _ columns: KindColumns
    ) throws(NotHeld) -> Followed? {
        guard let follower = members.indicator.followedBy else { return nil }
        return Followed(
            list: try columns.held.place(ofSubject: follower.link),
            first: try ledger.firstDays(of: follower), countsFirstDay: follower.countsFirstDay)
    }

    private static func ownThings(
        _ members: Members, _ ledger: LedgerColumns, _ columns: KindColumns
    ) throws(NotHeld) -> OwnThings? {
        guard case .of(let own, let subject) = members.ownThings else { return nil }
        let scan = try ColumnScan(own, [.subject(subject)], ledger)
        var codes: Set<UInt32> = []
        scan.each(wanted: {}) { codes.insert(UInt32($0.keys[0])) }
        return OwnThings(list: try columns.held.place(ofSubject: subject), codes: codes)
    }

    /// The column of what is added up.
    private static func measure(
        _ members: Members, _ columns: KindColumns
    ) throws(NotHeld) -> Int? {
        let id: String
        switch members.indicator.value {
        case .sum(let measure), .max(let measure): id = measure
        case .pick(let pick):
            guard case .largest(let measure) = pick.order else { return nil }
            id = measure
        default: return nil
        }
        guard let measure = columns.held.kind.measure(id) else { throw NotHeld() }
        return measure.index - 1
    }

    /// What a statement lists for the keys of a row.
    func texts(of numbers: SIMD4<Int>) -> [String?] {
        keys.indices.map { keys[$0].text(of: numbers[$0], self) }
    }

    // MARK: Which rows

    /// The unit of a record that rolls up.
    func unit(_ row: Int) -> UInt32 {
        members.indicator.at == .place ? columns.places[row] : columns.units[row]
    }

    /// The unit of a hit.
    func unitID(_ hit: Hit) -> OrgUnit.ID {
        OrgUnit.ID(trusted: ledger.units[Int(unit(hit.row))].text)
    }

    /// Calls the body with the rows in the order in which a statement lists them.
    func eachListed(wanted: () throws -> Void, _ body: (Hit) throws -> Void) throws {
        guard followed?.countsFirstDay == false else { return try each(wanted: wanted, body) }
        var hits: [Hit] = []
        try each(wanted: wanted) { hits.append($0) }
        hits.sort { one, other in
            one.day == other.day
                ? columns.ids[one.row] < columns.ids[other.row] : one.day < other.day
        }
        for hit in hits { try body(hit) }
    }

    /// Calls the body with every row, in the order of the days and identities of the records.
    ///
    /// - Parameter wanted: throws when nobody waits for the rows any more.
    func each(wanted: () throws -> Void, _ body: (Hit) throws -> Void) rethrows {
        let days = members.days
        let (from, to) = (days.from.column, days.to.column)
        let rows: Range<Int>
        let lastDay = members.period.lastDay.column
        let stands = members.indicator.when == .inForce
        let isAsked = stands && members.course == nil && members.standsIn == nil
        if stands {
            let end = members.course?.to ?? members.standsIn?.to ?? members.period.to
            rows = 0..<columns.firstRow(from: end.column)
        } else {
            let isOwnDay = followed.map(\.countsFirstDay) ?? true
            let end = columns.firstRow(from: to)
            // A rule may begin after the period: then there are no days.
            rows = (isOwnDay ? min(columns.firstRow(from: from), end) : 0)..<end
        }
        for row in rows {
            if row % Self.rowsBetweenLooks == 0 { try wanted() }
            if isAsked, columns.ends[row] <= lastDay { continue }
            let unit = unit(row)
            guard placing.knows(unit), tests.allSatisfy({ $0.passes(row, of: columns) }),
                isOwn(row)
            else { continue }
            guard let followed else {
                try place(row, unit, columns.days[row], body)
                continue
            }
            for code in columns.subjects[followed.list][row] {
                guard let first = followed.first[code], first >= columns.days[row] else { continue }
                let day = followed.countsFirstDay ? columns.days[row] : first
                if stands || from <= day && day < to { try place(row, unit, day, body) }
            }
        }
    }

    private func isOwn(_ row: Int) -> Bool {
        guard let ownThings else { return true }
        return columns.subjects[ownThings.list][row].contains(where: ownThings.codes.contains)
    }

    /// A record on its day, for each unit that it counts for.
    private func place(
        _ row: Int, _ unit: UInt32, _ day: Int32, _ body: (Hit) throws -> Void
    ) rethrows {
        guard had.allSatisfy({ $0.isMet(row, on: day, self) }) else { return }
        let tellsPersons = if case .persons = who { true } else { false }
        if !hadByPersons.isEmpty, !tellsPersons {
            guard let persons, columns.persons[persons][row].contains(where: { isMet($0, day) })
            else { return }
        }
        if isPlain {
            let amount = amount(row)
            return try placing.each(unit, columns.days[row]) { span in
                let key = keys.isEmpty ? 0 : Int(span.unit)
                try body(
                    Hit(
                        row: row, day: day, who: RowValue.null, amount: amount,
                        keys: SIMD4(key, 0, 0, 0)))
            }
        }
        try placing.each(unit, columns.days[row]) { span in
            let place = RowValue.Place(row: row, day: day, span: span)
            try who.each(place, self) { number in
                if tellsPersons, !hadByPersons.isEmpty,
                    !hadByPersons.allSatisfy({ $0.isMet(by: UInt32(number), on: day) })
                {
                    return
                }
                try list(place, number, 0, SIMD4(repeating: 0), body)
            }
        }
    }

    private func isMet(_ person: UInt32, _ day: Int32) -> Bool {
        let number = ledger.same[Int(person)]
        return hadByPersons.allSatisfy { $0.isMet(by: number, on: day) }
    }

    /// What a record adds.
    private func amount(_ row: Int) -> Int? {
        guard let measure else { return nil }
        let amount = columns.measures[measure][row]
        return amount == KindColumns.absent ? nil : amount
    }

    /// A row for each combination of its keys.
    private func list(
        _ place: RowValue.Place, _ who: Int, _ index: Int, _ found: SIMD4<Int>,
        _ body: (Hit) throws -> Void
    ) rethrows {
        guard index < keys.count else {
            return try body(
                Hit(
                    row: place.row, day: place.day, who: who, amount: amount(place.row),
                    keys: found))
        }
        try keys[index].each(place, self) { number in
            var next = found
            next[index] = number
            try list(place, who, index + 1, next, body)
        }
    }
}
