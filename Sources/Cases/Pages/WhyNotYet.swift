import Catalogue
import Core
import Web

/// One reason why a step may not be taken yet, or one that hinders it no longer, with its sum.
struct WhyLine: Sendable {
    let tag: String
    let tagStyle: String
    let asks: String
    /// The arithmetic; nil where there is none.
    let sum: String?
    let ruleText: String?
    let ruleHref: String?

    init(
        _ tag: String, _ style: String, _ asks: String, sum: String? = nil, rule: String? = nil,
        at ruleHref: String? = nil
    ) {
        self.tag = tag
        tagStyle = style
        self.asks = asks
        self.sum = sum
        ruleText = rule
        self.ruleHref = ruleHref
    }
}

/// Why a step is not lawful yet: what it still waits for, each with the arithmetic in words.
struct WhyNotYet: Sendable {
    let stepName: String
    let lines: [WhyLine]

    /// So many of what hinders a step no longer are named beside what still does.
    static let settled = 3
}

extension CaseSays {
    /// Why a step may not be taken, as the fold refused it; nil where nothing but its own form
    /// stands in the way.
    func whyNotYet(_ id: String, _ refusals: [CaseRefusal]) -> WhyNotYet? {
        guard let step = procedure.step(id) else { return nil }
        let lines = refusals.flatMap { why($0, of: step) }
        guard !lines.isEmpty else { return nil }
        return WhyNotYet(stepName: name(id), lines: lines + settled(step))
    }

    private func why(_ refusal: CaseRefusal, of step: Procedure.Step) -> [WhyLine] {
        switch refusal.because {
        case .order: missing(step)
        case .notBefore: [notBefore(refusal)]
        case .lapsed: [lapsed(step)]
        case .times: [times(refusal)]
        case .needs: needs(refusal, step).map { [$0] } ?? []
        case .ended:
            [WhyLine(words["case_why_ended_tag"], "", words["case_why_ended"])]
        // These are about what its form says.
        case .lasts, .quorum, .ballots, .majority, .roll: []
        }
    }

    // MARK: Order

    /// The steps that come first and are not done, each one of its ways.
    private func missing(_ step: Procedure.Step) -> [WhyLine] {
        guard case .after(let all) = step.entry else {
            return [WhyLine(words["case_why_order_tag"], "", words["case_why_order_none"])]
        }
        return all.filter { !$0.contains(where: isSo) }.map { choices in
            let names = choices.map(said).joined(separator: words["case_or"])
            return WhyLine(
                words["case_why_order_tag"], "tag-blue",
                words["case_why_order", ["step": names]],
                sum: choices.compactMap { waiting($0.step) }.first)
        }
    }

    /// Since when a step that is missing is owed.
    private func waiting(_ id: String) -> String? {
        guard let owed = state.obligations.first(where: { $0.step == id }), let since = owed.since
        else { return nil }
        return words["case_why_owed_since", ["day": time(since)]]
    }

    /// Whether what a step waits for has come about, as far as its records say it.
    private func isSo(_ reference: Procedure.StepReference) -> Bool {
        guard let newest = state.standing[reference.step]?.last else { return false }
        return switch reference.state {
        case nil: true
        case .outcome(let outcome): newest.outcome == outcome
        case .told: newest.told != nil
        case .late, .lapsed, .exhausted: false
        }
    }

    // MARK: Time

    /// `2025-06-12起满1年为2026-06-12，还差23天`
    private func notBefore(_ refusal: CaseRefusal) -> WhyLine {
        let first = refusal.earliest?.day
        let left = max((first?.number ?? today.number) - today.number, 0)
        let tag =
            left > 0
            ? words["case_why_days_left", ["days": days(left)]] : words["case_why_early_tag"]
        let earliest = words["case_why_earliest", ["day": first?.description ?? ""]]
        let rule = (refusal.clock?.rule ?? refusal.rule).flatMap { self.rule($0, on: today) }
        let asks = refusal.clock.map {
            words["case_why_not_before", ["length": length($0.length)]]
        }
        return WhyLine(
            tag, "tag-warn", rule?.name[language] ?? asks ?? earliest,
            sum: refusal.clock.map { sum($0, until: first ?? $0.lastDay, left) } ?? earliest,
            rule: rule.map(source), at: rule.map(href))
    }

    private func sum(_ clock: ClockStory, until: Day, _ left: Int) -> String {
        words[
            "case_why_sum",
            [
                "from": time(clock.anchor), "length": length(clock.length),
                "until": until.description, "days": days(left),
            ]]
    }

    private func lapsed(_ step: Procedure.Step) -> WhyLine {
        let asks =
            step.lapsesTo.map {
                words["case_why_lapsed_to", ["step": name(step.id), "other": name($0)]]
            } ?? words["case_why_lapsed", ["step": name(step.id)]]
        return WhyLine(words["case_why_lapsed_tag"], "tag-seal", asks)
    }

    // MARK: Numbers

    private func times(_ refusal: CaseRefusal) -> WhyLine {
        WhyLine(
            words["case_why_times_tag"], "tag-seal",
            words["case_why_times", ["most": (refusal.wanted ?? 0).grouped]],
            rule: rule(refusal).map(source), at: rule(refusal).map(href))
    }

    /// What has to be counted or given; nil for what the form of the step itself asks for.
    private func needs(_ refusal: CaseRefusal, _ step: Procedure.Step) -> WhyLine? {
        guard let about = refusal.about, let counted = procedure.step(about) else { return nil }
        let (wanted, found) = (refusal.wanted ?? 1, refusal.found ?? 0)
        let days = (state.standing[counted.id] ?? []).map { time($0.at) }
        let values = [
            "step": name(counted.id), "wanted": wanted.grouped, "found": found.grouped,
            "days": list(days),
        ]
        return WhyLine(
            words[
                "case_why_count_tag",
                ["times": self.counted(max(wanted - found, 0), "case_time")]],
            "tag-warn", words["case_why_count", values],
            sum: words[days.isEmpty ? "case_why_count_none" : "case_why_count_sum", values],
            rule: rule(refusal).map(source), at: rule(refusal).map(href))
    }

    private func rule(_ refusal: CaseRefusal) -> Rule? {
        refusal.rule.flatMap { rule($0, on: today) }
    }

    /// What it waited for and has, so that nobody asks for it again.
    private func settled(_ step: Procedure.Step) -> [WhyLine] {
        guard case .after(let all) = step.entry else { return [] }
        return all.compactMap { $0.first(where: isSo) }.suffix(WhyNotYet.settled).compactMap {
            guard let at = state.standing[$0.step]?.last?.at else { return nil }
            return WhyLine(
                words["case_why_has_tag"], "tag-good", said($0),
                sum: words["case_why_done_on", ["day": time(at)]])
        }
    }
}
