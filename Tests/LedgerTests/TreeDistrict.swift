import Core
import Foundation
import Ledger
import TestKit

/// A district of two streets and three communities where trees are planted, for texts as they
/// come: codes, days and numbers in every spelling.
enum TreeDistrict {
    static func with(
        _ engine: Engine = .sqlite, _ body: (TestDistrict) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "groundwork_\(UUID().uuidString)")
        let kinds = folder.appending(path: "kinds")
        try FileManager.default.createDirectory(at: kinds, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(kind.utf8).write(to: kinds.appending(path: "tree.yaml"))
        try await TestDistrict.with(engine, catalogue: [folder.path]) { test in
            try await test.accept(units, what: "units")
            try await test.accept(persons, what: "persons")
            try await body(test)
        }
    }

    static let units = """
        编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期
        D,试验区,district,,,,2010-01-01,
        S1,东街街道,street,D,D,,2010-01-01,
        S2,西街街道,street,D,D,,2010-01-01,
        C1,甲社区,community,S1,,,2010-01-01,
        C2,乙社区,community,S1,,,2010-01-01,
        C3,甲社区,community,S2,,,2010-01-01,
        """

    static let persons = """
        人员编号,姓名,单位
        P-1,王一,S1
        P-2,阿依古丽·买买提,S1
        P-3,李二,S1
        R-1,王䶮,S1
        """

    static let head = "日期,单位,棵数,树种,编号\n"
    static let row = "2015-03-01,S1,5,国槐,T-1\n"

    private static let kind = """
        tree_planting:
          name: {zh: 植树, en: Tree planting}
          visibility: public
          serves: []
          at: [street, community]
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
              register: cadre_assignment
        """
}

extension TestDistrict {
    /// Imports bytes as a file of trees, and answers the facts or what was said.
    func plant(_ bytes: [UInt8], what: String = "tree_planting") async throws -> [String] {
        let path = try file("\(UUID().uuidString).csv", bytes: bytes)
        do {
            switch try await district.importFile(path, what: what, by: Self.actor) {
            case .published, .recognized: return []
            case .refused(let faults):
                return faults.map { "\($0.row) \($0.fault.place): \($0.fault.words.zh)" }
            }
        } catch let refusal as Refusal {
            return refusal.faults.map { "\($0.place): \($0.words.zh)" }
        }
    }

    func plant(_ text: String, what: String = "tree_planting") async throws -> [String] {
        try await plant(Array(text.utf8), what: what)
    }
}
