import Core
import Organization
import Web

/// What appointments are called on pages.
struct VisitSays {
    let words: Words
    let visits: Visits
    private let structure: Structure

    init(_ words: Words, _ visits: Visits, _ structure: Structure) {
        (self.words, self.visits, self.structure) = (words, visits, structure)
    }

    func form(_ slot: VisitSlot) -> String {
        visits.form(slot.form)?.name[words.language] ?? slot.form
    }

    /// The service, or what it is for in the words of whoever offers it.
    func purpose(_ slot: VisitSlot) -> String? {
        slot.service.flatMap { visits.services[$0] }?.name[words.language] ?? slot.purpose
    }

    func unit(_ id: OrgUnit.ID) -> String {
        structure.nearestVersion(id, on: visits.today)?.name ?? ""
    }

    func day(_ day: Day) -> String {
        words[
            "calendar_day",
            ["day": day.description, "weekday": words["weekday_\(day.weekday)"]]]
    }

    func when(_ slot: VisitSlot) -> String { "\(day(slot.day)) \(slot.time)" }

    func state(_ booking: VisitBooking) -> String { words["visit_state_\(booking.state.rawValue)"] }
}
