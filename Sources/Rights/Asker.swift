import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// Somebody who asks about themselves: who acts, and whose data they may see.
struct Asker: Sendable {
    let actor: Actor
    let subject: DataSubject
    /// Set while a verified contact reads.
    let visit: VerifiedContact?
}

extension Services {
    /// Who asks about themselves: the account that is signed in, or the contact whose visit lasts.
    func asker(_ request: Request, _ context: AppContext, _ db: Connection) throws -> Asker? {
        if let account = context.reader.account {
            let person = try db.value(
                "SELECT person_id FROM account WHERE id = \(account)", as: String.self)
            let subject = DataSubject(
                persons: try person.map { try DataSubject.entries(of: $0, db) } ?? [],
                account: account.text)
            return Asker(actor: context.actor, subject: subject, visit: nil)
        }
        guard let secret = request.cookie(ContactCookie.name(site)),
            let contact = try VerifiedContactStore(db, key: district.key)
                .visitor(secret, at: district.now())
        else { return nil }
        return Asker(
            actor: Actor(name: contact.id, standing: .visitor),
            subject: try DataSubject(contact, db), visit: contact)
    }

    /// The same, in a read of its own; who is neither is refused.
    func requireAsker(_ request: Request, _ context: AppContext) async throws -> Asker {
        guard
            let asker = try await district.database.read({ try asker(request, context, $0) })
        else { throw Refusal.notFound }
        return asker
    }

    /// The units whose requests the reader answers.
    ///
    /// Who answers for the whole district does so for units that are no more.
    func units(_ context: AppContext, _ db: Connection) throws -> Set<OrgUnit.ID> {
        units(of: try accounts.acting(context, db))
    }

    /// The same for whoever acts, where that is known already.
    func units(of acting: ActingAccount) -> Set<OrgUnit.ID> {
        let structure = acting.structure
        if let root = structure.root(on: acting.today),
            acting.access.units(.rights).contains(root.unit)
        {
            return Set(structure.versions.keys)
        }
        return Set(structure.units(.rights, acting.access, on: acting.today).map(\.unit))
    }

    /// The unit at which a subject's requests are answered: that of the record they proved to be
    /// theirs, else their own, else the whole district.
    func unit(of subject: DataSubject, _ db: Connection) throws -> OrgUnit.ID {
        let today = district.now().day
        let structure = try district.structure(db)
        let found = try db.value(
            """
            SELECT unit_id FROM record WHERE id IN (\(values: subject.records.prefix(1)))
            """, as: OrgUnit.ID.self)
        let own = try db.value(
            "SELECT unit_id FROM person WHERE id IN (\(values: subject.persons.prefix(1)))",
            as: OrgUnit.ID.self)
        if let unit = found ?? own, structure.version(unit, on: today) != nil { return unit }
        return try district.rootUnit(on: today, db)
    }
}
