import Catalogue
import Core
import Figures
import Organization
import Storage

/// Every number that a visitor may ask of the protected figures of a district, each with the
/// things it counts: persons, households, records. Some are told, the others are not.
struct ProtectedNumbers {
    /// One number that an answer gives away.
    struct Number {
        let name: String
        let things: Set<String>
        let unit: OrgUnit.ID
        let period: Period
        /// Among which numbers it is solved: those of one kind or, of what stands, of one day.
        let systems: Set<String>
        /// Whether an issued report printed it, whatever may be told today.
        var isPrinted = false
    }

    private let reading: Figures.Reading
    private let db: Connection
    private let disclosures: Disclosures
    private(set) var told: [Number] = []
    private(set) var hidden: [Number] = []
    private var taken: Set<Question> = []
    private var counted: [Question: [(record: String, thing: String)]] = [:]
    private var fields: [String: [String: String]] = [:]

    private var catalogue: Catalogue { reading.reckoner.catalogue }

    init(_ reading: Figures.Reading, _ db: Connection, today: Day) {
        self.reading = reading
        self.db = db
        disclosures = Disclosures(reading, today: today)
    }

    /// The figures that a visitor may ask for and that read numbers of persons: whatever they
    /// count, the records behind them are counted beside their fingerprint.
    var indicators: [Indicator] {
        catalogue.indicators.values
            .filter { ($0.visibility ?? .public) == .public }
            .filter { catalogue.protects($0) || hasPersonalRecords($0) }
            .sorted { $0.id < $1.id }
    }

    /// Whether a record is a person, or sealed, so that how many there are is kept from visitors.
    private func hasPersonalRecords(_ indicator: Indicator) -> Bool {
        guard let kind = indicator.kind.flatMap({ catalogue.kinds[$0] }) else { return false }
        return kind.visibility == .sealed
            || kind.visibility == .internal && kind.persons.contains(where: \.required)
    }

    /// Whether the page of the figure counts the records behind it, once the figure is told.
    func countsRecords(_ indicator: Indicator) -> Bool {
        let over = indicator.over.flatMap { catalogue.indicators[$0] }
        return ([indicator] + [over].compactMap { $0 }).allSatisfy { one in
            one.per.isEmpty && catalogue.kinds(behind: one).allSatisfy { $0.visibility != .sealed }
        }
    }

    /// Takes in what the whole district and what is below it is asked: of half-years down to the
    /// units below what is told, and by today's map as well.
    mutating func askAll(_ periods: [String]) throws {
        guard let root = reading.structure.root(nearest: reading.today) else { return }
        for indicator in indicators {
            for text in periods where Self.isMeant(text, for: indicator) {
                let question = try reading.question(indicator.id, unit: root.code, period: text)
                try take(question)
                guard Self.isBrokenDown(question.period, indicator) else { continue }
                try take(question.asking(.now))
                try takeBelow(question, depth: 2)
            }
        }
    }

    /// What stands is asked for on days, and what happened over spans of time.
    private static func isMeant(_ period: String, for indicator: Indicator) -> Bool {
        let isDay = period.hasPrefix("@") || period.contains(":")
        return isDay == (indicator.when == .inForce)
    }

    private static func isBrokenDown(_ period: Period, _ indicator: Indicator) -> Bool {
        if indicator.when == .inForce {
            return period.shape == .day && [1, 7].contains(period.to.month)
                && period.to.parts.2 == 1
        }
        return period.shape == .half
    }

    private mutating func takeBelow(_ question: Question, depth: Int) throws {
        guard depth > 0, try reading.answer(question).numerator > 0 else { return }
        for (unit, answer) in try disclosures.breakdown(question).units
        where answer.hasValue && answer.numerator > 0 {
            let asked = question.asking(unit: unit.unit)
            try take(asked)
            if try isOpen(asked) { try takeBelow(asked, depth: depth - 1) }
        }
    }

    func isOpen(_ question: Question) throws -> Bool {
        try disclosures.disclosure(question) == .open
    }

    /// The question that an address asks.
    func question(of printed: PrintedNumber) throws -> Question? {
        guard let unit = printed.query["unit"], let period = printed.query["period"] else {
            return nil
        }
        let question = try reading.question(
            printed.indicator, unit: unit, period: period,
            structure: printed.query["structure"].flatMap(Question.Standpoint.init) ?? .then)
        guard let day = printed.query["on"].flatMap({ Day($0) }),
            let version = reading.structure.unit(code: unit, on: day)
        else { return question }
        return question.asking(unit: version.unit)
    }

    func tellsParts(_ question: Question) throws -> Bool { try disclosures.tellsParts(question) }

