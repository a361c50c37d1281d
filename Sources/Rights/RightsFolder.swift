import Core
import Foundation
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

    /// Removes every file whose row was blanked: a stop between commit and removal leaves one.
    func removeBlanked(_ database: Database) async throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: evidence)) ?? []
        for ids in names.sorted().chunks(of: 500) {
            let blank = try await database.read { db in
                try db.rows(
                    """
                    SELECT id FROM evidence WHERE file_name = '' AND id IN (\(values: ids))
                    """
                ).map { try $0.at(0, as: String.self) }
            }
            remove(evidence: blank)
        }
    }
}
