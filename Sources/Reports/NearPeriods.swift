import Core
import Figures

extension ReportTemplate {
    /// The periods that it is written for and that come nearest to a text: the newest that have
    /// begun, of the year that the text names, where it names one.
    func periods(near text: String, today: Day) -> [Fault.Near] {
        let asked =
            Period.read(text, today: today)?.from
            ?? Period.nearest(to: text, today: today).first?.from ?? today
        let years = [min(asked, today).year, min(asked, today).year - 1]
        let parts =
            ["", "-H1", "-H2"] + (1...4).map { "-Q\($0)" }
            + (1...12).map { "-\($0 < 10 ? "0" : "")\($0)" }
        let known = years.flatMap { year in parts.compactMap { Period("\(year)\($0)") } }
        return known.filter { period in
            period.from <= today && spans.contains { $0.holds(period) }
        }.sorted { $0.from > $1.from }.prefix(Period.nearestLimit)
            .map { Fault.Near($0.text, $0.words) }
    }
}
