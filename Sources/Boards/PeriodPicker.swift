import Core
import Figures
import Web

/// The periods that are asked for most, told from the newest half-year that is over: as a list, and
/// as buttons that take the rest of the form along.
struct PeriodPicker: Sendable {
    let pick: Picker
    let chips: Listed<Chip>?

    /// One period to ask for with one press.
    struct Chip: Sendable {
        let chipValue: String
        let chipLabel: String
    }

    /// How many years are listed with their parts.
    private static let years = 3

    init(_ chosen: Period?, _ snapshot: Snapshot) {
        self.init(
            chosen, usual: snapshot.periods, today: snapshot.today, snapshot.words)
    }

    init(_ chosen: Period?, usual: UsualPeriods?, today: Day, _ words: Words) {
        let anchor = min(
            usual?.soFar?.lastDay ?? (usual?.half.lastDay).map { $0 + 1 } ?? today, today)
        func read(_ text: String) -> Period? { Period.read(text, today: anchor) }
        let named: [(word: String, period: Period?)] = [
            ("pick_half", usual?.half), ("pick_so_far", usual?.soFar),
            ("pick_quarter", read("上个季度")), ("pick_month", read("上个月")),
            ("pick_week", read("上周")), ("pick_year_before", chosen?.yearEarlier),
        ]
        var seen: Set<String> = []
        let near = named.compactMap { word, period -> (String, Period)? in
            guard let period, period.from <= today, seen.insert(period.text).inserted else {
                return nil
            }
            return (word, period)
        }
        chips = Listed(
            near.map { word, period in
                Chip(
                    chipValue: period.text,
                    chipLabel: words[word, ["period": period.words[words.language]]])
            })
        let years = (0..<Self.years).map { anchor.year - $0 }
        let groups = years.map { year in
            Picker.Group(
                Period("\(year)")?.words[words.language] ?? "\(year)",
                Self.parts(of: year, until: today).map { Self.option($0, words) })
        }
        pick = Picker(
            "period", words["figure_ask_period"], chosen: chosen.map { Self.option($0, words) },
            Picker.html(groups), typed: words["pick_period_typed"], words)
    }

    private static func parts(of year: Int, until today: Day) -> [Period] {
        let months = (1...12).map { "-\($0 < 10 ? "0" : "")\($0)" }
        return (["", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4"] + months)
            .compactMap { Period("\(year)\($0)") }.filter { $0.from <= today }
    }

    private static func option(_ period: Period, _ words: Words) -> Picker.Option {
        Picker.Option(
            period.text, period.words[words.language], finds: period.text.lowercased())
    }
}
