import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

/// What a reader's units owe, as it stands on their desk: one line for each due and period, however
/// many units share it.
struct DuesDesk {
    /// One due in one period, in one state, with the units that have not done it.
    struct Group {
        let due: Due
        let period: Period
        let state: Occurrence.State
        /// The last lawful day, of several the first.
        var latest: Day
        var units: [UnitVersion] = []
        /// Whether somebody above reminded them of it.
        var isReminded = false
    }

    let groups: [Group]
    private let reading: DueReading
    private let writer: DueWriter
    private var words: Words { writer.words }

    /// So many units are named in a line.
    private static let named = 3

    init(_ reading: DueReading, _ writer: DueWriter, reminded: Set<DueReminder>) throws {
        self.reading = reading
        self.writer = writer
        groups = Self.groups(try reading.unsorted(reading.openDues), reminded: reminded)
    }

    /// How many things are late or due soon: the number beside the entry of the header.
    static func count(
        _ district: District, _ reader: Reader, _ db: Connection
    ) throws -> Int {
        let reading = try DueReading(district, db, access: reader.access)
        return groups(try reading.unsorted(reading.openDues), reminded: [])
            .filter { $0.state == .overdue || $0.state == .soon }.count
    }

    private static func groups(
        _ lines: [DueReading.Line], reminded: Set<DueReminder>
    ) -> [Group] {
        var order: [[String]] = []
        var found: [[String]: Group] = [:]
        for line in lines where line.occurrence.state != .done {
            let occurrence = line.occurrence
            let key = [
                line.due.id, line.due.ends ? "" : occurrence.period.text,
                occurrence.state.rawValue,
            ]
            if found[key] == nil { order.append(key) }
            var group =
                found[key]
                ?? Group(
                    due: line.due, period: occurrence.period, state: occurrence.state,
                    latest: occurrence.latest)
            group.latest = min(group.latest, occurrence.latest)
            group.units.append(line.unit)
            if reminded.contains(DueReminder(line.unit.unit, line.due.id, occurrence)) {
                group.isReminded = true
            }
            found[key] = group
        }
        return order.compactMap { found[$0] }.map { group in
            var group = group
            group.units.sort { ($0.code, $0.name) < ($1.code, $1.name) }
            return group
        }.enumerated().sorted { ($0.element.latest, $0.offset) < ($1.element.latest, $1.offset) }
            .map(\.element)
    }

    var parts: [DeskPart] {
        let late = grouped(.overdue)
        let soon = grouped(.soon)
        let open = grouped(.open)
        var parts = [
            DeskPart(
                .late, words["desk_dues_late"], count: late.count, lines: late.map(line),
                all: late.isEmpty
                    ? nil
                    : Link(
                        words["desk_dues_all"],
                        Address.dues.with("state", Occurrence.State.overdue.rawValue)),
                sentence: late.isEmpty ? emptiness(next: (soon + open).first) : nil)
        ]
        if !soon.isEmpty {
            parts.append(
                DeskPart(
                    .soon, words["due_state_soon"], count: soon.count, lines: soon.map(line),
                    all: Link(
                        words["desk_dues_all"],
                        Address.dues.with("state", Occurrence.State.soon.rawValue))))
        }
        parts.append(
            DeskPart(
                .below, words["desk_dues_below"], all: Link(words["matrix_short"], .matrix),
                sentence: below))
        if !open.isEmpty {
            parts.append(
                DeskPart(
                    .next, words["desk_dues_next"], lines: open.map(line),
                    all: Link(words["desk_dues_whole"], .dues)))
        }
        return parts
    }

    /// What others reminded of comes first.
    private func grouped(_ state: Occurrence.State) -> [Group] {
        let all = groups.filter { $0.state == state }
        return all.filter(\.isReminded) + all.filter { !$0.isReminded }
    }

    private var below: String {
        let late = Set(groups.filter { $0.state == .overdue }.flatMap { $0.units.map(\.unit) })
        return late.isEmpty
            ? words["desk_dues_below_none"]
            : words["desk_dues_below_late", ["count": late.count.grouped]]
    }

    private func emptiness(next: Group?) -> String {
        guard let next else { return words["desk_dues_none"] }
        return words[
            "desk_dues_none_next",
            ["day": next.latest.description, "due": next.due.name[words.language]]]
    }

    private func line(_ group: Group) -> DeskPart.Line {
        let names = group.units.prefix(Self.named).map(\.name).joined(separator: words.comma)
        let isLate = group.state == .overdue
        let tag =
            group.isReminded
            ? words["desk_dues_reminded"]
            : isLate
                ? words[
                    "desk_dues_days_late",
                    ["days": (reading.day.number - group.latest.number).grouped]]
                : words["matrix_until", ["day": group.latest.description]]
        let form = group.units.count == 1 ? writer.form(group.due, group.units[0].unit) : nil
        let matrix = Address.matrix.with("due", group.due.id)
            .with("period", group.due.ends ? nil : group.period.text)
        return DeskPart.Line(
            tag: tag, style: group.isReminded ? "tag-seal" : isLate ? "tag-warn" : "",
            label: words[
                "desk_dues_line",
                [
                    "due": group.due.name[words.language],
                    "period": group.due.ends ? "" : group.period.said(words),
                    "count": group.units.count.grouped,
                ]],
            note: words[
                group.units.count > Self.named ? "desk_dues_units_more" : "desk_dues_units",
                ["names": names]],
            href: matrix.text, act: form.map { Link(words["due_write"], $0) })
    }
}

/// What the units of a reader owe.
func duesOnDesk(_ district: District) -> DeskParts {
    { context, words, db in
        let access = context.reader.access
        guard access.may(.read) else { return [] }
        let reading = try DueReading(district, db, access: access)
        let reminded = try DueReminderStore(db).all(at: district.now())
        return try DuesDesk(
            reading, DueWriter(reading, access, words), reminded: reminded
        ).parts
    }
}
