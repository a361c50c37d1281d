import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Web

/// GET /records/:id. For everybody, where the kind is public: one record with its history, and
/// never a name of a person.
struct ShowRecord: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        return try await board.show(context) { snapshot in
            let records = RecordStore(db: snapshot.db)
            guard let record = try records.find(id, in: snapshot.district.publicScope),
                let kind = snapshot.catalogue.kinds[record.kind]
            else { throw Refusal.notFound }
            let page = RecordPage(
                record, kind, persons: try records.persons(of: id),
                subjects: try records.subjects(of: id), history: try records.history(id),
                snapshot)
            return BoardSheet(
                page: page,
                trail: [
                    Link(snapshot.words["nav_kinds"], .kinds),
                    Link(kind.name[snapshot.language], .kind(kind.id)),
                ])
        }
    }
}
