import Catalogue
import Core

/// What must also have been in force of another kind, as columns tell it.
struct HadColumn {
    let had: Indicator.Had
    private let spans: HadSpans
    /// The list of the counted kind that is looked at; nil where its unit is.
    private let list: Int?

    init(
        _ had: Indicator.Had, _ members: Members, _ ledger: LedgerColumns, _ columns: KindColumns
    ) throws(NotHeld) {
        self.had = had
        let counted = columns.held
        switch had.by {
        case .unit: list = nil
        case .person: list = try counted.place(ofRole: members.role(of: counted.kind))
        case .subject: list = try counted.place(ofSubject: had.subject ?? "")
        }
        spans = try members.spans(of: had, ledger)
    }

    /// Whether one of whom or what it is about had it, or had it not, as is wanted.
    func isMet(by number: UInt32, on day: Int32) -> Bool {
        spans.contain(number, on: day) == had.wanted
    }

    /// Whether a record meets it, where it is not asked of persons.
    func isMet(_ row: Int, on day: Int32, _ scan: ColumnScan) -> Bool {
        guard let list else { return isMet(by: scan.unit(row), on: day) }
        return scan.columns.subjects[list][row].contains { isMet(by: $0, on: day) }
    }
}

/// Who or what had something of a kind, and on which days.
struct HadSpans: Sendable {
    private var spans: [UInt32: [Range<Int32>]] = [:]

    func contain(_ number: UInt32, on day: Int32) -> Bool {
        spans[number]?.contains { $0.contains(day) } ?? false
    }

    /// Who or what had it on some day.
    var numbers: [UInt32] { spans.keys.sorted() }

    fileprivate init(
        _ had: Indicator.Had, _ members: Members, _ ledger: LedgerColumns
    ) throws(NotHeld) {
        let columns = try ledger.columns(of: had.kind)
        let held = columns.held
        switch had.by {
        case .unit: try add(columns, had, members) { [columns.units[$0]] }
        case .person:
            let role = try held.place(ofRole: had.role ?? held.kind.persons.first?.id ?? "")
            try add(columns, had, members) { row in
                columns.persons[role][row].map { ledger.same[Int($0)] }
            }
        case .subject:
            let subject = try held.place(ofSubject: had.subject ?? "")
            try add(columns, had, members) { Array(columns.subjects[subject][$0]) }
        }
    }

    /// Takes in the records of the kind, each for whom or what it names.
    private mutating func add(
        _ columns: KindColumns, _ had: Indicator.Had, _ members: Members,
        _ named: (Int) -> [UInt32]
    ) throws(NotHeld) {
        var tests: [RowTest] = []
        for condition in had.conditions {
            tests.append(try members.rowTest(condition, of: columns))
        }
        let lastDay = members.period.lastDay.column
        for row in 0..<columns.count where tests.allSatisfy({ $0.passes(row, of: columns) }) {
            var span = columns.days[row]..<max(columns.days[row], columns.ends[row])
            if had.on == .asked {
                guard span.contains(lastDay) else { continue }
                span = Int32.min..<Int32.max
            }
            for number in named(row) { spans[number, default: []].append(span) }
        }
    }
}

/// What tells one thing that had to be from another.
struct HadKey: Hashable, Sendable {
    let had: Indicator.Had
    /// The day asked about, where it makes a difference.
    let day: Day?
}

extension Members {
    /// Who or what had something, found once for all questions at a position.
    func spans(of had: Indicator.Had, _ ledger: LedgerColumns) throws(NotHeld) -> HadSpans {
        // A rule may hold otherwise in another part of the district.
        guard !had.conditions.contains(where: { $0.comparison.threshold?.isRule ?? false }) else {
            return try HadSpans(had, self, ledger)
        }
        let key = HadKey(had: had, day: had.on == .asked ? period.lastDay : nil)
        if let known = ledger.hadSpans.take(key, ledger.position) { return known }
        let found = try HadSpans(had, self, ledger)
        ledger.hadSpans.put(found, key, ledger.position)
        return found
    }
}

extension Indicator.Threshold {
    fileprivate var isRule: Bool {
        if case .rule = self { return true }
        return false
    }
}

extension LedgerColumns {
    /// The first day on which each thing was followed by a record of a kind.
    func firstDays(of follower: Indicator.Follower) throws(NotHeld) -> [UInt32: Int32] {
        let columns = try columns(of: follower.kind)
        let list = try columns.held.place(ofSubject: follower.link)
        var days: [UInt32: Int32] = [:]
        for row in 0..<columns.count {
            // Rows are in the order of their days.
            for code in columns.subjects[list][row] where days[code] == nil {
                days[code] = columns.days[row]
            }
        }
        return days
    }
}
