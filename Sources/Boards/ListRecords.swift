import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /kinds/:kind/records. For everybody, where the kind is public and names nobody; for others,
/// whoever may read the records of a unit: those below it. Page by page, by unit, period and what
/// the fields say, and as a file; one of records that are not public asks for its purpose.
struct ListRecords: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let (kind, access) = try await board.listed(context)
        let asked = AskedRecords(kind, query)
        if let form = try TableFile.Form(query) {
            guard kind.isListed else {
                return board.site.redirect(
                    to: context.address.moved(to: .copies(of: kind.id)))
            }
            return try await board.download(context, as: form, plainly: kind.id) { snapshot in
                try snapshot.table(asked, in: try snapshot.listScope(kind, access))
            }
        }
        let keyset = try Keyset(query, parts: 2)
        do {
            return try await board.show(context, for: access) { snapshot in
                BoardSheet(
                    page: try RecordsPage(
                        asked, keyset, in: try snapshot.listScope(kind, access), snapshot),
                    trail: ListRecords.trail(kind, snapshot.words), alsoReads: [kind.id])
            }
        } catch let wrong as Misasked {
            return board.site.show(
                wrong.page, context, trail: Self.trail(kind, board.site.words(context)),
                status: .unprocessableContent)
        }
    }

    static func trail(_ kind: Kind, _ words: Words) -> [Link] {
        [Link(words["nav_kinds"], .kinds), Link(kind.name[words.language], .kind(kind.id))]
    }
}

extension Board {
    /// The kind of an address whose records the reader may list, and what they may do where that
    /// makes a difference.
    ///
    /// - Throws: `Refusal.notFound` for any other.
    func listed(_ context: AppContext) async throws -> (kind: Kind, access: Access?) {
        let district = figures.district
        guard let kind = district.catalogue.kinds[try context.word("kind")] else {
            throw Refusal.notFound
        }
        if kind.isListed { return (kind, nil) }
        let access = context.reader.account == nil ? nil : context.reader.access
        let structure = try await district.structure()
        guard district.listScope(kind, of: access, structure) != nil else {
            throw Refusal.notFound
        }
        return (kind, access)
    }
}

extension Snapshot {
    /// Whose records of the kind the reader may list.
    func listScope(_ kind: Kind, _ access: Access?) throws(Refusal) -> Scope {
        guard let scope = district.listScope(kind, of: access, structure) else {
            throw .notFound
        }
        return scope
    }

    /// The list as a table to take away.
    ///
    /// - Throws: `Refusal.invalid` where something is wrong with what was asked.
    func table(_ asked: AskedRecords, in scope: Scope) throws -> TableFile {
        let understood = asked.understood(self)
        guard understood.faults.isEmpty else { throw Refusal.invalid(understood.faults) }
        let columns = asked.columns(words)
        let list = RecordList(
            asked.list(understood, in: scope), asOf: reading.position, db)
        let limit = Limits.tableRows + 1
        let named =
            columns.contains(where: \.isNamed)
            ? try NamedInRecords(of: list, limit: limit, db) : NamedInRecords()
        var table = TableFile(
            asked.kind.name[language],
            [
                .day(words["trace_day"]), .text(words["units_code"]),
                .text(words["trace_unit"]),
            ] + columns.map { $0.tableColumn(words) } + [.text(words["records_address"])])
        try list.each(limit: limit) { record in
            let cells = RecordCells(record: record, named: named, snapshot: self)
            let unit = cells.unit()
            try table.add(
                [.day(record.happenedOn), .optional(unit.code), .text(unit.name)]
                    + columns.map(cells.cell) + [.text(Address.record(record.id).text)])
        }
        return table
    }
}
