import Catalogue
import Core
import Web

/// Whose turn it is, for one step, and what its clock says.
struct TurnLine: Sendable {
    let style: String
    let turn: String
    let clockText: String
    /// That its last day may still move, or that its clock stands.
    let remark: String?
}

extension CaseSays {
    /// - Parameter holder: how the page calls whoever owes it.
    func turn(_ owed: CaseState.Obligation, of holder: String) -> TurnLine {
        let isLate = isLate(owed)
        let values = ["holder": holder, "step": name(owed.step), "round": owed.round.grouped]
        let since = owed.since.map { words["case_turn_since", ["day": time($0)]] }
        let remarks = [paused(owed), provisional(owed), lapses(owed)].compactMap { $0 }
        return TurnLine(
            style: owed.paused != nil ? "turn-still" : isLate ? "turn-late" : "",
            turn: words[owed.round > 1 ? "case_turn_again" : "case_turn", values],
            clockText: [since, clock(owed)].compactMap { $0 }
                .joined(separator: words["case_clause"]) + words["case_stop"],
            remark: remarks.isEmpty ? nil : remarks.joined(separator: " "))
    }

    func isLate(_ owed: CaseState.Obligation) -> Bool {
        owed.latest.map { $0 <= now } ?? false
    }

    /// By when it has to be done, and what remains of that.
    func clock(_ owed: CaseState.Obligation) -> String? {
        if let earliest = owed.earliest, now < earliest.moment {
            let left = earliest.day.number - today.number
            return words["case_clock_early", ["day": time(earliest), "days": days(left)]]
        }
        guard let latest = owed.latest else { return words["case_clock_none"] }
        if owed.clock?.end.minute != nil { return hours(until: latest) }
        let last = owed.lastDay ?? Moment(milliseconds: latest.milliseconds - 1).day
        let left = last.number - today.number
        let values = ["day": last.description, "days": days(abs(left))]
        if left < 0 { return words["case_clock_late", values] }
        return words[left == 0 ? "case_clock_today" : "case_clock_left", values]
    }

    private func hours(until latest: Moment) -> String {
        let minutes = Int((latest.milliseconds - now.milliseconds) / 60_000)
        let values = ["time": latest.text, "left": stretch(minutes: abs(minutes))]
        return words[minutes < 0 ? "case_clock_hours_late" : "case_clock_hours_left", values]
    }

    private func paused(_ owed: CaseState.Obligation) -> String? {
        owed.paused.map { id in
            let ground = procedure.pauses.first { $0.id == id }?.name[language] ?? id
            return words["case_paused", ["ground": ground]]
        }
    }

    private func provisional(_ owed: CaseState.Obligation) -> String? {
        guard !owed.unknownYears.isEmpty else { return nil }
        let years = owed.unknownYears.map { words["case_of_year", ["year": String($0)]] }
        return words["case_provisional", ["years": list(years)]]
    }

    private func lapses(_ owed: CaseState.Obligation) -> String? {
        guard let lapses = owed.lapses else { return nil }
        let day = Moment(milliseconds: lapses.milliseconds - 1).day
        return words[
            lapses <= now ? "case_has_lapsed" : "case_lapses", ["day": day.description]]
    }
}
