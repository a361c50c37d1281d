import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Web

/// GET /units/:code?on=DAY. For everybody: the unit that has this code on a day, where it stands,
/// where it came from, and what was recorded there.
struct ShowUnit: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let code = try context.word("code")
        let on = try Query(request).day("on")
        return try await board.show(context) { snapshot in
            let day = on ?? snapshot.today
            let meanings = snapshot.structure.history(code: code)
            guard
                let version = snapshot.structure.unit(code: code, on: day)
                    ?? meanings.first(where: { $0.from <= day }) ?? meanings.last
            else { throw Refusal.notFound }
            return BoardSheet(
                page: try UnitPage(version, on: day, meanings: meanings, snapshot),
                trail: [Link(snapshot.words["nav_units"], .units)]
                    + UnitPage.trail(to: version, on: day, snapshot),
                alsoReads: UnitPage.kindsListed(snapshot.catalogue))
        }
    }
}
