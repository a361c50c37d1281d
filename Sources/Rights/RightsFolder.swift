import Core
import Foundation
import Ledger
import Storage

/// Where the files lie that rights and retention touch, beside the database.
package struct RightsFolder: Sendable {
    /// The folder of evidence, one file for each row.
    let evidence: String
    /// The file that remembers erasures.
    let erasures: String

    package init(evidence: String, erasures: String) {
        self.evidence = evidence
        self.erasures = erasures
    }

    /// Removes files of evidence; those that are gone already are no fault.
    func remove(evidence ids: [String]) {
        for id in ids where ID<Erasure>(id) != nil {
            try? FileManager.default.removeItem(atPath: evidence + "/" + id)
        }
    }

    /// Removes every file whose row was blanked, for a stop between commit and removal leaves one,
    /// and every old file that no row names: a form that was never finished left it behind.
    ///
    /// A young file stays: its form may still come, and a backup restored by mistake knows nothing
    /// of the newest files.
    func removeUnnamed(_ district: District, at moment: Moment) async throws {
        let tables = district.declared.flatMap(\.files)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: evidence)) ?? []
        for ids in names.sorted().chunks(of: 500) {
            let (blank, named) = try await district.database.read { db in
                func found(_ sql: SQL) throws -> [String] {
                    try db.rows(sql).map { try $0.at(0, as: String.self) }
                }
                return (
                    try found(
                        """
                        SELECT id FROM evidence WHERE file_name = '' AND id IN (\(values: ids))
                        """),
                    try tables.flatMap { table in
                        try found(
                            "SELECT id FROM \(name: table) WHERE id IN (\(values: ids))")
                    }
                )
            }
            let unnamed = Set(ids).subtracting(named).filter { isOld($0, at: moment) }
            remove(evidence: blank + unnamed)
        }
    }

    private func isOld(_ name: String, at moment: Moment) -> Bool {
        let path = evidence + "/" + name
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let written = attributes?[.modificationDate] as? Date else { return false }
        let seconds = Int64(written.timeIntervalSince1970)
        return moment.milliseconds / 1_000 - seconds > RightsLimits.unnamedFileSeconds
    }
}
