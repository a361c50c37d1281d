import Catalogue
import Core
import Figures
import Web

/// Which weeks, months, units or standing things were due, and which met what was asked.
struct MembersPart: Sendable {
    let summary: String
    let hasVerdict: Bool
    let memberRows: [Row]
    let memberMore: String?

    struct Row: Sendable {
        let name: String
        let amount: String
        let verdict: String
        let tag: String
    }

    /// The most members of one table.
    static let limit = 100

    /// Nil when there are no members, or when they are not for everybody to see.
    init?(_ listing: Listing) {
        let indicator = listing.indicator
        guard let part = listing.trace.parts.first, !part.members.isEmpty,
            indicator.per != [.record], listing.openness == .records,
            !listing.snapshot.catalogue.protects(indicator)
        else { return nil }
        let words = listing.snapshot.words
        let unit = listing.snapshot.catalogue.measureUnit(of: indicator)
        let met = part.members.filter(\.isMet).count
        hasVerdict = indicator.having != nil
        summary =
            words[
                hasVerdict ? "members_met" : "members_all",
                ["met": met.grouped, "all": part.members.count.grouped]]
        memberRows = part.members.prefix(Self.limit).map { member in
            Row(
                name: MembersPart.name(member, indicator, words),
                amount: unit.map { Amount(value: member.value, unit: $0).text(words.language) }
                    ?? member.value.grouped,
                verdict: words[member.isMet ? "member_met" : "member_not_met"],
                tag: member.isMet ? "tag-good" : "tag-warn")
        }
        memberMore =
            words.more(of: part.members.count, shown: Self.limit)
    }

    private static func name(
        _ member: Trace.Member, _ indicator: Indicator, _ words: Words
    ) -> String {
        zip(indicator.per, member.names).map { per, name in
            switch per {
            case .week: words["member_week", ["day": name]]
            case .month: Period(name)?.words[words.language] ?? name
            case .form, .record, .standing: name
            }
        }.joined(separator: " · ")
    }
}
