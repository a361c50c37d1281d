import Accounts
import Core
import Figures
import Ledger
import Requests
import Storage
import Web

/// What requests come to for everybody, and what waits in each unit for those who work there.
package func requestBoards(
    _ requests: Requests, _ figures: Figures, _ accounts: Accounts
) -> Feature {
    Feature(
        name: "request_boards",
        navigation: [
            Destination("nav_request_board", .figures, path: Address.requestBoard.text)
        ],
        templates: .module,
        pages: [RequestBoardPage.self, UnitBoardPage.self],
        routes: { router, site in
            router.get(
                "requests/board", needs: .everybody,
                use: ShowRequestBoard(requests: requests, figures: figures, site: site).handle)
            let app = Services(requests.district, accounts, site)
            router.get(
                "cases/board", needs: .right(.read), use: ShowUnitBoard(app: app).handle)
        })
}

/// The order in which what waits is counted.
package let requestBoardsData = DataDeclaration(migrations: requestBoardsMigrations)

/// An index on what is open, by the unit that answers for it: the boards are read along it alone.
package let requestBoardsMigrations = [
    Migration(id: "2026-11-30-case-board") { _ in
        """
        CREATE INDEX case_state_board
            ON case_state (owner_id, procedure, kind, stage, opened_at, unit_id, closed_at)
            WHERE closed_at IS NULL;
        """
    }
]

extension Address {
    static let requestBoard = Address("requests", "board")
    static let unitBoard = Address("cases", "board")
}
