import Core

extension Catalogue {
    /// Checks what one file alone cannot show: that everything named exists and fits.
    func check(_ faults: FaultList) {
        for kind in kinds.values.sorted(by: { $0.id < $1.id }) { check(kind, faults) }
        for indicator in indicators.values.sorted(by: { $0.id < $1.id }) {
            IndicatorCheck(indicator, self, faults).run()
        }
        for due in duesInOrder { DueCheck(due, self, faults).run() }
        checkProcedures(faults)
        checkTargets(faults)
        checkMechanisms(faults)
        checkForms(faults)
        checkRoles(faults)
        checkPurposes(faults)
        checkRefusedWords(faults)
    }

    private func checkForms(_ faults: FaultList) {
        for form in forms.values.sorted(by: { $0.id < $1.id }) {
            for id in form.figures where indicators[id] == nil {
                faults.add(form.file, form.line, "“\(form.id)” names the unknown figure “\(id)”")
            }
        }
    }

    private func checkRoles(_ faults: FaultList) {
        for role in roles.values.sorted(by: { $0.id < $1.id }) {
            func fault(_ sentence: String) { faults.add(role.file, role.line, sentence) }
            if role.rights.isEmpty { fault("“\(role.id)” lets nobody do anything") }
            for form in role.forms where forms[form] == nil {
                fault("“\(role.id)” names the unknown form “\(form)”")
            }
            for post in role.posts {
                guard let kind = kinds[post.kind], kind.shape == .standing,
                    kind.persons.contains(where: { $0.id == post.person })
                else {
                    fault("“\(post.kind)” is no standing kind with a person “\(post.person)”")
                    continue
                }
                let options = kind.field(post.field)?.options.map(\.id) ?? []
                for value in post.values where !options.contains(value) {
                    fault("“\(value)” is not an option of “\(post.kind).\(post.field)”")
                }
            }
        }
    }

    private func check(_ kind: Kind, _ faults: FaultList) {
        for form in kind.forms + (kind.place?.forms ?? []) where forms[form] == nil {
            faults.add(kind.file, kind.line, "“\(kind.id)” names the unknown form “\(form)”")
        }
        for entry in kind.persons.map(\.register) + kind.privateEntries
        where register[entry] == nil {
            faults.add(
                kind.file, kind.line,
                "“\(kind.id)” keeps personal data without an entry “\(entry)” in register.yaml")
        }
        checkPrivates(kind, faults)
        checkBelonging(kind, faults)
        // What a figure counts by stands in the clear; whatever somebody puts into words does not.
        for field in kind.fields where kind.visibility == .sealed && field.form == .text {
            faults.add(
                kind.file, kind.line,
                "“\(field.id)” of the sealed kind “\(kind.id)” is free text: it belongs under "
                    + "“private”, where it is encrypted")
        }
        let holders = kind.persons.map(\.id) + kind.subjects.map(\.id)
        for holder in kind.single where !holders.contains(holder) {
            faults.add(
                kind.file, kind.line,
                "“single” names “\(holder)”, neither a role nor a subject of “\(kind.id)”")
        }
        if let map = kind.map, kind.field(map)?.form != .text || kind.visibility != .public {
            faults.add(
                kind.file, kind.line, "“map” names a text field of a public kind, not “\(map)”")
        }
        if kind.isUnitCard, kind.shape != .standing || kind.visibility != .public {
            faults.add(kind.file, kind.line, "“unit_card” needs a standing kind that is public")
        }
        if kind.showsOnUnit || kind.map != nil, kind.shape != .standing {
            faults.add(
                kind.file, kind.line, "“on_unit_page” and “map” need a standing kind")
        }
        if !kind.single.isEmpty, kind.shape != .standing {
            faults.add(kind.file, kind.line, "“single” needs a standing kind, not “\(kind.id)”")
        }
    }
}

/// Checks one indicator against the kinds, rules, forms and indicators it names.
private struct IndicatorCheck {
    let indicator: Indicator
    let catalogue: Catalogue
    let faults: FaultList

    init(_ indicator: Indicator, _ catalogue: Catalogue, _ faults: FaultList) {
        self.indicator = indicator
        self.catalogue = catalogue
        self.faults = faults
    }

    func run() {
        switch indicator.from {
        case .kind(let id):
            guard let kind = kind(id) else { return }
            conditions(indicator.conditions, kind)
            worth(kind)
            role(indicator.role, kind)
            if indicator.when != .happened, kind.shape == .event {
                fault("“\(id)” is an event: it can only have happened")
            }
            if indicator.at == .place, kind.place == nil {
                fault("“\(id)” has no place that could count")
            }
            for had in indicator.had where had.by == .subject { subject(had.subject ?? "", kind) }
            if let follower = indicator.followedBy { subject(follower.link, kind) }
            breakdown(kind)
        case .units(let forms, let seat):
            for form in forms + [seat].compactMap({ $0 }) { self.form(form) }
            if forms.isEmpty { fault("“from: units” needs “forms”") }
        case .rule: break
        }
        for had in indicator.had {
            guard let kind = kind(had.kind) else { continue }
            if kind.shape != .standing { fault("“had” needs a standing kind, not “\(had.kind)”") }
            conditions(had.conditions, kind)
            role(had.role, kind)
            if had.by == .subject { subject(had.subject ?? "", kind) }
        }
        if let follower = indicator.followedBy, let kind = kind(follower.kind) {
            subject(follower.link, kind)
        }
        for member in indicator.per { check(member) }
        if let over = indicator.over, catalogue.indicators[over] == nil {
            fault("“over” names the unknown indicator “\(over)”")
        }
        if let sums = indicator.sums, catalogue.indicators[sums] == nil {
            fault("“check” names the unknown indicator “\(sums)”")
        }
        checkChain()
        if let since = indicator.since { rule(since) }
        if case .rule(let id) = indicator.having?.threshold { rule(id) }
    }

