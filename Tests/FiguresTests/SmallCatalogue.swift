import Foundation
import Storage
import TestKit

/// A catalogue of a few kinds, with one indicator for each shape of the language of figures, and
/// the small district to ask them in.
enum SmallCatalogue {
    /// Runs the body with the small district and this catalogue behind the project's own.
    static func with(
        _ engine: Engine, _ body: (TestDistrict) async throws -> Void
    ) async throws {
        try await OwnFolder.with(files) { folder in
            try await TestDistrict.with(engine, catalogue: [folder]) { district in
                try await district.foundSmallDistrict()
                try await body(district)
            }
        }
    }

    private static let files = [
        "kinds/small.yaml": kinds,
        "indicators/small.yaml": indicators.map { id, definition in
            "\(id): {name: {zh: 试, en: Trial}, \(definition)}\n"
        }.joined(),
        "rules/first.yaml": rule(value: 30, "from: 2015-01-01, until: 2015-03-02"),
        "rules/second.yaml": rule(value: 40, "from: 2015-03-02, until: 2015-05-01"),
    ]

    private static func rule(value: Int, _ days: String) -> String {
        """
        visit.length:
          {name: {zh: 时长, en: Length}, value: \(value), unit: minute, \(days),
          source: {zh: 试, en: Trial}}

        """
    }

    private static let kinds = """
        visit:
          name: {zh: 走访, en: Visit}
          place: {label: {zh: 地点, en: Where}, at: [community, grid]}
          measures:
            minutes: {label: {zh: 时长, en: Minutes}, unit: minute}
          fields:
            weight:
              type: choice
              ordered: true
              label: {zh: 轻重, en: Weight}
              options: {low: {zh: 轻, en: low}, middle: {zh: 中, en: mid}, high: {zh: 重, en: high}}
            theme: {type: text, label: {zh: 主题, en: Theme}}
          persons:
            visitor: {label: {zh: 走访人, en: Visitor}, many: true, register: lecturer_of_record}
          subjects:
            matter: {label: {zh: 事项, en: Matter}, many: true}
        settled:
          name: {zh: 办结, en: Settled}
          subjects: {matter: {label: {zh: 事项, en: Matter}}}
        silence:
          name: {zh: 未曾记录, en: Never recorded}
        duty:
          name: {zh: 值守, en: Duty}
          shape: standing
          fields:
            rank:
              type: choice
              ordered: true
              label: {zh: 职级, en: Rank}
              options: {staff: {zh: 职员, en: Staff}, leader: {zh: 领导, en: Leader}}
          persons:
            holder: {label: {zh: 值守人, en: Holder}, register: party_member}
          subjects: {matter: {label: {zh: 事项, en: Matter}}}
        house:
          name: {zh: 用房, en: House}
          shape: standing
          measures: {area: {label: {zh: 面积, en: Area}, unit: dm2}}
        works:
          name: {zh: 工程, en: Works}
          measures:
            before: {label: {zh: 原面积, en: Before}, unit: dm2}
            after: {label: {zh: 现面积, en: After}, unit: dm2}

        """

