import Core
import Foundation
import TestKit

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
