import Catalogue
import Core
import Figures
import Ledger
import Organization
import Web

/// Reads the form above a list of records, field by field, and gathers what is wrong with it.
struct RecordFilterReader {
    private let kind: Kind
    private let query: Query
    private(set) var faults: [Fault] = []

    init(_ kind: Kind, _ query: Query) {
        self.kind = kind
        self.query = query
    }

    private mutating func text(_ name: String) -> String? {
        do {
            return try query.written(name)
        } catch {
            if case .invalid(let found) = error { faults += found }
            return nil
        }
    }

    private mutating func fault(_ name: String, zh: String, en: String) {
        faults.append(Fault(name, zh: zh, en: en))
    }

    // MARK: Period and unit

    /// What is usual unless something is written: the half-year that figures are of, or for
    /// standing things its last day. Nil for no bounds.
    mutating func period(_ snapshot: Snapshot) -> Period? {
        guard let text = text(AskedRecords.period) else {
            let usual = snapshot.periods
            return kind.shape == .event ? usual?.half : usual?.lastDay
        }
        guard text != AskedRecords.always, text != "全部" else { return nil }
        let structure = snapshot.structure
        guard
            let period = Period.read(
                text, today: snapshot.today,
                effective: { structure.reorganization($0)?.effectiveOn })
        else {
            fault(
                AskedRecords.period,
                zh: """
                    “\(text)”不是时段。可以写 2015、2015-H1、2015-Q1、2015-06、\
                    2015-03-01..2015-03-31 或 all（全部）。
                    """,
                en: """
                    “\(text)” is not a period. Write 2015, 2015-H1, 2015-Q1, 2015-06, \
                    2015-03-01..2015-03-31 or all.
                    """)
            return nil
        }
        return period
    }

    /// The unit that has the code nearest to the end of the period, with everything below it.
    mutating func units(
        _ snapshot: Snapshot, _ period: Period?
    ) -> (version: UnitVersion?, below: UnitsBelow?) {
        guard let code = text(AskedRecords.unit) else { return (nil, nil) }
        let structure = snapshot.structure
        let day = min(period?.lastDay ?? snapshot.today, snapshot.today)
        var reading = UnitReading(structure, on: day)
        reading.reachesBack = true
        guard let version = reading.read(code).unit else {
            fault(
                AskedRecords.unit, zh: "没有编码或名称为“\(code)”的单位。",
                en: "No unit has the code or the name “\(code)”.")
            return (nil, nil)
        }
        guard kind.shape == .event else {
            return (version, UnitsBelow(version.unit, structure, on: day))
        }
        let always = Period(text: AskedRecords.always, from: .first, to: .last)
        guard let below = UnitsBelow(version.unit, structure, in: period ?? always) else {
            fault(
                AskedRecords.unit, zh: "这段时期内该单位的区划变动过多，请选较短的时段。",
                en: "The unit was changed too often in this time: choose a shorter period.")
            return (version, nil)
        }
        return (version, below)
    }

    // MARK: Order

    static let oldestFirst = "oldest"
    static let smallestFirst = ".up"

    /// A measure by its id, the largest first; with `.up` behind it, the smallest.
    mutating func order() -> RecordList.Order {
        guard let text = text(AskedRecords.sort) else { return .day(newestFirst: true) }
        if text == Self.oldestFirst { return .day(newestFirst: false) }
        let isUp = text.hasSuffix(Self.smallestFirst)
        let id = isUp ? String(text.dropLast(Self.smallestFirst.count)) : text
        guard let (place, _) = kind.measure(id) else {
            fault(
                AskedRecords.sort, zh: "不能按“\(text)”排序。",
                en: "The list cannot be sorted by “\(text)”.")
            return .day(newestFirst: true)
        }
        return .measure(place, largestFirst: !isUp)
    }

    // MARK: Fields

    mutating func conditions(today: Day) -> [RecordCondition] {
        var conditions: [RecordCondition] = []
        let texts = kind.fields.filter { $0.form == .text }.map(\.id)
        if let sought = text(AskedRecords.search) { conditions.append(.holds(texts, sought)) }
        for field in kind.fields {
            if let condition = condition(field, today) { conditions.append(condition) }
        }
        for (index, measure) in kind.measures.enumerated() {
            let (from, through) = range(measure.id) { reader, name in
                reader.amount(name, measure.unit, measure.counter)
            }
            if from != nil || through != nil {
                conditions.append(.measure(index + 1, from: from, through: through))
            }
        }
        return conditions
    }

    private mutating func condition(_ field: Kind.Field, _ today: Day) -> RecordCondition? {
        let name = AskedRecords.filter(field.id)
        switch field.form {
        case .text: return text(name).map { .holds([field.id], $0) }
        case .choice, .flag:
            guard let word = text(name) else { return nil }
            let known = field.form == .flag ? ["true", "false"] : field.options.map(\.id)
            guard known.contains(word) else {
                fault(
                    name, zh: "请从列表中选择。", en: "Choose one from the list.")
                return nil
            }
            return .choice(field.id, word)
        case .number:
            let (from, through) = range(field.id) { $0.amount($1, .piece, field.counter) }
            return from == nil && through == nil
                ? nil : .number(field.id, from: from, through: through)
        case .day:
            if let text = text(name) {
                guard let period = Period.read(text, today: today) else {
                    fault(
                        name, zh: "“\(text)”不是时段。可以写 2015年上半年、2015年3月1日至4月10日。",
                        en: "“\(text)” is not a period. Write 2015-H1 or "
                            + "2015-03-01..2015-04-10.")
                    return nil
                }
                return .day(field.id, from: period.from, through: period.lastDay)
            }
            let (from, through) = range(field.id) { $0.day($1) }
            return from == nil && through == nil
                ? nil : .day(field.id, from: from, through: through)
        }
    }

    /// Two ends, of which either may be missing. The later one is never before the earlier.
    private mutating func range<Bound: Comparable>(
        _ id: String, _ read: (inout RecordFilterReader, String) -> Bound?
    ) -> (from: Bound?, through: Bound?) {
        let from = read(&self, AskedRecords.from(id))
        let through = read(&self, AskedRecords.through(id))
        if let from, let through, through < from {
            fault(
                AskedRecords.through(id), zh: "“至”不能小于“从”。",
                en: "The end cannot lie before the beginning.")
        }
        return (from, through)
    }

    private mutating func amount(
        _ name: String, _ unit: MeasureUnit, _ counter: Wording?
    ) -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = try? Reading.measure(text, unit, counter: counter) else {
            let unit = (counter ?? unit.written.name)
            fault(
                name, zh: "“\(text)”不是数。请只写数字，单位是\(unit.zh)。",
                en: "“\(text)” is not a number. Write digits; the unit is \(unit.en).")
            return nil
        }
        return number
    }

    private mutating func day(_ name: String) -> Day? {
        do {
            return try query.day(name)
        } catch {
            if case .invalid(let found) = error { faults += found }
            return nil
        }
    }
}
