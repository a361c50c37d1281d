import Core
import Foundation

/// A district of two streets and three communities that plants trees, on a clock of its own.
package enum TreeDistrict {
    /// Noon of 29 November 2026 in the district.
    package static let today = Moment(milliseconds: 1_795_924_800_000)

    /// Runs the body with the district, its units and persons.
    ///
    /// - Parameter isFounded: whether its units and persons are there already.
    package static func with(
        _ engine: Engine = .sqlite, now: @escaping @Sendable () -> Moment = { TreeDistrict.today },
        isFounded: Bool = true, _ body: (TestDistrict) async throws -> Void
    ) async throws {
        try await OwnFolder.with(files) { folder in
            try await TestDistrict.with(engine, catalogue: [folder], now: now) { test in
                if isFounded {
                    try await test.accept(units, what: "units")
                    try await test.accept(persons, what: "persons")
                }
                try await body(test)
            }
        }
    }

    package static let unitHead = "编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期\n"

    /// Two communities have the same name.
    package static let units =
        unitHead + """
            D,试验区,district,,,,2010-01-01,
            S1,东街街道,street,D,D,,2010-01-01,
            S2,西街街道,street,D,D,,2010-01-01,
            C1,甲社区,community,S1,,,2010-01-01,
            C2,乙社区,community,S1,,,2010-01-01,
            C3,甲社区,community,S2,,,2010-01-01,

            """

    package static let persons = """
        人员编号,姓名,单位
        P-1,王一,S1
        P-2,阿依古丽·买买提,S1
        P-3,李二,S1
        R-1,王䶮,S1

        """

    package static let head = "日期,单位,棵数,树种,编号\n"
    package static let row = "2015-03-01,S1,5,国槐,T-1\n"

    /// What the district adds to the catalogue.
    package static let files = [
        "kinds/trees.yaml": """
        tree_planting:
          name: {zh: 植树, en: Tree planting}
          visibility: public
          serves: []
          at: [district, street, community]
          measures:
            trees: {label: {zh: 棵数, en: Trees}, unit: piece, required: true}
            area: {label: {zh: 面积, en: Area}, unit: dm2, required: false}
            cost: {label: {zh: 花费, en: Cost}, unit: fen, required: false}
          fields:
            species: {type: text, label: {zh: 树种, en: Species}, required: false}
            watered: {type: flag, label: {zh: 已浇水, en: Watered}, required: false}
          persons:
            planter:
              label: {zh: 植树人, en: Planter}
              required: false
              many: true
              register: lecturer_of_record
        nursery:
          name: {zh: 苗圃, en: Nursery}
          visibility: public
          shape: standing
          serves: []
          at: [community]

        """,
        "indicators/trees.yaml": """
        tree.sum:
          {name: {zh: 试, en: Trial}, from: tree_planting,
          value: sum(trees), unit: 个}
        tree.count:
          {name: {zh: 试, en: Trial}, from: tree_planting,
          value: count, unit: 次}
        tree.communities:
          name: {zh: 试, en: Trial}
          from: tree_planting
          value: distinct(units)
          level: community
          units: now
          unit: 个
        tree.share:
          name: {zh: 试, en: Trial}
          from: tree_planting
          value: sum(trees)
          per: [community]
          having: {at_least: 1}
          unit: "%"
          qualifier: share
        nursery.count:
          {name: {zh: 试, en: Trial}, from: nursery, when: in_force, value: count, unit: 个}
        nursery.communities:
          name: {zh: 试, en: Trial}
          from: units
          forms: [community]
          value: count
          had: [{kind: nursery, by: unit, on: asked}]
          unit: 个

        """,
    ]
}