    /// Only what counts the same things can be less of them.
    private func checkChain() {
        for id in indicator.chain {
            guard let step = catalogue.indicators[id] else {
                fault("“chain” names the unknown indicator “\(id)”")
                continue
            }
            if id == indicator.id { fault("“chain” names the indicator itself") }
            if step.unit != indicator.unit || indicator.unit == "%" {
                fault("“\(id)” of “chain” counts something else than “\(indicator.id)”")
            }
        }
    }

    private func breakdown(_ kind: Kind) {
        if let by = indicator.by, kind.field(by) == nil {
            fault("“by” names “\(by)”, which is no field of “\(kind.id)”")
        }
    }

    private func worth(_ kind: Kind) {
        switch indicator.value {
        case .sum(let id), .max(let id): measure(id, kind)
        case .distinctPersons:
            if kind.persons.isEmpty { fault("“\(kind.id)” has no persons to count") }
        case .distinctSubjects(let id):
            if let id { subject(id, kind) }
            if kind.subjects.isEmpty { fault("“\(kind.id)” has no subjects to count") }
        case .distinctField(let id):
            if kind.field(id) == nil { fault("“\(kind.id)” has no field “\(id)”") }
        case .distinctUnits(let level, _, let places):
            if let level { form(level) }
            if places, kind.place == nil { fault("“\(kind.id)” has no place to count") }
        case .rule(let id): rule(id)
        case .pick(let pick):
            if let within = pick.within { form(within) }
            if case .largest(let id) = pick.order { measure(id, kind) }
            if case .divide(let other, let above, let below, let list) = pick.then,
                let other = self.kind(other)
            {
                measure(above, other)
                measure(below, other)
                conditions(list, other)
            }
        case .count, .streak: break
        }
    }

    private func check(_ member: Indicator.Member) {
        switch member {
        case .form(let form): self.form(form)
        case .standing(let id, let name, let list):
            guard let kind = kind(id) else { return }
            conditions(list, kind)
            if let name { subject(name, kind) }
            if kind.shape != .standing { fault("“standing” needs a standing kind, not “\(id)”") }
        case .week, .month, .record: break
        }
    }

    private func conditions(_ list: [Indicator.Condition], _ kind: Kind) {
        for condition in list {
            if kind.measure(condition.field) != nil {
                if case .text(let word) = condition.comparison.threshold {
                    fault("“\(word)” is no amount of “\(kind.id).\(condition.field)”")
                }
                continue
            }
            if catalogue.isJudged(condition.field, kind) {
                if case .text(let word) = condition.comparison.threshold {
                    fault("“\(word)” is no amount of minutes")
                }
                continue
            }
            guard let field = kind.field(condition.field) else {
                fault("“\(kind.id)” has no field or measure “\(condition.field)”")
                continue
            }
            guard field.form == .choice else { continue }
            let options = Set(field.options.map(\.id))
            for option in condition.comparison.words where !options.contains(option) {
                fault("“\(option)” is not an option of “\(kind.id).\(field.id)”")
            }
            if condition.comparison.needsOrder, !field.ordered {
                fault("the options of “\(kind.id).\(field.id)” have no order")
            }
        }
    }

    private func kind(_ id: String) -> Kind? {
        if catalogue.kinds[id] == nil { fault("the kind “\(id)” is not known") }
        return catalogue.kinds[id]
    }

    private func measure(_ id: String, _ kind: Kind) {
        if kind.measure(id) == nil { fault("“\(kind.id)” has no measure “\(id)”") }
    }

    private func subject(_ id: String, _ kind: Kind) {
        if !kind.subjects.contains(where: { $0.id == id }) {
            fault("“\(kind.id)” has no subject “\(id)”")
        }
    }

    private func role(_ id: String?, _ kind: Kind) {
        if let id, !kind.persons.contains(where: { $0.id == id }) {
            fault("“\(kind.id)” has no role “\(id)”")
        }
    }

    private func form(_ id: String) {
        if catalogue.forms[id] == nil { fault("the form of unit “\(id)” is not known") }
    }

    private func rule(_ id: String) {
        guard let rules = catalogue.rules[id] else {
            fault("the rule “\(id)” is not known")
            return
        }
        if rules.contains(where: { $0.word != nil }) { fault("“\(id)” is a word, and no number") }
    }

    private func fault(_ sentence: String) {
        faults.add(indicator.file, indicator.line, "\(indicator.id): \(sentence)")
    }
}

extension Indicator.Comparison {
    /// The threshold, when the comparison has exactly one.
    package var threshold: Indicator.Threshold? {
        switch self {
        case .is(let threshold), .atLeast(let threshold), .moreThan(let threshold),
            .atMost(let threshold), .lessThan(let threshold):
            threshold
        case .in, .set: nil
        }
    }

    /// The words it compares with, for a choice.
    var words: [String] {
        switch self {
        case .in(let words): words
        case .is(.text(let word)), .atLeast(.text(let word)), .moreThan(.text(let word)),
            .atMost(.text(let word)), .lessThan(.text(let word)):
            [word]
        default: []
        }
    }

    var needsOrder: Bool {
        switch self {
        case .atLeast, .moreThan, .atMost, .lessThan: true
        default: false
        }
    }
}
