import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /confirmations. For anyone who may confirm: what waits for their word, the longest waiting
/// first.
struct ListConfirmations: Sendable {
    let desk: EntryServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = desk.site.words(context)
        let keyset = try Keyset(Query(request), parts: 1)
        let page = try await desk.district.database.read { db in
            let acting = try desk.accounts.acting(context, db)
            let second = SecondPerson(acting, desk.app, db)
            let found = try desk.confirmable(
                acting, db, after: keyset.after, limit: keyset.fetch)
            let (list, next) = keyset.cut(found) { [$0.id.text] }
            var writers: [String: ActingAccount] = [:]
            for account in Set(list.map(\.account)) {
                writers[account] = try desk.accounts.acting(Account.ID(trusted: account), db)
            }
            let orphans = try list.filter { [writers] in
                try second.isOrphan(desk.proposal($0), writer: writers[$0.account])
            }
            return ConfirmationsPage(
                list, orphans: Set(orphans.map(\.id)),
                names: try AccountStore(db).names(list.map(\.account)),
                pager: keyset.pager(next: next, at: context.address), desk.district.catalogue,
                acting, words)
        }
        return desk.site.show(page, context, trail: desk.trail(words))
    }
}

extension EntryServices {
    /// How many entries wait for somebody's word, counted no further than a page shows.
    func countConfirmable(_ acting: ActingAccount, _ db: Connection) throws -> Int {
        try EntryBadges(district: district, accounts: accounts).countConfirmable(acting, db)
    }

    /// What waits for somebody's word, the longest waiting first.
    func confirmable(
        _ acting: ActingAccount, _ db: Connection, after: Cursor? = nil, limit: Int
    ) throws -> [PendingEntry] {
        try waiting(db).list(
            excluding: SecondPerson(acting, app, db).ownAccounts(),
            below: acting.structure.heads(acting.access.units(.confirm), on: acting.today),
            kinds: acting.kinds(district.catalogue), on: acting.today, after: after, limit: limit)
    }
}
