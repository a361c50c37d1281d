import Catalogue
import Core
import Figures
import Web

/// Which weeks, months, units or standing things were due, and which met what was asked.
struct MembersPart: Sendable {
    let summary: String
    let hasVerdict: Bool
    let memberRows: [Row]
    /// Each of them against the limit, where it is a number.
    let frame: ChartFrame?
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
        frame = MembersPart.frame(part.members, listing)
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

    /// Fewer members than this are no picture, and more than that a cloud.
    static let drawn = 8...400

    /// Nil where nothing is to be reached, and where it is not units that are to reach it.
    private static func frame(_ members: [Trace.Member], _ listing: Listing) -> ChartFrame? {
        let (indicator, snapshot) = (listing.indicator, listing.snapshot)
        guard case .atLeast(let threshold) = indicator.having, drawn.contains(members.count),
            indicator.per.count == 1, case .form = indicator.per[0]
        else { return nil }
        let limit: Int
        switch threshold {
        case .number(let number): limit = number
        case .rule(let id):
            let day = listing.question.period.lastDay
            guard let rule = snapshot.catalogue.rule(id, on: day) else { return nil }
            limit = rule.value
        case .text: return nil
        }
        let most = max(members.map(\.value).max() ?? 0, limit)
        guard limit > 0, most > limit else { return nil }
        let words = snapshot.words
        let unit = snapshot.catalogue.measureUnit(of: indicator)
        func said(_ value: Int) -> String {
            unit.map { Amount(value: value, unit: $0).text(words.language) } ?? value.grouped
        }
        let size = unit.map { $0.written.factor / $0.factor } ?? 1
        let chart = DotsChart(
            title: words["members_title"],
            dots: members.map {
                DotsChart.Dot(
                    $0.value, "\(name($0, indicator, words)) \(said($0.value))", isMet: $0.isMet)
            },
            axis: ColumnChart.ticks(to: most) { words.short($0, per: size) },
            limit: (value: limit, label: words["members_limit", ["value": said(limit)]]))
        let met = members.filter(\.isMet).count
        let near = members.filter { !$0.isMet && $0.value * 10 >= limit * 9 }.count
        return ChartFrame(
            "members",
            finding: words[
                "members_finding",
                [
                    "met": met.grouped, "short": (members.count - met).grouped,
                    "near": near.grouped,
                ]],
            what: words[
                "members_what",
                [
                    "figure": indicator.name[words.language],
                    "period": listing.question.period.words(today: snapshot.today)[words.language],
                ]],
            chart.drawings, snapshot.takeAway, words)
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