    private static let indicators: KeyValuePairs = [
        "visit.count": "from: visit, value: count, unit: 次",
        "visit.minutes": "from: visit, value: sum(minutes), unit: 分钟",
        "visit.hours":
            "from: visit, value: sum(minutes), scale: hour, unit: 小时, qualifier: over, step: 10",
        "visit.longest": "from: visit, value: max(minutes), unit: 分钟",
        "visit.persons": "from: visit, value: distinct(persons), unit: 人",
        "visit.matters": "from: visit, value: distinct(subjects), subject: matter, unit: 件",
        "visit.themes": "from: visit, value: distinct(theme), unit: 种",
        "visit.weighty": "from: visit, value: count, where: {weight: {at_least: middle}}, unit: 次",
        "visit.beyond": "from: visit, value: count, where: {weight: {more_than: middle}}, unit: 次",
        "visit.light": "from: visit, value: count, where: {weight: {at_most: middle}}, unit: 次",
        "visit.lightest":
            "from: visit, value: count, where: {weight: {less_than: middle}}, unit: 次",
        "visit.short":
            "from: visit, value: count, where: {minutes: {at_most: rule(visit.length)}}, unit: 次",
        "visit.shorter": "from: visit, value: count, where: {minutes: {less_than: 30}}, unit: 次",
        "visit.quiet_grids":
            "from: visit, value: count, per: [grid], having: {at_most: 1}, \(share)",
        "visit.quieter_grids":
            "from: visit, value: count, per: [grid], having: {less_than: 1}, \(share)",
        "visit.within_rule":
            "from: visit, value: sum(minutes), per: [grid],"
            + " having: {at_most: rule(visit.length)}, \(share)",
        "visit.by_weight": "from: visit, value: sum(minutes), by: weight, unit: 分钟",
        "visit.matters_by_weight":
            "from: visit, value: distinct(subjects), subject: matter, by: weight, unit: 件",
        "visit.share_by_weight":
            "from: visit, value: count, by: weight, over: visit.count, \(share)",
        "visit.by_rule":
            "from: visit, value: count, where: {minutes: {at_least: rule(visit.length)}}, unit: 次",
        "visit.themed": "from: visit, value: count, where: {theme: {set: true}}, unit: 次",
        "visit.unthemed": "from: visit, value: count, where: {theme: {set: false}}, unit: 次",
        "visit.streak": "from: visit, value: streak, unit: 天, qualifier: streak",
        "visit.communities": "from: visit, value: distinct(units), level: community, unit: 个",
        "visit.places": "from: visit, value: distinct(places), level: community, unit: 个",
        "visit.places_now":
            "from: visit, value: distinct(places), level: community, units: now, unit: 个",
        "visit.at_place": "from: visit, at: place, value: count, unit: 次",
        "visit.settled":
            "from: visit, value: count, followed_by: {kind: settled, link: matter}, unit: 件",
        "visit.taken_up":
            "from: visit, value: count, unit: 件,"
            + " followed_by: {kind: settled, link: matter, day: first}",
        "visit.by_leaders": "from: visit, value: distinct(persons), unit: 人, had: [\(leader)]",
        "visit.leaders_came": "from: visit, value: count, unit: 次, had: [\(leader)]",
        "visit.by_todays_leaders":
            "from: visit, value: distinct(persons), unit: 人,"
            + " had: [{kind: duty, role: holder, where: {rank: {is: leader}}, on: asked}]",
        "visit.by_others": "from: visit, value: distinct(persons), unit: 人, had_not: [\(leader)]",
        "visit.watched_units":
            "from: visit, value: count, unit: 次, had: [{kind: duty, by: unit, on: record}]",
        "visit.watched_matters":
            "from: visit, value: count, unit: 次,"
            + " had: [{kind: duty, by: subject, subject: matter, on: record}]",
        "visit.grid_share":
            "from: visit, value: count, per: [grid], having: {at_least: 2}, \(share)",
        "visit.grid_share_present":
            "from: visit, value: count, per: [grid], having: {at_least: 2}, only: present,"
            + " \(share)",
        "visit.grid_number":
            "from: visit, value: count, per: [grid], having: {at_least: 2}, as: count, unit: 个",
        "visit.weekly":
            "from: visit, value: count, per: [week], having: {at_least: 1}, \(share)",
        "visit.grid_months":
            "from: visit, value: sum(minutes), per: [grid, month],"
            + " having: {at_least: 1 hour}, \(share)",
        "visit.monthly_kept":
            "from: visit, value: count, per: [{standing: duty, subject: matter}, month],"
            + " having: {at_least: 1}, \(share)",
        "visit.duty_months":
            "from: visit, value: count, per: [{standing: duty}, month],"
            + " having: {at_least: 1}, \(share)",
        "visit.each":
            "from: visit, value: sum(minutes), per: [record], as: each, unit: 分钟,"
            + " qualifier: each, check: {sum: visit.minutes}",
        "visit.each_grid":
            "from: visit, value: count, per: [grid], as: each, unit: 次, qualifier: each",
        "visit.share":
            "from: visit, value: count, where: {weight: {is: high}}, over: visit.count,"
            + " part: true, \(share)",
        "visit.no_part": "from: settled, value: count, over: visit.count, part: true, \(share)",
        "visit.first":
            "from: visit, value: pick, unit: 家, qualifier: first,"
            + " pick: {earliest: visit, within: district, then: lies_in_unit}",
        "silence.count": "from: silence, value: count, unit: 次",
        "duty.holders": "from: duty, when: in_force, value: distinct(persons), unit: 人",
        "duty.count": "from: duty, when: in_force, value: count, unit: 个",
        "duty.started": "from: duty, when: started, value: count, unit: 个",
        "house.largest":
            "from: house, when: in_force, value: pick, scale: square_meter, unit: 平方米,"
            + " pick: {largest: sum(area), within: community, then: value}",
        "house.largest_any":
            "from: house, when: in_force, value: pick, scale: square_meter, unit: 平方米,"
            + " pick: {largest: sum(area), within: community, tie: all, then: value}",
        "house.growth":
            "from: house, when: in_force, value: pick, unit: 倍, qualifier: multiple,"
            + " pick: {largest: sum(area), within: community,"
            + " then: {from: works, divide: [after, before]}}",
        "rule.length": "from: rule, value: rule(visit.length), unit: 分钟",
        "units.communities": "from: units, forms: [community], value: count, unit: 个",
        "units.founded": "from: units, forms: [community], when: started, value: count, unit: 个",
    ]

    private static let share = "unit: \"%\", qualifier: share"
    private static let leader =
        "{kind: duty, by: person, role: holder, where: {rank: {is: leader}}, on: record}"
}
