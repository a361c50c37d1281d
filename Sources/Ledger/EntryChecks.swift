import Catalogue
import Core

/// Asks of the numbers and days of one entry what the catalogue asks of its kind.
struct EntryChecks {
    let kind: Kind
    let today: Day

    /// A number in the stored unit, or a day, with how it is written.
    fileprivate struct Given {
        enum Value: Comparable {
            case number(Int)
            case day(Day)

            static func < (left: Value, right: Value) -> Bool {
                switch (left, right) {
                case (.number(let one), .number(let other)): one < other
                case (.day(let one), .day(let other)): one < other
                default: false
                }
            }
        }

        let value: Value
        let written: Wording
    }

    /// What does not fit, beside the fields that the checks are of. A field without a value fits.
    func faults(of entry: Entry) -> [(heading: Heading, words: Wording)] {
        kind.checks.flatMap { check -> [(heading: Heading, words: Wording)] in
            guard let (heading, given) = given(check.field, entry) else { return [] }
            var words: [Wording] = []
            if let bound = check.atMost, let most = self.bound(bound, heading, entry),
                most.value.value < given.value
            {
                words.append(sentence(heading, given, most, isOver: true))
            }
            if let bound = check.atLeast, let least = self.bound(bound, heading, entry),
                given.value < least.value.value
            {
                words.append(sentence(heading, given, least, isOver: false))
            }
            return words.map { (heading, $0) }
        }
    }

    private func sentence(
        _ heading: Heading, _ given: Given, _ bound: (value: Given, name: Wording?), isOver: Bool
    ) -> Wording {
        let own = kind.label(heading)
        let (value, limit) = (given.written, bound.value.written)
        if case .day = given.value {
            let name = bound.name ?? Wording(zh: "", en: "")
            return Wording(
                zh: "“\(own.zh)”\(value.zh)\(isOver ? "晚于" : "早于")“\(name.zh)”\(limit.zh)，请核对。",
                en: "“\(own.en)” is \(value.en), \(isOver ? "after" : "before") “\(name.en)”, "
                    + "which is \(limit.en): check both.")
        }
        if let name = bound.name {
            return Wording(
                zh: "“\(own.zh)”\(value.zh)\(isOver ? "大于" : "小于")“\(name.zh)”\(limit.zh)，请核对。",
                en: "“\(own.en)” is \(value.en), \(isOver ? "more" : "less") than “\(name.en)”, "
                    + "which is \(limit.en): check both.")
        }
        return Wording(
            zh: "“\(own.zh)”\(value.zh)\(isOver ? "过大，最多" : "过小，至少")\(limit.zh)，请核对。",
            en: "“\(own.en)” is \(value.en), and \(limit.en) is the \(isOver ? "most" : "least") "
                + "that can be: check it.")
    }

    private func given(_ id: String, _ entry: Entry) -> (Heading, Given)? {
        if let (place, measure) = kind.measure(id) {
            let index = place - 1
            guard index < entry.measures.count, let number = entry.measures[index] else {
                return nil
            }
            return (.measure(index), number.given(measure.unit, measure.counter))
        }
        guard let field = kind.field(id), let text = entry.fields[id] else { return nil }
        if field.form == .day {
            guard let day = Day(text) else { return nil }
            return (.field(id), Given(value: .day(day), written: Wording(zh: text, en: text)))
        }
        guard let number = Int(text) else { return nil }
        return (.field(id), number.given(.piece, field.counter))
    }

    private func bound(
        _ bound: KindCheck.Bound, _ heading: Heading, _ entry: Entry
    ) -> (value: Given, name: Wording?)? {
        switch bound {
        case .field(let id):
            guard let (other, given) = given(id, entry) else { return nil }
            return (given, kind.label(other))
        case .today:
            let written = Wording(zh: today.description, en: today.description)
            return (Given(value: .day(today), written: written), Wording(zh: "今天", en: "today"))
        case .number(let number):
            switch heading {
            case .measure(let index):
                let measure = kind.measures[index]
                let stored = number * (measure.unit.written.factor / measure.unit.factor)
                return (stored.given(measure.unit, measure.counter), nil)
            case .field(let id):
                return (number.given(.piece, kind.field(id)?.counter), nil)
            default: return nil
            }
        }
    }
}

extension Int {
    /// A stored number as people write it, with what it counts where that is said.
    fileprivate func given(_ unit: MeasureUnit, _ counter: Wording?) -> EntryChecks.Given {
        let number = Reading.written(self, unit)
        let name = counter ?? (unit == .piece ? nil : unit.written.name)
        return .init(
            value: .number(self),
            written: Wording(
                zh: number + (name?.zh ?? ""), en: number + (name.map { " " + $0.en } ?? "")))
    }
}