    func tellsRest(_ question: Question) throws -> Bool {
        try disclosures.restDisclosure(question) == .open
    }

    /// Takes in the numbers of one answer.
    ///
    /// - Parameter printed: whether a page prints it, whatever may be told.
    mutating func take(_ question: Question, printed: Bool = false) throws {
        guard printed || taken.insert(question).inserted,
            let indicator = catalogue.indicators[question.indicator]
        else { return }
        let answer = try reading.answer(question)
        guard answer.hasValue, answer.numerator > 0 || answer.isRatio else { return }
        let isOpen = try isOpen(question)
        for var number in try numbers(question, indicator) where !number.things.isEmpty {
            number.isPrinted = printed
            if printed || isOpen { told.append(number) } else { hidden.append(number) }
        }
        if let number = try records(question, indicator), !number.things.isEmpty {
            let isTold = isOpen && !printed && countsRecords(indicator)
            if isTold { told.append(number) } else { hidden.append(number) }
        }
        for number in try times(question, indicator) where !number.things.isEmpty {
            // All of them, or none, as they should be: that may say what each comes to.
            if isOpen { told.append(number) } else { hidden.append(number) }
        }
        for number in try parts(question, indicator) {
            if try tellsParts(question) { told.append(number) } else { hidden.append(number) }
        }
    }

    private mutating func numbers(
        _ question: Question, _ indicator: Indicator
    ) throws -> [Number] {
        let (unit, name) = (question.unit, indicator.id)
        let day = reading.structure.nearestVersion(unit, on: question.mapDay)?.code ?? "?"
        let words = "\(name) \(day) \(question.period) \(question.structure)"
        var systems: Set = [system(indicator, question)]
        // How many weeks, batches or places there are is no number of persons itself.
        guard catalogue.countsPersons(indicator), !indicator.isOfTimes else { return [] }
        if !indicator.per.isEmpty {
            let answer = try reading.answer(question)
            let members = try reading.reckoner.trace(question, answer: answer).parts.first?.members
            let all = Set((members ?? []).map { $0.names.joined(separator: " ") })
            let met = Set(
                (members ?? []).filter(\.isMet).map { $0.names.joined(separator: " ") })
            return [
                Number(
                    name: words, things: met, unit: unit, period: question.period,
                    systems: systems),
                Number(
                    name: words + " of", things: all, unit: unit, period: question.period,
                    systems: systems),
            ]
        }
        let things = try self.things(question)
        guard let over = indicator.over.flatMap({ catalogue.indicators[$0] }) else {
            return [
                Number(
                    name: words, things: things, unit: unit, period: question.period,
                    systems: systems)
            ]
        }
        systems.insert(system(over, question))
        let whole = try self.things(question.asking(over.id))
        var found = [
            Number(
                name: words, things: things, unit: unit, period: question.period, systems: systems),
            Number(
                name: words + " of", things: whole, unit: unit, period: question.period,
                systems: systems),
        ]
        // What a share leaves out is a number, too.
        if things.isSubset(of: whole) {
            found.append(
                Number(
                    name: words + " without", things: whole.subtracting(things), unit: unit,
                    period: question.period,
                    systems: systems))
        }
        return found
    }

    private mutating func parts(_ question: Question, _ indicator: Indicator) throws -> [Number] {
        guard let by = indicator.by, indicator.over == nil, indicator.per.isEmpty,
            question.structure == .then, let kind = indicator.kind
        else { return [] }
        let values = try fields[kind] ?? values(of: by, kind)
        fields[kind] = values
        var parts: [String: Set<String>] = [:]
        _ = try things(question)
        for (record, thing) in counted[question] ?? [] {
            parts[values[record] ?? "-", default: []].insert(thing)
        }
        guard parts.count > 1 else { return [] }
        return parts.sorted { $0.key < $1.key }.map { value, things in
            Number(
                name: "\(indicator.id) \(question.period) by \(value)", things: things,
                unit: question.unit, period: question.period,
                systems: [system(indicator, question)])
        }
    }

    /// The records behind an answer, where they are not just what it counts.
    private mutating func records(
        _ question: Question, _ indicator: Indicator
    ) throws -> Number? {
        guard hasPersonalRecords(indicator), let kind = indicator.kind else { return nil }
        let things = try self.things(question)
        let records = Set((counted[question] ?? []).map(\.record))
        guard records != things || !indicator.per.isEmpty else { return nil }
        let day = indicator.when == .inForce ? " \(question.period.lastDay)" : ""
        return Number(
            name: "records of \(indicator.id) \(question.unit) \(question.period)",
            things: records, unit: question.unit, period: question.period,
            systems: ["\(kind)\(day) records"])
    }

