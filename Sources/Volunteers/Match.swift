import Core
import Organization
import Storage

/// An offer that fits a need, and why. The rule is plain and printed on the page: the area must be
/// the same or one within the other; skill and time come beside it. Nothing else is looked at,
/// least of all how much somebody did before.
struct Match: Sendable {
    enum Reason: String, Sendable, CaseIterable { case unit, area, skill, time }

    let person: Person.ID
    let reasons: [Reason]

    /// Who could be asked, the better reasons first, then who offered first.
    static func all(
        for need: VolunteerNeed, _ structure: Structure, on day: Day, _ db: Connection
    ) throws -> [Match] {
        let above = structure.path(to: need.unit, .territory, on: day).map(\.unit)
        let heads = structure.heads([need.unit], on: day)
        let offers = try OfferStore(db).open(
            in: """
                \(ReachRow.below(heads, on: day))
                UNION SELECT u.id FROM org_unit u WHERE u.id IN (\(values: above))
                """)
        let known = Set(try SignUpStore(db).list(of: need.id).map(\.person))
        let matches = offers.filter { !known.contains($0.person) }.map { offer in
            Match(person: offer.person, reasons: reasons(offer, need))
        }
        let ordered = matches.enumerated().sorted {
            ($1.element.reasons.count, $0.offset) < ($0.element.reasons.count, $1.offset)
        }
        return ordered.prefix(VolunteerLimits.matches).map(\.element)
    }

    /// Why an offer of the same area fits.
    static func reasons(_ offer: VolunteerOffer, _ need: VolunteerNeed) -> [Reason] {
        var reasons: [Reason] = [offer.unit == need.unit ? .unit : .area]
        if need.skill == .any || offer.skills.contains(need.skill) { reasons.append(.skill) }
        if offer.times.contains(need.time) { reasons.append(.time) }
        return reasons
    }
}
