import Core
import Figures
import Web

extension ReportTemplate {
    /// The periods that it is written for and that come nearest to a text: the newest that have
    /// begun, of the year that the text names, where it names one.
    func periods(near text: String, today: Day) -> [Fault.Near] {
        let asked =
            Period.read(text, today: today)?.from
            ?? Period.nearest(to: text, today: today).first?.from ?? today
        return periods(around: min(asked, today), today: today, years: 2)
            .prefix(Period.nearestLimit).map { Fault.Near($0.text, $0.words) }
    }

    /// The periods it is written for that have begun, the newest first.
    private func periods(around day: Day, today: Day, years: Int) -> [Period] {
        let parts =
            ["", "-H1", "-H2"] + (1...4).map { "-Q\($0)" }
            + (1...12).map { "-\($0 < 10 ? "0" : "")\($0)" }
        let known = (0..<years).flatMap { back in
            parts.compactMap { Period("\(day.year - back)\($0)") }
        }
        return known.filter { period in
            period.from <= today && spans.contains { $0.holds(period) }
        }.sorted { $0.from > $1.from }
    }

    /// How many years are listed in its form.
    private static let years = 4

    /// Chooses a period that it is written for; others are written.
    func pick(chosen: String?, _ today: Day, _ words: Web.Words) -> Picker {
        func option(_ period: Period) -> Picker.Option {
            Picker.Option(
                period.text, period.words[words.language], finds: period.text.lowercased())
        }
        let own = spans.compactMap { span in
            if case .only(let period) = span { return period }
            return nil
        }
        let listed = periods(around: today, today: today, years: Self.years) + own
        return Picker(
            "period", words["reports_period"],
            chosen: chosen.flatMap { Period($0) }.map(option),
            Picker.html([Picker.Group("", listed.map(option))]), id: "period-\(id)",
            typed: words["pick_period_typed"], words)
    }
}
