import Core
import Foundation
import Ledger
import TestKit

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
