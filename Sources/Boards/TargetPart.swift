import Catalogue
import Core
import Figures
import Organization
import Web

/// The target of a figure and what is lacking, in words and as a bar.
struct TargetPart: Sendable {
    /// The name of the target, and where it stands with its source.
    let targetName: String
    let targetHref: String
    let targetText: String
    let targetHTML: String
    /// How much is lacking, in hundredths of the target; nil where it is reached.
    let lack: Int?

    /// Nil where none is set for such a unit on the last day of the period, and where there is no
    /// number to hold against it.
    init?(
        _ question: Question, _ answer: Answer, _ unit: UnitVersion, _ indicator: Indicator,
        _ snapshot: Snapshot
    ) {
        let words = snapshot.words
        let day = question.period.lastDay
        guard answer.hasValue,
            let rule = snapshot.catalogue.target(
                of: indicator.id, in: snapshot.structure.codes(from: question.unit, on: day),
                form: unit.form, on: day),
            let target = rule.target
        else { return nil }
        let gap = Gap(answer, rule.value, isMost: target.isMost, indicator, words)
        let set = words[
            "target_set",
            [
                "value": indicator.unit == "%"
                    ? "\(rule.value)%" : words.amount(words.digits(rule.value), indicator),
                "gap": gap.text,
            ]]
        targetName = rule.name[words.language]
        targetHref = Link("", .rules, at: rule.anchor).href
        targetText = set
        lack = gap.apart > 0 ? gap.apart * 100 / max(1, rule.value * answer.denominator) : nil
        let size = power(10, indicator.round)
        targetHTML = TargetBar(
            title: targetName, description: set, value: answer.rounded(indicator),
            target: rule.value * size, end: indicator.unit == "%" ? 100 * size : 0
        ).svg()
    }
}

/// What lies between a number and its target.
private struct Gap {
    let text: String
    /// In printed units, over the denominator of the answer; nothing or less where it is reached.
    let apart: Int

    init(
        _ answer: Answer, _ target: Int, isMost: Bool, _ indicator: Indicator, _ words: Words
    ) {
        // In printed units, both over the denominator: nothing is rounded before it is compared.
        let number = answer.numerator * indicator.multiplier
        let apart =
            (isMost ? number - target * answer.denominator : target * answer.denominator - number)
        self.apart = apart
        guard apart > 0 else {
            text = words[isMost ? "target_kept" : "target_reached"]
            return
        }
        let isShare = indicator.unit == "%"
        // Of shares one digit more is told than of numbers, as between two periods.
        let size = isShare ? 10 : power(10, indicator.round)
        let steps = max(1, (2 * apart * size + answer.denominator) / (2 * answer.denominator))
        let amount = words.digits(steps, per: size, keepsZeros: true)
        let said =
            isShare
            ? words["change_points", ["number": amount]]
            : words.amount(amount, indicator)
        let lacking = (apart + indicator.multiplier - 1) / indicator.multiplier
        text =
            words[
                isMost
                    ? "target_over"
                    : isShare && indicator.countsUnits ? "target_units" : "target_lacks",
                ["gap": said, "count": lacking.grouped]]
    }
}

extension Indicator {
    /// Whether it is a share of units, of which so many more would reach its target.
    fileprivate var countsUnits: Bool {
        if case .units = from { return true }
        return per.contains { if case .form = $0 { true } else { false } }
    }
}
