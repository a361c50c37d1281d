import Core

/// That the value of a rule is what a figure should come to: a target that a district set itself.
///
/// A target is a rule like others: it has its days, its source and the unit for which it was made,
/// and a district's own takes the place of another's.
package struct Target: Sendable, Hashable {
    /// The indicator that should reach it, in whose printed units the value stands.
    package let indicator: String
    /// Whether it is the most that should be, rather than the least.
    package let isMost: Bool
    /// The forms of the units for which it holds; none for every form. A number set for a whole
    /// district is no target of each of its streets.
    package let forms: [String]

    init(_ mapping: Mapping) {
        indicator = mapping.requiredText("indicator")
        isMost = mapping.flag("most")
        forms = mapping.words("forms")
        mapping.close()
    }
}

extension Catalogue {
    /// The target of a figure in a unit on a day: of several the one made for the nearest unit,
    /// and of these the one that came last.
    ///
    /// - Parameters:
    ///   - codes: the codes of the unit and of those above it, the nearest first.
    ///   - form: the unit's form.
    package func target(
        of indicator: String, in codes: [String], form: String, on day: Day
    ) -> Rule? {
        rules.values.joined().filter { rule in
            guard let target = rule.target, target.indicator == indicator else { return false }
            return rule.inForce(on: day) && (target.forms.isEmpty || target.forms.contains(form))
                && (rule.scope.map(codes.contains) ?? true)
        }.min { one, other in
            func place(_ rule: Rule) -> Int {
                rule.scope.flatMap(codes.firstIndex) ?? codes.count
            }
            return (place(one), other.from, one.id) < (place(other), one.from, other.id)
        }
    }

    /// Checks that what a rule is the target of exists and is printed in its unit.
    func checkTargets(_ faults: FaultList) {
        for rule in rules.values.joined() {
            guard let target = rule.target else { continue }
            func fault(_ sentence: String) { faults.add(rule.file, rule.line, sentence) }
            for form in target.forms where forms[form] == nil {
                fault("“\(rule.id)” names the unknown form “\(form)”")
            }
            guard let indicator = indicators[target.indicator] else {
                fault("“\(rule.id)” is the target of the unknown indicator “\(target.indicator)”")
                continue
            }
            if indicator.from == .rule {
                fault("“\(indicator.id)” states a rule: it has no target")
            }
            if (indicator.unit == "%") != (rule.unit == .percent) {
                fault("“\(rule.id)” and its indicator are not both in percent")
            }
        }
    }
}
