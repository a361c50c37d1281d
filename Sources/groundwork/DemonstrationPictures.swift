import Accounts
import Core
import Foundation
import Ledger

/// Pictures of the demonstration: drawn ones, of nobody, each with a record and released.
enum DemonstrationPictures {
    /// Adds those that a folder lists as `kind,number,file`, each with a small one beside it; a
    /// record that has files is left as it is.
    static func add(
        from folder: String, to district: District, _ evidence: EvidenceFolder
    ) async throws {
        guard let list = FileManager.default.contents(atPath: folder + "/list.csv") else { return }
        for line in String(decoding: list, as: UTF8.self).split(separator: "\n").dropFirst() {
            let parts = line.split(separator: ",").map(String.init)
            guard parts.count == 3 else { continue }
            let record = try await district.database.read { db -> Record.ID? in
                guard let id = try RecordStore(db: db).find(kind: parts[0], ref: parts[1]),
                    try EvidenceStore(db: db).list(id).isEmpty
                else { return nil }
                return id
            }
            guard let record,
                let small = FileManager.default.contents(
                    atPath: "\(folder)/\(parts[2]).small.jpg")
            else { continue }
            let file = try EvidenceFile(path: "\(folder)/\(parts[2]).jpg")
            let kept = try evidence.keep([file])
            try await district.database.write { db in
                let (actor, moment) = (Actor.command(), district.now())
                let audit = Audit(db, key: district.key)
                for one in kept {
                    let digest = try EvidenceStore(db: db).add(
                        one, to: record, by: actor, at: moment)
                    try audit.record(
                        "evidence.added", one.id.text, by: actor, at: moment, evidence: digest)
                    try ReleasedPictureStore(db: db).insert(
                        .make(), of: one.id, thumbnail: Array(small), by: actor, at: moment)
                    try audit.record("picture.released", one.id.text, by: actor, at: moment)
                }
            }
        }
    }
}
