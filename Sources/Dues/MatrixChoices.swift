import Catalogue
import Core
import Web

/// What can be chosen above the matrix: only dues there are, and periods they really have.
struct MatrixChoices {
    private let asked: AskedMatrix
    private let asking: [Due]
    private let reading: DueReading
    private let words: Words

    /// The most periods that a list offers, the newest first: twelve years of weeks.
    static let periodLimit = 624

    init(_ asked: AskedMatrix, _ dues: [Due], _ reading: DueReading, _ words: Words) {
        self.asked = asked
        asking = dues
        self.reading = reading
        self.words = words
    }

    var dues: Select {
        Select(
            name: "due", label: words["dues_due"], chosen: asked.due ?? "",
            options: [(value: "", label: words["dues_all"])]
                + reading.openDues.filter(reading.holds).map {
                    (value: $0.id, label: $0.name[words.language])
                })
    }

    var streaks: Select {
        Select(
            name: "streak", label: words["matrix_only"],
            chosen: asked.streak.map(String.init) ?? "",
            options: [(value: "", label: words["dues_all"])]
                + Self.streaksInOrder.map {
                    (
                        value: String($0),
                        label: words["matrix_streak", ["streak": String($0)]]
                    )
                })
    }

    /// The usual one first.
    private static var streaksInOrder: [Int] {
        [AskedMatrix.usualStreak] + AskedMatrix.streaks.filter { $0 != AskedMatrix.usualStreak }
    }

    /// The periods of the due that is looked at alone; of all of them, months.
    func periods(anchor: Day) -> Select {
        let periods = asked.due == nil ? months : periodsOfDue
        let chosen = asked.period == nil ? nil : periods.first { $0.contains(anchor) }
        return Select(
            name: "period", label: words["dues_period"], chosen: chosen?.text ?? "",
            options: [(value: "", label: words["matrix_now"])]
                + periods.map { (value: $0.text, label: $0.said(words)) })
    }

    private var months: [Period] {
        let first = asking.filter { !$0.ends }.flatMap { due in
            reading.places.flatMap { $0.catalogue.terms(of: due).map(\.from) }
        }.min()
        guard let first else { return [] }
        var months = [Due.Cycle.month.period(on: reading.today)]
        while months.count < Self.periodLimit, let last = months.last, first < last.from {
            months.append(Due.Cycle.month.period(on: last.from - 1))
        }
        return months
    }

    private var periodsOfDue: [Period] {
        var met: Set<String> = []
        return asking.filter { !$0.ends }.flatMap { due in
            reading.clocks(due).flatMap { clock in
                clock.windows(upTo: reading.today, count: Self.periodLimit)
            }
        }.map(\.period).filter { met.insert($0.text).inserted }
            .sorted { ($1.from, $1.text) < ($0.from, $0.text) }
    }
}
