import Core
import Ledger
import Storage

extension Uploads {
    /// Discards uploads that nobody touched for a week, and removes every file that no upload keeps
    /// any longer. For the work of each night, and safe at any time.
    ///
    /// - Returns: how many uploads were discarded.
    @discardableResult
    package func sweep() async throws -> Int {
        let now = district.now()
        let since = Moment(
            milliseconds: now.milliseconds - Int64(UploadLimits.keptDays) * 86_400_000)
        let key = district.key
        let gone = try await database.write { db in
            let uploads = UploadStore(db: db)
            let stale = try uploads.stale(since: since, limit: UploadLimits.sweptAtOnce)
            return try stale.filter { upload in
                guard try uploads.discard(upload, at: now) else { return false }
                try Audit(db, key: key).record(
                    "upload.swept", upload.id.text, by: Self.retention, at: now, quietly: true)
                return true
            }
        }
        for upload in gone { folder.remove(upload.id) }
        let known = folder.list()
        let kept = try await database.read { db in
            var kept: Set<String> = []
            for start in stride(from: 0, to: known.count, by: UploadLimits.sweptAtOnce) {
                let ids = known[start...].prefix(UploadLimits.sweptAtOnce).map(\.id.text)
                kept.formUnion(try UploadStore(db: db).kept(among: ids))
            }
            return kept
        }
        let recently = Moment.now().milliseconds - UploadLimits.straySeconds * 1_000
        for (id, at) in known where !kept.contains(id.text) {
            // A file that is being taken in has no row yet.
            let isNamed = try await database.read { try UploadStore(db: $0).knows(id) }
            if isNamed || at.milliseconds < recently { folder.remove(id) }
        }
        return gone.count
    }

    /// Removes what lies in the folder of an upload whose file is no longer kept.
    func sweepStray(_ id: Upload.ID) async throws {
        let kept = try await database.read { try UploadStore(db: $0).kept(among: [id.text]) }
        if kept.isEmpty { folder.remove(id) }
    }

    /// Who discards what is too old.
    private static let retention = Actor(name: "retention", standing: .system)
}
