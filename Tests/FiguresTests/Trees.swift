import Core
import Figures
import Foundation
import TestKit

/// A district of two streets and three communities that plants trees, on a clock of its own.
enum Trees {
    /// Noon of 29 November 2026 in the district.
    static let today = Moment(milliseconds: 1_795_924_800_000)

    static func with(
        _ engine: Engine, now: @escaping @Sendable () -> Moment = { Trees.today },
        _ body: (TestDistrict) async throws -> Void
    ) async throws {
        try await OwnFolder.with(files) { folder in
            try await TestDistrict.with(engine, catalogue: [folder], now: now) { district in
                try await district.accept(units, what: "units")
                try await body(district)
            }
        }
    }

    private static let units = """
        编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期
        D,试验区,district,,,,2010-01-01,
        S1,东街街道,street,D,D,,2010-01-01,
        S2,西街街道,street,D,D,,2010-01-01,
        C1,甲社区,community,S1,,,2010-01-01,
        C2,乙社区,community,S1,,,2010-01-01,
        C3,丙社区,community,S2,,,2010-01-01,

        """

    private static let files = [
        "kinds/trees.yaml": """
        tree_planting:
          name: {zh: 植树, en: Tree planting}
          visibility: public
          measures:
            trees: {label: {zh: 棵数, en: Trees}, unit: piece, required: true}
        nursery:
          name: {zh: 苗圃, en: Nursery}
          visibility: public
          shape: standing
          at: [community]

        """,
        "indicators/trees.yaml": """
        tree.sum:
          {name: {zh: 试, en: Trial}, from: tree_planting, value: sum(trees), unit: 个}
        tree.count: {name: {zh: 试, en: Trial}, from: tree_planting, value: count, unit: 次}
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

extension TestDistrict {
    /// Trees planted: day, unit and number of each.
    func plant(_ rows: String...) async throws {
        let lines = rows.map { "\($0),\(UUID().uuidString)" }
        try await accept(
            (["日期,单位,棵数,编号"] + lines).joined(separator: "\n") + "\n", what: "tree_planting")
    }

    /// One reorganization: action, predecessor, successor, its name, form and parent, and basis.
    @discardableResult
    func change(_ code: String, _ day: String, _ rows: String...) async throws -> String {
        try await change(code, day, rows)
    }

    @discardableResult
    func change(_ code: String, _ day: String, _ rows: [String]) async throws -> String {
        let head = "批次,名称,文号,生效日期,类型,前身编码,后继编码,后继名称,后继形式,领土上级,依据\n"
        return try await accept(
            head + rows.map { "\(code),调整,试文\(code)号,\(day),\($0)\n" }.joined(),
            what: "reorganizations")
    }
}
