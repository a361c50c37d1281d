import Catalogue
import Core
import Organization

/// Turns written values into an entry of one kind, or says beside each value what is wrong.
package struct EntryReader {
    package let kind: Kind
    package let structure: Structure
    /// The last day an event may carry: what has not happened cannot be recorded.
    package let today: Day
    /// The last minute that an entry of today may carry.
    package let now: Minute
    /// Finds a person by number or name; the unit tells persons of one name apart.
    package let person: (String, OrgUnit.ID) throws -> Found<Person.ID>
    /// Finds a record of the kind by its reference.
    package let record: (String) throws -> Target?

    /// A record that another one ends or reverses, the unit it stands in, and its days so far.
    package struct Target: Sendable {
        package let id: Record.ID
        package let unit: OrgUnit.ID
        package let from: Day
        /// The day of the end mark it has already.
        package var endedOn: Day?
        /// It is itself the end of a record: that is taken back, and never ends.
        package let isEnd: Bool

        package init(
            id: Record.ID, unit: OrgUnit.ID, from: Day, endedOn: Day? = nil, isEnd: Bool = false
        ) {
            self.id = id
            self.unit = unit
            self.from = from
            self.endedOn = endedOn
            self.isEnd = isEnd
        }
    }

    package enum Found<Thing> {
        case one(Thing)
        case none
        case many([String])
        /// Known once; the data went on a day, with the number.
        case deleted(Day)
    }

    package init(
        kind: Kind, structure: Structure, at moment: Moment,
        person: @escaping (String, OrgUnit.ID) throws -> Found<Person.ID>,
        record: @escaping (String) throws -> Target?
    ) {
        self.kind = kind
        self.structure = structure
        today = moment.day
        now = moment.minute
        self.person = person
        self.record = record
    }

    /// The most characters of one value.
    package static let textLimit = 2_000

    /// - Throws: `Refusal.invalid` with every fault of the values, each beside its heading; what
    ///   stops the finding of persons and records.
    package func read(
        _ written: [Heading: String], id: Record.ID = .make()
    ) throws -> Entry {
        let clean = CleanValues(written, of: kind)
        let values = clean.values
        var faults: [Fault] = []
        let day = readDay(values[.day], &faults)
        // What ends or reverses a record stands where that record stands.
        let target = values[.reverses] ?? values[.ends]
        let unit =
            if let target { try record(target)?.unit } else {
                readUnit(values[.unit], on: day, .unit, kind.forms, &faults)
            }
        let fallback = OrgUnit.ID(trusted: String(repeating: "0", count: 26))
        var entry = Entry(
            id: id, kind: kind.id, unit: unit ?? fallback, happenedOn: day ?? .first)
        entry.ref = values[.ref]
        entry.reason = values[.reason]
        entry.minute = readMinute(values, on: day, &faults)
        readPlace(values, &entry, on: day, &faults)
        readEnd(values, &entry, &faults)
        let refers = try readReferences(values, &entry, &faults)
        if !refers {
            if let day { checkInForce(day, &faults) }
            readMeasures(values, &entry, &faults)
            readFields(values, &entry, &faults)
            try readPersons(values, unit, &entry, &faults)
            readSubjects(values, &entry, &faults)
            readPrivates(values, &entry, &faults)
            // A number that could not be read is told of once.
            for (heading, words) in EntryChecks(kind: kind, today: today).faults(of: entry) {
                faults.append(fault(heading, zh: words.zh, en: words.en))
            }
        }
        // A text that could not be taken is not missing as well.
        let unread = Set(clean.faults.map(\.heading.name))
        faults.removeAll { $0.field.map(unread.contains) ?? false }
        faults += clean.faults.map { fault($0.heading, zh: $0.words.zh, en: $0.words.en) }
        guard faults.isEmpty else { throw Refusal.invalid(faults) }
        return entry
    }

    private func readDay(_ text: String?, _ faults: inout [Fault]) -> Day? {
        guard let text else {
            faults.append(fault(.day, zh: "缺少日期。", en: "The day is missing."))
            return nil
        }
        guard let day = Reading.day(text) else {
            let words = Reading.dayFault(text)
            faults.append(fault(.day, zh: words.zh, en: words.en))
            return nil
        }
        if day > today {
            faults.append(
                fault(.day, zh: "\(day) 还没有到。", en: "\(day) has not come yet."))
        }
        if day < Day(1949, 10, 1)! {
            faults.append(
                fault(.day, zh: "\(day) 过早，请核对年份。", en: "\(day) is too early: check the year."))
        }
        return day
    }

    /// A kind that begins or ends on a day takes entries of the days between. What stands already
    /// can be ended and taken back on any day.
    private func checkInForce(_ day: Day, _ faults: inout [Fault]) {
        if let from = kind.from, day < from {
            faults.append(
                fault(
                    .day, zh: "“\(kind.name.zh)”自\(from)起填报。",
                    en: "“\(kind.name.en)” is recorded from \(from) on."))
        }
        if let until = kind.until, day >= until {
            faults.append(
                fault(
                    .day, zh: "“\(kind.name.zh)”自\(until)起不再填报。",
                    en: "“\(kind.name.en)” is no longer recorded from \(until) on."))
        }
    }

    private func readMinute(
        _ values: [Heading: String], on day: Day?, _ faults: inout [Fault]
    ) -> Minute? {
        guard let text = values[.minute] else {
            let refers = values[.reverses] != nil || values[.ends] != nil
            if kind.minute == .required, !refers { faults.append(missing(.minute)) }
            return nil
        }
        guard kind.minute != .none else {
            faults.append(
                fault(
                    .minute, zh: "“\(kind.name.zh)”只填日期，不填时间。",
                    en: "“\(kind.name.en)” has a day and no time."))
            return nil
        }
        guard let minute = Reading.minute(text) else {
            let words = Reading.minuteFault(text)
            faults.append(fault(.minute, zh: words.zh, en: words.en))
            return nil
        }
        if day == today, minute > now {
            faults.append(
                fault(.minute, zh: "\(minute) 还没有到。", en: "\(minute) has not come yet."))
        }
        return minute
    }

    private func readUnit(
        _ code: String?, on day: Day?, _ heading: Heading, _ forms: [String],
        _ faults: inout [Fault]
    ) -> OrgUnit.ID? {
        guard let code else {
            faults.append(fault(heading, zh: "缺少单位编码。", en: "The unit is missing."))
            return nil
        }
        guard let day else { return nil }
        guard let unit = structure.unit(naming: code, on: day, forms: forms) else {
            let unknown = RowFault.unknownUnit(0, code, day, structure).fault
            faults.append(fault(heading, zh: unknown.words.zh, en: unknown.words.en))
            return nil
        }
        if !forms.isEmpty, !forms.contains(unit.form) {
            faults.append(
                fault(
                    heading, zh: "“\(kind.name.zh)”不能登记在“\(unit.name)”这类单位（\(unit.form)）下。",
                    en: "“\(kind.name.en)” cannot be recorded in “\(unit.name)” (\(unit.form))."))
        }
        return unit.unit
    }

    private func readPlace(
        _ values: [Heading: String], _ entry: inout Entry, on day: Day?, _ faults: inout [Fault]
    ) {
        guard let place = kind.place, values[.reverses] == nil, values[.ends] == nil else { return }
        if values[.place] != nil {
            entry.place = readUnit(values[.place], on: day, .place, place.forms, &faults)
        } else if place.required {
            faults.append(missing(.place, place: place.label.zh))
        }
    }

    private func readEnd(
        _ values: [Heading: String], _ entry: inout Entry, _ faults: inout [Fault]
    ) {
        guard let text = values[.lastDay] else { return }
        guard kind.shape == .standing else {
            faults.append(
                fault(
                    .lastDay, zh: "“\(kind.name.zh)”是一次性活动，没有截止日期。",
                    en: "“\(kind.name.en)” is an event and has no last day."))
            return
        }
        guard let last = Reading.day(text) else {
            let words =
                Reading.isOpenEnd(text)
                ? Wording(zh: "没有截止日期的，请留空。", en: "Leave the last day empty where there is none.")
                : Reading.dayFault(text)
            faults.append(fault(.lastDay, zh: words.zh, en: words.en))
            return
        }
        guard last >= entry.happenedOn else {
            faults.append(
                fault(
                    .lastDay, zh: "截止日期早于起始日期。",
                    en: "The last day is before the first."))
            return
        }
        guard last < .last else {
            faults.append(
                fault(
                    .lastDay, zh: "没有截止日期的，请留空。",
                    en: "Leave the last day empty where there is none."))
            return
        }
        entry.untilOn = last + 1
    }

    /// Reads what record this one ends or reverses; true when it does either.
    private func readReferences(
        _ values: [Heading: String], _ entry: inout Entry, _ faults: inout [Fault]
    ) throws -> Bool {
        if let ref = values[.reverses] {
            entry.reverses = try find(ref, .reverses, &faults)?.id
            if values[.reason] == nil {
                faults.append(
                    fault(.reason, zh: "作废记录须写明理由。", en: "Voiding a record needs a reason."))
            }
        }
        if let ref = values[.ends] {
            let target = try find(ref, .ends, &faults)
            entry.ends = target?.id
            if let target, target.isEnd {
                faults.append(
                    fault(
                        .ends, zh: "所指的是一次结束，不能再结束；如有错误，请将其作废。",
                        en: "That record is an end and does not end again: reverse it if wrong."))
            } else if let target {
                checkEnd(of: target, on: entry.happenedOn, &faults)
            }
            if kind.shape != .standing {
                faults.append(
                    fault(.ends, zh: "只有长期事项可以结束。", en: "Only a standing thing can end."))
            }
            if values[.reverses] != nil {
                faults.append(
                    fault(
                        .ends, zh: "一条记录不能既作废又结束。",
                        en: "One record cannot both reverse and end."))
            }
        }
        return values[.reverses] != nil || values[.ends] != nil
    }

    /// An end comes after the beginning, and once: another day needs the first end reversed.
    private func checkEnd(of target: Target, on day: Day, _ faults: inout [Fault]) {
        if day <= target.from {
            faults.append(
                fault(
                    .day, zh: "该记录自\(target.from)起，结束的日期须在其后。",
                    en: "The record began on \(target.from): it can only end after that."))
        }
        if let ended = target.endedOn {
            faults.append(
                fault(
                    .ends, zh: "该记录已于\(ended)结束；改期请先将原来的结束作废。",
                    en: "The record ended on \(ended) already: reverse that end first."))
        }
    }

    private func find(
        _ ref: String, _ place: Heading, _ faults: inout [Fault]
    ) throws -> Target? {
        if let target = try record(ref) { return target }
        faults.append(
            fault(
                place, zh: "没有编号为“\(ref)”的记录。", en: "There is no record with the number “\(ref)”."))
        return nil
    }

    private func readMeasures(
        _ values: [Heading: String], _ entry: inout Entry, _ faults: inout [Fault]
    ) {
        for (index, measure) in kind.measures.enumerated() {
            guard let text = values[.measure(index)] else {
                if measure.required { faults.append(missing(.measure(index))) }
                entry.measures.append(nil)
                continue
            }
            do {
                entry.measures.append(
                    try Reading.measure(text, measure.unit, counter: measure.counter))
            } catch {
                entry.measures.append(nil)
                faults.append(
                    fault(.measure(index), error, text, measure.unit, measure.counter))
            }
        }
    }

    private func readFields(
        _ values: [Heading: String], _ entry: inout Entry, _ faults: inout [Fault]
    ) {
        for field in kind.fields {
            guard let text = values[.field(field.id)] else {
                if field.required { faults.append(missing(.field(field.id))) }
                continue
            }
            switch field.form {
            case .text: entry.fields[field.id] = text
            case .choice:
                guard let choice = field.option(text) else {
                    let list = field.options.map(\.name.zh).joined(separator: "、")
                    let english = field.options.map(\.name.en).joined(separator: ", ")
                    faults.append(
                        fault(
                            .field(field.id), zh: "“\(text)”不在选项之内：\(list)。",
                            en: "“\(text)” is none of: \(english)."))
                    continue
                }
                entry.fields[field.id] = choice.id
            case .number:
                do {
                    entry.fields[field.id] = String(
                        try Reading.measure(text, .piece, counter: field.counter))
                } catch {
                    let kept: Reading.NumberFault =
                        switch error {
                        case .nothing, .unclear, .otherUnit: error
                        default: .notANumber
                        }
                    faults.append(fault(.field(field.id), kept, text, .piece, field.counter))
                }
            case .day:
                guard let day = Reading.day(text) else {
                    let words = Reading.dayFault(text)
                    faults.append(fault(.field(field.id), zh: words.zh, en: words.en))
                    continue
                }
                entry.fields[field.id] = day.description
            case .flag:
                guard let flag = Reading.flag(text) else {
                    faults.append(
                        fault(
                            .field(field.id), zh: "“\(text)”不清楚，请填“是”或“否”。",
                            en: "“\(text)” is not clear: write yes or no."))
                    continue
                }
                entry.fields[field.id] = flag ? "true" : "false"
            }
        }
    }

    private func readPersons(
        _ values: [Heading: String], _ unit: OrgUnit.ID?, _ entry: inout Entry,
        _ faults: inout [Fault]
    ) throws {
        for role in kind.persons {
            let names = values[.person(role.id)].map(Reading.list) ?? []
            if names.isEmpty {
                if role.required { faults.append(missing(.person(role.id))) }
                continue
            }
            if names.count > 1, !role.many {
                faults.append(
                    fault(.person(role.id), zh: "只能填一人。", en: "Only one person fits here."))
            }
            // Without its unit nobody can say whom a name means.
            guard let unit else { continue }
            for name in names {
                switch try person(name, unit) {
                case .one(let id):
                    entry.persons.append(Entry.Participant(role: role.id, person: id))
                case .none where name.contains(where: { "/&+|和与及".contains($0) }):
                    faults.append(
                        fault(
                            .person(role.id), zh: "没有找到“\(name)”；多人请用；隔开。",
                            en: "“\(name)” is not known: part several persons with ;."))
                case .none:
                    faults.append(
                        fault(
                            .person(role.id), zh: "没有找到“\(name)”，请填人员编号或先导入人员。",
                            en: "“\(name)” is not known: give the number or import the person."))
                case .deleted(let day):
                    faults.append(
                        fault(
                            .person(role.id),
                            zh: "“\(name)”的个人信息已于\(day)删除（保存期限已过或应本人请求），"
                                + "不能再写入新记录；可不填的请留空，确需登记的请另编编号导入。",
                            en: """
                                What was known of “\(name)” was deleted on \(day), because its \
                                time had passed or at their request, and no new record names \
                                them: leave it empty where that may be, or import the person \
                                under another number.
                                """))
                case .many(let candidates) where candidates.isEmpty:
                    faults.append(
                        fault(
                            .person(role.id), zh: "“\(name)”不止一人，请改填人员编号。",
                            en: "“\(name)” is more than one person; give the number."))
                case .many(let candidates):
                    let list = candidates.joined(separator: "、")
                    faults.append(
                        fault(
                            .person(role.id), zh: "“\(name)”不止一人，请改填编号：\(list)。",
                            en: "“\(name)” is more than one person; give a number: \(list)."))
                }
            }
        }
    }

    private func readSubjects(
        _ values: [Heading: String], _ entry: inout Entry, _ faults: inout [Fault]
    ) {
        for role in kind.subjects {
            let codes = values[.subject(role.id)].map(Reading.list) ?? []
            if codes.isEmpty, role.required { faults.append(missing(.subject(role.id))) }
            if codes.count > 1, !role.many {
                faults.append(
                    fault(.subject(role.id), zh: "只能填一个编码。", en: "Only one code fits here."))
            }
            for code in codes {
                entry.subjects.append(Entry.Subject(kind: role.id, code: code))
            }
        }
    }

    private func readPrivates(
        _ values: [Heading: String], _ entry: inout Entry, _ faults: inout [Fault]
    ) {
        for item in kind.privates {
            if let text = values[.privateValue(item.id)] {
                entry.privates[item.id] = text
            } else if item.required {
                faults.append(missing(.privateValue(item.id)))
            }
        }
    }

    private func missing(_ heading: Heading, place: String? = nil) -> Fault {
        let label = kind.label(heading)
        return Fault(
            label, at: heading.name, place: place ?? Self.column(heading, label),
            zh: "缺少“\(label.zh)”。", en: "“\(label.en)” is missing.")
    }

    private func fault(_ heading: Heading, zh: String, en: String) -> Fault {
        let label = kind.label(heading)
        return Fault(
            label, at: heading.name, place: Self.column(heading, label), zh: zh, en: en)
    }

    /// What the columns of a file are headed, for every kind alike.
    private static func column(_ heading: Heading, _ label: Wording) -> String {
        switch heading {
        case .day: "日期"
        case .place: "地点单位"
        default: label.zh
        }
    }

    /// What is wrong with a number, and how to write it.
    private func fault(
        _ heading: Heading, _ fault: Reading.NumberFault, _ text: String, _ unit: MeasureUnit,
        _ counter: Wording?
    ) -> Fault {
        let name = counter ?? unit.written.name
        return switch fault {
        case .otherUnit(let word):
            self.fault(
                heading, zh: "“\(text)”：单位“\(word)”不对，这里填\(name.zh)数。",
                en: "“\(text)”: “\(word)” is not the unit; give a number of \(name.en).")
        case .notANumber:
            self.fault(
                heading, zh: "“\(text)”不是数字（单位：\(name.zh)）。",
                en: "“\(text)” is not a number of \(name.en).")
        case .negative:
            self.fault(
                heading, zh: "“\(text)”是负数；更正请用作废。",
                en: "“\(text)” is negative; correct a record by reversing it.")
        case .tooManyDigits:
            self.fault(
                heading, zh: "“\(text)”小数位过多（单位：\(name.zh)）。",
                en: "“\(text)” has too many decimals for \(name.en).")
        case .unclear:
            self.fault(
                heading, zh: "“\(text)”不清楚：小数请用点，一格只填一个数。",
                en: "“\(text)” is not clear: write decimals with a point, and one number only.")
        case .nothing:
            self.fault(
                heading, zh: "“\(text)”不是数字：没有数的请留空。",
                en: "“\(text)” is not a number of \(name.en): leave it empty where there is none.")
        case .tooLarge:
            self.fault(heading, zh: "“\(text)”过大。", en: "“\(text)” is too large.")
        }
    }
}

extension Kind.Field {
    /// The option that a text names, by its id or in either language.
    fileprivate func option(_ text: String) -> Kind.Option? {
        if let exact = options.first(where: {
            $0.id == text || $0.name.zh == text || $0.name.en == text
        }) {
            return exact
        }
        let key = Folding.key(text)
        return options.first { option in
            [option.id, option.name.zh, option.name.en].contains { Folding.key($0) == key }
        }
    }
}
