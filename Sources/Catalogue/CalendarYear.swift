import Core
import Yams

/// The days of one year on which it is otherwise than the week says: holidays, and weekends that
/// are worked instead.
package struct CalendarYear: Sendable, Hashable {
    package struct Special: Sendable, Hashable {
        package let day: Day
        package let mark: WorkCalendar.Mark
        package let name: Wording

        package init(_ day: Day, _ mark: WorkCalendar.Mark, _ name: Wording) {
            self.day = day
            self.mark = mark
            self.name = name
        }
    }

    /// A day that is another one in a newer calendar of the year.
    package struct Change: Sendable, Hashable {
        package let day: Day
        package let was: Special?
        package let now: Special?
    }

    package let year: Int
    /// In the order of the days, each once.
    package let days: [Special]

    package init(_ year: Int, _ days: [Special]) {
        self.year = year
        self.days = days.sorted { $0.day < $1.day }
    }

    /// As it stands in a file of a catalogue; the same days make the same text.
    package var text: String {
        (["year: \(year)", days.isEmpty ? "days: []" : "days:"]
            + days.map { special in
                let name = "{zh: \(quoted(special.name.zh)), en: \(quoted(special.name.en))}"
                return "  - {day: \(special.day), kind: \(special.mark.rawValue), name: \(name)}"
            }).joined(separator: "\n") + "\n"
    }

    private func quoted(_ text: String) -> String {
        "\""
            + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: " ") + "\""
    }

    package var digest: String { Fingerprint([text]).text }

    /// Reads a calendar as a file of a catalogue says it.
    ///
    /// - Throws: `BrokenCatalogue` with each fault and its line.
    package init(text: String, file: String) throws {
        let faults = FaultList()
        var calendar = WorkCalendar()
        do {
            let node = try Yams.compose(yaml: text, .basic)
            if let mapping = node.flatMap({ Mapping($0, file: file, faults: faults) }) {
                calendar.read(mapping)
            } else if faults.faults.isEmpty {
                faults.add(file, 1, "“year” is missing")
            }
        } catch {
            faults.add(file, 1, "this is not YAML: \(error)")
        }
        guard faults.faults.isEmpty, let year = calendar.years.first,
            let read = calendar.calendar(of: year)
        else { throw BrokenCatalogue(faults: faults.faults) }
        self = read
    }

    /// What is otherwise than in another calendar of the year, in the order of the days.
    package func changes(from other: CalendarYear?) -> [Change] {
        let old = Dictionary((other?.days ?? []).map { ($0.day, $0) }) { first, _ in first }
        let new = Dictionary(days.map { ($0.day, $0) }) { first, _ in first }
        return Set(old.keys).union(new.keys).sorted()
            .filter { old[$0] != new[$0] }
            .map { Change(day: $0, was: old[$0], now: new[$0]) }
    }
}
