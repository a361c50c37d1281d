import Catalogue
import Core
import Figures
import Hummingbird
import Organization
import Web

/// GET /compare?figure=ID&…&of=CODE&level=FORM&unit=CODE&…&period=P&by=month&structure=then&sort=N.
/// For everybody: several figures of several units over several periods, in one table that is
/// read at once, and with `as=csv` or `as=xlsx` as a file. Nothing but its address says what is
/// asked, so that it can be sent on.
struct Compare: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let asked = try AskedTable(query)
        let catalogue = board.figures.district.catalogue
        let isProtected =
            asked.figures.isEmpty
            || asked.figures.compactMap { catalogue.indicators[$0] }
                .contains { catalogue.protects($0) }
        let access = isProtected && context.reader.account != nil ? context.reader.access : nil
        if let form = try TableFile.Form(query) {
            return try await board.download(
                context, as: form, plainly: "compare", for: access
            ) { try ComparePage.file(asked, $0) }
        }
        return try await board.show(context, for: access) { snapshot in
            BoardSheet(
                page: try ComparePage(asked, snapshot),
                trail: [Link(snapshot.words["nav_figures"], .figures)], alsoReads: [])
        }
    }
}
