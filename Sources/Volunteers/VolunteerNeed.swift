import Core
import Ledger
import Organization
import Storage

/// What a unit needs hands for: what, where, when, and how many.
struct VolunteerNeed: Sendable {
    typealias ID = Core.ID<VolunteerNeed>

    let id: ID
    let unit: OrgUnit.ID
    let title: String
    let place: String
    let skill: Skill
    let heldOn: Day
    let startsAt: Minute
    /// How long it is expected to take.
    let minutes: Int
    let hands: Int
    /// Why it was called off; nil while it stands.
    var endedFor: String?

    /// Whether hands are still looked for.
    func isOpen(on day: Day) -> Bool { endedFor == nil && heldOn >= day }

    /// At what times of the week it lies.
    var time: OfferTime {
        if heldOn.weekday > 5 { return .weekend }
        return startsAt.number >= OfferTime.eveningFrom ? .evening : .weekday
    }
}

extension VolunteerNeed {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), unit: try row.get("unit_id"), title: try row.get("title"),
            place: try row.get("place"),
            skill: Skill(rawValue: try row.get("skill")) ?? .any, heldOn: try row.get("held_on"),
            startsAt: try row.get("starts_at"), minutes: try row.get("minutes"),
            hands: try row.get("hands"), endedFor: try row.optional("ended_for"))
    }
}

/// What somebody can do. Those that need a certificate or a course say so in their words.
enum Skill: String, Sendable, CaseIterable {
    case any, repair, power, culture, teaching, company, cleaning, guidance
}

/// When somebody has time.
enum OfferTime: String, Sendable, CaseIterable {
    case weekday, evening, weekend

    /// From here on a minute of the day is evening.
    static let eveningFrom = 18 * 60
}
