import Core

/// Checks one due against the kinds, rules and forms it names.
struct DueCheck {
    private let due: Due
    private let catalogue: Catalogue
    private let faults: FaultList

    init(_ due: Due, _ catalogue: Catalogue, _ faults: FaultList) {
        self.due = due
        self.catalogue = catalogue
        self.faults = faults
    }

    func run() {
        for form in due.forms where catalogue.forms[form] == nil {
            fault("the form of unit “\(form)” is not known")
        }
        for id in due.sources { rule(id) }
        if let with = due.with {
            switch catalogue.kinds[with]?.shape {
            case .standing: break
            case .event: fault("“with” needs a standing kind, not “\(with)”")
            case nil: fault("the kind “\(with)” is not known")
            }
        }
        checkTime()
        checkTimes()
        guard let kind = catalogue.kinds[due.kind] else {
            fault("the kind “\(due.kind)” is not known")
            return
        }
        if due.ends, kind.shape != .standing { fault("“\(kind.id)” is an event: it never ends") }
        if !due.ends, kind.shape != .event {
            fault("“\(kind.id)” stands: it cannot be owed every so often")
        }
        for form in due.forms where !kind.forms.isEmpty && !kind.forms.contains(form) {
            fault("“\(kind.id)” is not recorded in a unit of the form “\(form)”")
        }
        if case .sum(let measure) = due.worth, kind.measure(measure) == nil {
            fault("“\(kind.id)” has no measure “\(measure)”")
        }
        for condition in due.conditions { check(condition, kind) }
    }

    private func check(_ condition: Indicator.Condition, _ kind: Kind) {
        guard let field = kind.field(condition.field) else {
            fault("“\(kind.id)” has no field “\(condition.field)”")
            return
        }
        guard let words = condition.comparison.wordsOfDue else {
            fault("“where” of a due knows “is” and “in” only")
            return
        }
        guard field.form == .choice else { return }
        for word in words where !field.options.contains(where: { $0.id == word }) {
            fault("“\(word)” is not an option of “\(kind.id).\(field.id)”")
        }
    }

    private func checkTime() {
        switch due.time {
        case .every: break
        case .everyRule(let id):
            for rule in rule(id) where catalogue.cycle(rule) == nil {
                fault("“\(id)” names no cycle of 1, 3, 6 or 12 months")
            }
        case .ends(let notice, let term):
            switch notice {
            case .number(let days) where days > 0: break
            case .rule(let id):
                for rule in rule(id) where rule.unit != .day { fault("“\(id)” is no rule of days") }
            default: fault("“notice” is a number of days or a rule of days")
            }
            for rule in term.map(rule) ?? [] where ![.month, .year].contains(rule.unit) {
                fault("“\(rule.id)” is no rule of months or years")
            }
        }
    }

    private func checkTimes() {
        switch due.times {
        case .number(let number) where number > 0: break
        case .rule(let id):
            for rule in rule(id) where rule.value < 1 { fault("“\(id)” owes nothing") }
        default: fault("“times” is a number from 1 on or a rule")
        }
    }

    @discardableResult
    private func rule(_ id: String) -> [Rule] {
        if catalogue.rules[id] == nil { fault("the rule “\(id)” is not known") }
        return catalogue.rules[id] ?? []
    }

    private func fault(_ sentence: String) {
        faults.add(due.file, due.line, "\(due.id): \(sentence)")
    }
}

extension Indicator.Comparison {
    /// The words a field may hold; nil for a comparison that a due does not know.
    package var wordsOfDue: [String]? {
        switch self {
        case .is(.text(let word)): [word]
        case .in(let words): words
        default: nil
        }
    }
}
