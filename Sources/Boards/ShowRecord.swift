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
        let content = RecordPage.Content(
            persons: try records.persons(of: id), subjects: try records.subjects(of: id),
            history: try records.history(id), correction: try records.correction(of: id),
            madeRoom: try records.reversal(before: record))
        let page = RecordPage(
            record, kind, content,
            work: try access.map { try RecordWork(record, kind, $0, snapshot) }, snapshot)
        return BoardSheet(
            page: page,
            trail: [
                Link(snapshot.words["nav_kinds"], .kinds),
                Link(kind.name[snapshot.language], .kind(kind.id)),
            ],
            isKept: page.work?.kept == nil)
    }
}
