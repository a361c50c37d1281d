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

    /// The entry that waits, as far as its rights are concerned, and what is at stake in it.
    func atStake(_ waiting: PendingEntry, _ entry: Entry?, _ db: Connection) throws -> [Role] {
        if let entry {
            return try district.rolesAtStake(entry, correcting: waiting.corrects, db)
        }
        var step = Entry(kind: waiting.kind, unit: waiting.unit, happenedOn: waiting.happenedOn)
        step.reverses = waiting.reverses
        return try district.rolesAtStake(step, db)
    }

    /// Whether somebody stands high enough above what waits to warrant the rights at stake in it.
    func mayWarrant(
        _ roles: [Role], _ waiting: PendingEntry, _ second: ActingAccount, _ db: Connection
    ) throws -> Bool {
        guard !roles.isEmpty else { return true }
        var units: Set<OrgUnit.ID> = [waiting.unit]
        if let old = waiting.about, let record = try RecordStore(db: db).find(old, in: .everything)
        {
            units.insert(record.unit)
        }
        return units.allSatisfy {
            district.mayWarrant(roles, in: $0, second.access, second.structure)
        }
    }
}
