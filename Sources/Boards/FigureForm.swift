import Catalogue
import Core
import Figures
import Organization
import Web

/// The form that asks again: another indicator, unit, period or map of the district.
struct FigureForm: Sendable {
    let action: String
    let indicatorPick: Picker
    let unitPick: Picker
    let periodPick: PeriodPicker
    let select: Select
    /// The period before this one; a span without a regular length has none.
    let previous: Link?

    init(
        _ question: Question, _ unit: UnitVersion, _ indicator: Indicator, _ snapshot: Snapshot
    ) {
        let words = snapshot.words
        action = Address.figures.text
        indicatorPick = .indicator(snapshot, chosen: indicator)
        unitPick = .unit(snapshot.structure, on: question.mapDay, chosen: unit, words)
        periodPick = PeriodPicker(question.period, snapshot)
        select = Select(
            name: "structure", label: words["figure_structure"],
            chosen: question.structure.rawValue,
            options: Question.Standpoint.allCases.map {
                (value: $0.rawValue, label: words["structure_\($0.rawValue)"])
            })
        // The day before a day says nothing: the changes beside the number lead further back.
        let before = question.period.shape == .day ? nil : question.period.previous
        previous = before.map { period in
            Link(
                words["figure_previous", ["period": period.words[words.language]]],
                .figure(
                    indicator.id, unit: unit.code, period: period,
                    structure: question.structure))
        }
    }
}

/// A rule that an indicator states, with where it comes from.
struct RulePart: Sendable {
    let ruleName: String
    let ruleValue: String
    let ruleSource: String
    let ruleDays: String

    init?(_ question: Question, _ indicator: Indicator, _ snapshot: Snapshot) {
        let day = question.period.lastDay
        let here = snapshot.catalogue.holding(
            in: snapshot.structure.codes(from: question.unit, on: day), elsewhere: true)
        guard case .rule(let id) = indicator.value,
            let rule = here.rule(id, on: day) ?? here.rules[id]?.last
        else { return nil }
        let words = snapshot.words
        ruleName = rule.name[words.language]
        ruleValue = rule.written[words.language]
        ruleSource = rule.source[words.language]
        ruleDays = rule.days(words)
    }
}
