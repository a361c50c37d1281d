import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage

/// What an entry gives or takes by a post: it waits for somebody who holds those rights higher up,
/// whether or not its kind asks for a second person.
extension EntryServices {
    /// Whether an entry waits. To give up a post of one's own is anybody's, at once.
    func waits(
        _ entry: Entry, _ kind: Kind, correcting old: Record.ID? = nil, _ writer: ActingAccount,
        _ db: Connection
    ) throws -> Bool {
        if kind.isConfirmed { return true }
        guard try !district.rolesAtStake(entry, correcting: old, db).isEmpty else { return false }
        guard old == nil, let target = entry.ends ?? entry.reverses else { return true }
        let records = RecordStore(db: db)
        guard let post = try records.find(target, in: .everything), post.ends == nil else {
            return true
        }
        return try district.ownPost(
            post.fields, records.persons(of: target), post.kind, of: writer.account, db) == nil
    }
}
