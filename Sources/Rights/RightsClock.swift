import Catalogue
import Core

/// By when a request is answered: working days by the calendar of the catalogue.
struct RightsClock {
    private let catalogue: Catalogue

    /// The promise where no rule is in force.
    static let workingDays = 15

    init(_ catalogue: Catalogue) { self.catalogue = catalogue }

    func dueOn(askedOn day: Day) -> Day {
        let days =
            catalogue.rule("personal_data.answer_days", on: day)?.value ?? Self.workingDays
        return catalogue.calendar.lastDay(ofTerm: days, after: day)
    }
}
