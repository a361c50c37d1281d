import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// What every verb on volunteers is given.
struct VolunteerDesk: Sendable {
    let app: Services
    let kinds: VolunteerKinds
    let keys: CertificateKeys

    init(_ district: District, _ accounts: Accounts, _ site: Site, _ keys: CertificateKeys) {
        app = Services(district, accounts, site)
        kinds = VolunteerKinds(district.catalogue)
        self.keys = keys
    }

    var site: Site { app.site }
    var district: District { app.district }

    func trail(_ words: Words) -> [Link] { [Link(words["nav_volunteers"], .volunteers)] }

    /// A need that is there.
    func find(_ id: VolunteerNeed.ID, _ db: Connection) throws -> VolunteerNeed {
        guard let need = try NeedStore(db).find(id) else { throw Refusal.notFound }
        return need
    }

    /// A need that somebody organizes, else it is not there for them.
    func findOwn(
        _ id: VolunteerNeed.ID, _ acting: ActingAccount, _ db: Connection
    ) throws -> VolunteerNeed {
        let need = try find(id, db)
        guard acting.may(.write, in: need.unit) else { throw Refusal.notFound }
        return need
    }

    /// The person whose account this is, and their other entries.
    ///
    /// - Throws: `Refusal.conflict` for an account that belongs to no person of the list.
    func person(
        of account: Account.ID, _ db: Connection
    ) throws -> (main: Person.ID, all: [Person.ID]) {
        guard let person = try AccountStore(db).person(of: account) else {
            throw Refusal.conflict(
                zh: "您的账号没有对应的人员，不能报名。请联系系统管理员关联人员编号。",
                en: "Your account belongs to no person of the list, so it cannot sign up. Ask "
                    + "the system administrator to connect it.")
        }
        return (person, try PersonStore(db: db).entries(of: person))
    }

    /// The same where there may be none.
    func entries(of account: Account.ID?, _ db: Connection) throws -> [Person.ID] {
        guard let account, let person = try AccountStore(db).person(of: account) else { return [] }
        return try PersonStore(db: db).entries(of: person)
    }

    /// The units for which somebody may state needs: those where hours can be recorded.
    func offices(_ acting: ActingAccount) -> [UnitVersion] {
        guard let deed = kinds.deed else { return [] }
        return Array(
            acting.units(for: deed).sorted { ($0.code, $0.name) < ($1.code, $1.name) }
                .prefix(VolunteerLimits.listed))
    }

    func unitName(_ unit: OrgUnit.ID, _ structure: Structure) -> String {
        structure.nearestVersion(unit, on: app.today)?.name ?? "–"
    }

    /// Tells a person by their accounts.
    func tell(
        _ person: Person.ID, _ event: Message.Event, at address: Address, _ acting: ActingAccount,
        _ db: Connection
    ) throws {
        for account in try SignUpStore(db).accounts(of: person) {
            try Outbox(db).put(event, to: account, at: address, by: acting.actor, acting.moment)
        }
    }

    func note(
        _ action: String, _ subject: String, _ acting: ActingAccount, _ db: Connection
    ) throws {
        try app.audit(db).record(
            action, subject, by: acting.actor, at: acting.moment, quietly: true)
    }
}

extension Message.Event {
    static let volunteerInvited = Message.Event("volunteer_invited")
    static let volunteerMovedUp = Message.Event("volunteer_moved_up")
    static let volunteerHours = Message.Event("volunteer_hours")
    static let volunteerEnded = Message.Event("volunteer_ended")
}

extension VolunteerNeed {
    /// The day with its minute, as the pages print it.
    var when: String { heldOn.written(startsAt) }
}
