import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Web

/// GET /records/:id. For everybody, where the kind is public: one record with its history, and
/// never a name of a person. Who is signed in also sees internal records of their units, the files
/// that came with a record, and what they may do with it.
struct ShowRecord: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        let access = context.reader.account == nil ? nil : context.reader.access
        return try await board.show(context, for: access) { snapshot in
            let district = snapshot.district
            let scope =
                access.map { district.scope(of: $0, snapshot.structure) } ?? district.publicScope
            return try sheet(id, snapshot, scope, access)
        }
    }

    private func sheet(
        _ id: Record.ID, _ snapshot: Snapshot, _ scope: Scope, _ access: Access?
    ) throws -> BoardSheet<RecordPage> {
        let records = RecordStore(db: snapshot.db)
        guard let record = try records.find(id, in: scope),
            let kind = snapshot.catalogue.kinds[record.kind]
        else { throw Refusal.notFound }
        let work = try access.map { try RecordWork(record, kind, $0, snapshot) }
        let (history, madeRoom) = (try records.history(id), try records.reversal(before: record))
        let (reasons, hasOpened) = try self.reasons(
            of: [record] + history + [madeRoom].compactMap { $0 }, kind,
            opens: work?.opens == true, snapshot)
        let content = RecordPage.Content(
            persons: try records.persons(of: id), subjects: try records.subjects(of: id),
            history: history,
            pictures: try ReleasedPictureStore(db: snapshot.db)
                .list(of: id, in: snapshot.district.pictureScope),
            correction: try records.correction(of: id), madeRoom: madeRoom,
            reasons: reasons)
        let page = RecordPage(record, kind, content, work: work, snapshot)
        return BoardSheet(
            page: page,
            trail: [
                Link(snapshot.words["nav_kinds"], .kinds),
                Link(kind.name[snapshot.language], .kind(kind.id)),
            ],
            isKept: page.work?.kept == nil && !hasOpened)
    }

    /// Why each of some records was written, as far as the reader may know, and whether any was
    /// opened for them.
    private func reasons(
        of records: [Record], _ kind: Kind, opens: Bool, _ snapshot: Snapshot
    ) throws -> (reasons: [Record.ID: String], hasOpened: Bool) {
        let store = RecordStore(db: snapshot.db)
        var reasons: [Record.ID: String] = [:]
        var hasOpened = false
        for record in records {
            let reason = try store.reason(
                of: record, kind, opens: opens, snapshot.district.sealedKey)
            if case .opened = reason { hasOpened = true }
            reasons[record.id] = reason?.text(snapshot.words)
        }
        return (reasons, hasOpened)
    }
}
