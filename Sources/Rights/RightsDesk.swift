import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// What every verb of rights is given.
struct RightsDesk: Sendable {
    let district: District
    let accounts: Accounts
    let site: Site
    let folder: RightsFolder

    /// Somebody who asks about himself: who acts, and whose data he may see.
    struct Asker: Sendable {
        let actor: Actor
        let subject: DataSubject
        /// Set while a verified contact reads.
        let visit: VerifiedContact?
    }

    /// Who asks about himself: the account that is signed in, or the contact whose visit lasts.
    func asker(_ request: Request, _ context: AppContext, _ db: Connection) throws -> Asker? {
        if let account = context.reader.account {
            let person = try db.value(
                "SELECT person_id FROM account WHERE id = \(account)", as: String.self)
            let subject = DataSubject(
                persons: try person.map { try DataSubject.entries(of: $0, db) } ?? [],
                account: account)
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

    /// The identities of the units whose requests the reader answers.
    ///
    /// What he may do is read here once more, so that a right taken away while his request was
    /// under way is gone. Who answers for the whole district does so for units that are no more.
    func units(_ context: AppContext, _ db: Connection) throws -> Set<String> {
        let today = district.now().day
        guard let id = context.reader.account.flatMap({ Account.ID($0) }),
            let account = try AccountStore(db).find(id), accounts.isWelcome(account)
        else { throw Refusal.notFound }
        let access = try accounts.access(of: account, on: today, db)
        let structure = try district.structure(db)
        if let root = structure.root(on: today), access.units(.rights).contains(root.unit.text) {
            return Set(structure.versions.keys.map(\.text))
        }
        return Set(structure.units(.rights, access, on: today).map(\.unit.text))
    }

    /// The unit at which a subject's requests are answered: that of the record he proved to be
    /// his, else his own, else the whole district.
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

    /// The page of somebody's own data is kept by no cache.
    func unkept(_ response: Response) -> Response {
        var response = response
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

/// The cookie of a verified contact's visit.
enum ContactCookie {
    static func name(_ site: Site) -> String {
        site.isBehindProxy ? "__Host-contact" : "contact"
    }

    static func given(_ secret: String, _ site: Site) -> Cookie {
        Cookie(
            name: name(site), value: secret, maxAge: Limit.visitMinutes * 60, path: "/",
            secure: site.isBehindProxy, httpOnly: true, sameSite: .lax)
    }

    static func gone(_ site: Site) -> Cookie {
        Cookie(
            name: name(site), value: "", maxAge: 0, path: "/", secure: site.isBehindProxy,
            httpOnly: true, sameSite: .lax)
    }
}

/// Where the pages of rights are. Each address is written in the route table and here.
extension Address {
    static let myData = Address("my", "data")
    static let myCopy = Address("my", "data", "copy")
    static let myRequests = Address("my", "data", "requests")
    static let myConsents = Address("my", "data", "consents")
    static let myLeave = Address("my", "data", "leave")
    static let registerEntries = Address("register")

    static let rightsRequests = Address("rights", "requests")
    static let rightsContacts = Address("rights", "contacts")
    static let rightsIntake = Address("rights", "intake")
    static let rightsDisclosures = Address("rights", "disclosures")
    static let rightsRetention = Address("rights", "retention")

    static func contact(_ secret: String) -> Address { Address("contact", secret) }
    static func rightsRequest(_ id: RightsRequest.ID) -> Address {
        Address("rights", "requests", id.text)
    }
    static func rightsSteps(_ id: RightsRequest.ID) -> Address {
        Address("rights", "requests", id.text, "steps")
    }
    static func rightsLifting(_ id: RightsRequest.ID) -> Address {
        Address("rights", "requests", id.text, "lifting")
    }
}
