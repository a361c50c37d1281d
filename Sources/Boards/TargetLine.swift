import Catalogue
import Core
import Figures
import Organization
import Web

/// What should be, as a line in a chart: the target that is set, or the standard that another
/// figure asks of each of the units drawn.
enum TargetLine {
    /// Nil where nothing is set, or not the same for all that is drawn.
    static func of(
        _ units: [UnitVersion], _ question: Question, _ indicator: Indicator, _ snapshot: Snapshot
    ) -> ChartLine? {
        let day = question.period.lastDay
        let rules = units.map { unit in
            snapshot.catalogue.target(
                of: indicator.id, in: snapshot.structure.codes(from: unit.unit, on: day),
                form: unit.form, on: day)
        }
        guard let first = rules.first, let rule = first else {
            return standard(units, day, indicator, snapshot)
        }
        let isShared = rules.allSatisfy {
            $0?.value == rule.value && $0?.target?.isMost == rule.target?.isMost
        }
        guard isShared else { return nil }
        let words = snapshot.words
        let word =
            rule.target?.isMost == true
            ? "line_most" : rule.until == nil ? "line_standard" : "line_target"
        let value =
            indicator.unit == "%"
            ? "\(rule.value)%" : words.amount(words.digits(rule.value), indicator)
        return ChartLine(
            rule.value * power(10, indicator.round), words[word, ["value": value]], .standard)
    }

    /// What another figure asks of each unit of a form: that figure says how many of them keep it.
    private static func standard(
        _ units: [UnitVersion], _ day: Day, _ indicator: Indicator, _ snapshot: Snapshot
    ) -> ChartLine? {
        guard let form = units.first?.form, units.allSatisfy({ $0.form == form }),
            indicator.kind != nil, indicator.per.isEmpty, indicator.over == nil,
            let asking = snapshot.publicIndicators.first(where: { $0.asks(indicator, of: form) }),
            case .atLeast(let threshold) = asking.having
        else { return nil }
        let base: Int
        switch threshold {
        case .number(let number): base = number
        case .rule(let id):
            guard let rule = snapshot.catalogue.rule(id, on: day) else { return nil }
            base = rule.baseValue
        case .text: return nil
        }
        let least = Answer(numerator: base, denominator: indicator.scale?.factor ?? 1)
        return ChartLine(
            least.rounded(indicator),
            snapshot.words[
                "line_standard",
                ["value": ComparedNumber(least, indicator, snapshot.words).phrase]], .standard)
    }
}

extension Indicator {
    /// Whether it asks each unit of a form how much the other figure comes to there.
    fileprivate func asks(_ other: Indicator, of form: String) -> Bool {
        per == [.form(form)] && from == other.from && when == other.when && value == other.value
            && conditions == other.conditions && had == other.had && at == other.at
            && axis == other.axis && followedBy == other.followedBy
    }
}
