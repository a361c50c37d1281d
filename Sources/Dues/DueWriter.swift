import Catalogue
import Core
import Organization
import Web

/// One line of a list of dues, as it is placed.
struct DueRow: Sendable {
    let due: Link
    let unit: Link
    let period: String
    let earliest: String
    let latest: String
    let done: DoneBar
    let rule: Link?
    /// The form that answers it; nil for who may not write there.
    let write: Link?
    let writeLabel: String
}

/// How much is done of how much, in words and as a bar.
struct DoneBar: Sendable {
    let text: String
    let label: String
    let most: String
    let value: String

    /// - Parameter label: what the bar is about, for who cannot see it.
    init(done: Int, owed: Int, text: String, label: String) {
        self.text = text
        self.label = label
        most = String(max(owed, 1))
        value = String(min(done, max(owed, 1)))
    }
}

/// Writes what is due in the reader's language.
struct DueWriter {
    let words: Words
    private let reading: DueReading
    private let access: Access
    private let tops: Set<OrgUnit.ID>

    init(_ reading: DueReading, _ access: Access, _ words: Words) {
        self.reading = reading
        self.access = access
        self.words = words
        tops = access.units(.write)
    }

    private var language: Language { words.language }

    func row(_ line: DueReading.Line) -> DueRow {
        let occurrence = line.occurrence
        let name = line.due.name[language]
        return DueRow(
            due: Link(name, Address.due(line.due.id).with("on", reading.day.description)),
            unit: Link(line.unit.name, .dueUnit(line.unit, on: occurrence.latest)),
            period: line.due.ends ? words["due_period_term"] : occurrence.period.said(words),
            earliest: occurrence.earliest.description, latest: occurrence.latest.description,
            done: bar(
                line.due, occurrence,
                label: words["due_bar", ["due": name, "unit": line.unit.name]]),
            rule: rule(line.due, of: line.unit, on: min(occurrence.latest, reading.day)),
            write: write(line),
            writeLabel: words["due_write_label", ["due": name, "unit": line.unit.name]])
    }

    private func bar(_ due: Due, _ occurrence: Occurrence, label: String) -> DoneBar {
        DoneBar(
            done: occurrence.done, owed: occurrence.owed, text: said(due, occurrence),
            label: label)
    }

    /// How much is done of what is owed: “1/1”, “1.5小时/3小时”.
    func said(_ due: Due, _ occurrence: Occurrence) -> String {
        let amount = Amount(due, reading.district.catalogue)
        return words[
            "due_done_of",
            [
                "done": amount.text(occurrence.done, language),
                "owed": amount.text(occurrence.owed, language),
            ]]
    }

    /// The rule that says so, and the way to its source.
    func rule(_ due: Due, of unit: UnitVersion, on day: Day) -> Link? {
        let catalogue = reading.catalogue(of: unit.unit)
        return (catalogue.rule(of: due, on: day) ?? catalogue.rule(of: due, on: reading.day))
            .map(link)
    }

    func link(_ rule: Rule) -> Link {
        Link(rule.name[language], Address("rules"), at: rule.anchor)
    }

    private func write(_ line: DueReading.Line) -> Link? {
        guard line.occurrence.state != .done, let form = form(line.due, line.unit.unit) else {
            return nil
        }
        return Link(words["due_write"], form)
    }

    /// The form in which a unit's record is written that answers a due; nil for who may not write
    /// there.
    func form(_ due: Due, _ unit: OrgUnit.ID) -> Address? {
        guard let version = reading.structure.version(unit, on: reading.today),
            reading.structure.lies(unit, below: tops, on: reading.today)
        else { return nil }
        return .newEntry(due.kind, unit: version.code, day: reading.today)
    }

    /// The list of the records that were counted for a unit; nil where there are none, where the
    /// reader may list none, or where no filter of the list says what the due asks.
    func records(_ due: Due, _ unit: OrgUnit.ID, _ occurrence: Occurrence) -> Address? {
        guard !due.ends, occurrence.done > 0,
            let kind = reading.district.catalogue.kinds[due.kind], kind.shape == .event,
            reading.district.listScope(kind, of: access, reading.structure) != nil,
            let version = reading.structure.nearestVersion(unit, on: occurrence.latest),
            let window = DueClock(due, reading.catalogue(of: unit)).window(on: occurrence.latest)
        else { return nil }
        let period = occurrence.period
        let isWhole = period.from == window.from && period.to == window.to
        var address = Address("kinds", kind.id, "records").with("unit", version.code)
            .with("period", isWhole ? period.text : "\(window.from)..\(window.to - 1)")
        for condition in due.conditions {
            guard case .is(.text(let word)) = condition.comparison,
                let field = kind.field(condition.field), field.form == .choice
            else { return nil }
            address = address.with("f.\(field.id)", word)
        }
        return address
    }

    /// What a reader of the list has to know: sealed kinds, calendars that are not loaded.
    func remarks(_ dues: [Due]) -> [String] {
        var remarks: [String] = []
        let sealed = reading.sealedDues()
        if !sealed.isEmpty {
            let names = sealed.map { $0.name[language] }
                .joined(separator: words.comma)
            remarks.append(words["dues_sealed", ["names": names]])
        }
        let years = Set(
            dues.filter(reading.holds).flatMap { due -> [Int] in
                reading.clocks(due).flatMap { clock in
                    clock.window(on: reading.day).map(clock.unknownYears) ?? []
                }
            })
        for year in years.sorted() {
            remarks.append(words["dues_calendar_unknown", ["year": String(year)]])
        }
        if reading.endedOwing > 0 {
            remarks.append(words["dues_ended", ["count": reading.endedOwing.grouped]])
        }
        if reading.isCut {
            remarks.append(words["dues_cut", ["count": DueStore.unitLimit.grouped]])
        }
        return remarks
    }
}

/// How an amount of a due is written: a plain count, or a measure in the unit of its rule.
private struct Amount {
    private let factor: Int
    private let unit: MeasureUnit?

    init(_ due: Due, _ catalogue: Catalogue) {
        guard case .sum(let id) = due.worth,
            let (_, measure) = catalogue.kinds[due.kind]?.measure(id)
        else {
            factor = 1
            unit = nil
            return
        }
        var written = measure.unit.written
        if case .rule(let id) = due.times, let rule = catalogue.rules[id]?.first,
            rule.unit.base == measure.unit.base
        {
            written = rule.unit
        }
        factor = max(1, written.factor)
        unit = written
    }

    /// Cut after one digit, never rounded up: what is not done is not shown as done.
    func text(_ amount: Int, _ language: Language) -> String {
        let number = (amount * 10 / factor).decimal(per: 10)
        guard let unit else { return number }
        return language == .zh ? number + unit.name.zh : number + " " + unit.name.en
    }
}

extension Period {
    /// The period as people say it.
    func said(_ words: Words) -> String {
        let (year, month, _) = from.parts
        let values = [
            "year": String(year), "month": String(month), "quarter": String((month + 2) / 3),
            "from": from.description, "to": lastDay.description,
        ]
        switch shape {
        case .year: return words["due_period_year", values]
        case .half: return words[month == 1 ? "due_period_half_1" : "due_period_half_2", values]
        case .quarter: return words["due_period_quarter", values]
        case .month: return words["due_period_month", values]
        case .week, .day, .span, .toDate: return words["due_period_days", values]
        }
    }
}
