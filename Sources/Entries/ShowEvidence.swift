import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /records/:id/evidence/:evidence. For anyone who may read internal records in the unit of the
/// record, asked anew on every download: files can name persons, so they are never public, and
/// those of sealed records come with the records alone.
struct ShowEvidence: Sendable {
    let desk: EntryServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        let evidence = try context.id("evidence", of: Evidence.self)
        let district = desk.district
        let file = try await district.database.read { db in
            let reader = try desk.accounts.acting(context, db)
            guard
                let record = try RecordStore(db: db).find(
                    id, in: district.scope(of: reader.access, district.structure(db))),
                reader.may(.read, in: record.unit) || reader.may(.write, in: record.unit),
                let found = try EvidenceStore(db: db).find(evidence, of: id)
            else { throw Refusal.notFound }
            return KeptFile(
                id: found.id, name: found.fileName, mediaType: found.mediaType, size: found.size,
                digest: found.digest)
        }
        return try answer(file)
    }

    /// GET /confirmations/:id/evidence/:evidence. For the writer and who may confirm.
    @Sendable func waiting(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: PendingEntry.self)
        let evidence = try context.id("evidence", of: Evidence.self)
        let file = try await desk.district.database.read { db in
            let reader = try desk.accounts.acting(context, db)
            guard let waiting = try desk.waiting(db).find(id),
                try SecondPerson(reader, desk.app, db).mayOpen(desk.proposal(waiting)),
                let file = try desk.waiting(db).files(id).first(where: {
                    $0.id == evidence
                })
            else { throw Refusal.notFound }
            return file
        }
        return try answer(file)
    }

    /// The types a browser may show by itself; everything else is saved.
    private static let shown: Set<String> = ["image/jpeg", "image/png"]
    private static let types = shown.union(["application/pdf", "text/plain"])

    private func answer(_ file: KeptFile) throws -> Response {
        let read = try Work.count { try desk.folder.read(file.id, digest: file.digest) }
        guard let bytes = read else { throw Refusal.notFound }
        let type = Self.types.contains(file.mediaType) ? file.mediaType : "application/octet-stream"
        return desk.site.download(
            bytes, as: type == "text/plain" ? "text/plain; charset=utf-8" : type, named: file.name,
            isShown: Self.shown.contains(file.mediaType))
    }
}
