import Accounts
import Core
import Ledger
import Organization
import Storage
import Web

/// The numbers beside writing and confirming in the header: what was sent back, and what waits for
/// one's word.
struct EntryBadges: Sendable {
    let district: District
    let accounts: Accounts

    private func waiting(_ db: Connection) -> PendingEntryStore {
        PendingEntryStore(db, district.sealedKey, district.key)
    }

    @Sendable func sentBack(_ reader: Reader, _ db: Connection) throws -> Int {
        try reader.account.map { try waiting(db).countSentBack(to: $0.text) } ?? 0
    }

    @Sendable func toConfirm(_ reader: Reader, _ db: Connection) throws -> Int {
        try accounts.acting(reader, db).map { try countConfirmable($0, db) } ?? 0
    }

    /// Counted no further than a page shows. Whoever wrote it under whatever account of theirs does
    /// not confirm it.
    func countConfirmable(_ acting: ActingAccount, _ db: Connection) throws -> Int {
        let store = AccountStore(db)
        var own: Set<String> = [acting.account.text]
        if let person = try store.person(of: acting.account) {
            own.formUnion(
                try store.accounts(of: person, beside: acting.account).map(\.id.text))
        }
        return try waiting(db).count(
            excluding: own,
            below: acting.structure.heads(acting.access.units(.confirm), on: acting.today),
            kinds: acting.kinds(district.catalogue), on: acting.today, limit: Limits.rowsPerPage)
    }
}
