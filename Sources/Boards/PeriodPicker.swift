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
        pick = Picker(
            "period", words["figure_ask_period"], chosen: chosen.map { Self.option($0, words) },
            Picker.html(Self.groups(anchor, today, words)), typed: words["pick_period_typed"],
            words)
    }

    /// The list alone, above it what stands for no period.
    static func pick(
        _ name: String, _ label: String, chosen: Period?, none: Picker.Option,
        _ snapshot: Snapshot
    ) -> Picker {
        let (words, today) = (snapshot.words, snapshot.today)
        let anchor = min(snapshot.periods?.half.lastDay ?? today, today)
        return Picker(
            name, label, chosen: chosen.map { option($0, words) } ?? none,
            Picker.html(
                (chosen == nil ? [] : [Picker.Group("", [none])]) + groups(anchor, today, words)),
            typed: words["pick_period_typed"], words)
    }

    private static func groups(_ anchor: Day, _ today: Day, _ words: Words) -> [Picker.Group] {
        (0..<years).map { anchor.year - $0 }.map { year in
            Picker.Group(
                Period("\(year)")?.words[words.language] ?? "\(year)",
                parts(of: year, until: today).map { option($0, words) })
        }
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