    /// What each week or month of a figure of times counts.
    private mutating func times(_ question: Question, _ indicator: Indicator) throws -> [Number] {
        guard indicator.isOfTimes, let kind = indicator.kind else { return [] }
        let isWeekly = indicator.per.contains(.week)
        let spans =
            isWeekly
            ? question.period.weeks.map { ($0, $0 + 7) }
            : question.period.months.map { ($0, $0.nextMonth) }
        return try spans.map { first, end in
            let asked = question.asking(period: Period(text: "\(first)", from: first, to: end))
            return Number(
                name: "\(indicator.id) \(question.unit) in \(first)", things: try things(asked),
                unit: question.unit, period: asked.period, systems: ["\(kind) times"])
        }
    }

    /// What a field of each record of a kind says.
    private func values(of field: String, _ kind: String) throws -> [String: String] {
        let name = SQL(stringLiteral: "'\(field)'")
        var values: [String: String] = [:]
        try db.each(
            "SELECT id, (fields ->> \(name)) AS value FROM record WHERE kind = \(kind)"
        ) { row in
            values[try row.get("id", as: String.self)] = try row.optional("value", as: String.self)
        }
        return values
    }

    private mutating func things(_ question: Question) throws -> Set<String> {
        let rows = try counted[question] ?? reading.reckoner.toldApart(question)
        counted[question] = rows
        return Set(rows.map(\.thing))
    }

    private func system(_ indicator: Indicator, _ question: Question) -> String {
        let kind = indicator.kind ?? indicator.id
        return indicator.when == .inForce ? "\(kind) \(question.period.lastDay)" : kind
    }
}

extension ProtectedNumbers {
    /// Small numbers that are not told, and yet follow from those that are.
    func leaks() -> [String] {
        let systems = Set((told + hidden).flatMap(\.systems))
        return systems.sorted().flatMap { system in
            leaks(
                told.filter { $0.systems.contains(system) },
                hidden.filter { $0.systems.contains(system) })
        }
    }

    private func leaks(_ told: [Number], _ hidden: [Number]) -> [String] {
        let small = hidden.filter { Suppression.isSmall($0.things.count) }
        guard !small.isEmpty else { return [] }
        let all = told + small
        var places: [String: [Int]] = [:]
        for (place, number) in all.enumerated() {
            for thing in number.things { places[thing, default: []].append(place) }
        }
        // Nobody knows that there is not one more who is counted in a hidden number, and in no
        // other than those around it.
        for (place, number) in small.enumerated() {
            places["one more \(place)"] = all.indices.filter { surrounds(all[$0], number) }
        }
        // Things that stand in just the same numbers are one unknown.
        let atoms = Dictionary(
            Set(places.values).sorted { $0.lexicographicallyPrecedes($1) }.enumerated()
                .map { ($0.element, $0.offset) }
        ) { first, _ in first }
        var members = [Set<Int>](repeating: [], count: all.count)
        for (signature, atom) in atoms {
            for place in signature { members[place].insert(atom) }
        }
        var attacker = Attacker(cells: atoms.count)
        for (place, number) in told.enumerated() {
            attacker.learn(members[place], comesTo: number.things.count)
        }
        let bounds = Bounds(cells: atoms.count, told: attacker.told)
        return small.enumerated().compactMap { place, number in
            let cells = members[told.count + place]
            let least = bounds.least(cells)
            guard
                let found = attacker.infers(cells)
                    ?? (least == bounds.most(cells) ? least : nil)
            else { return nil }
            return "\(number.name) = \(found), truly \(number.things.count)"
        }
    }

    /// Whether whatever is counted in a number is counted in the other as well, as far as units,
    /// periods and the things themselves show.
    private func surrounds(_ other: Number, _ number: Number) -> Bool {
        number.things.isSubset(of: other.things) && other.period.from <= number.period.from
            && number.period.to <= other.period.to
            && (other.unit == number.unit
                || reading.structure.lies(
                    number.unit, below: [other.unit], on: number.period.lastDay))
    }

    /// Small numbers that are told outright, other than by an issued report.
    var saidOutright: [String] {
        told.filter { !$0.isPrinted && Suppression.isSmall($0.things.count) }.map(\.name)
    }

    /// How many small numbers are kept from the visitor.
    var smallCount: Int { hidden.filter { Suppression.isSmall($0.things.count) }.count }

    /// The same, if only small numbers were hidden.
    func hidingNothingElse() -> ProtectedNumbers {
        var other = self
        other.told += hidden.filter { !Suppression.isSmall($0.things.count) }
        return other
    }
}
