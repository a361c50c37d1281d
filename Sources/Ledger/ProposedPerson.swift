import Accounts
import Core
import Organization
import Storage

/// Somebody who is missing among the persons, whom a writer asks to be added. It is no person yet:
/// nothing names them, and nobody but its writer and whoever adds persons reads it.
package struct ProposedPerson: Sendable {
    /// The identity of a proposal.
    package typealias ID = Core.ID<ProposedPerson>

    package let id: ID
    package let account: Account.ID
    package let unit: OrgUnit.ID
    package let name: String
    package let askedAt: Moment
    /// When it was not followed; nil while it waits.
    package let declinedAt: Moment?
    /// Why it was not followed.
    package let reason: String?

    /// The most of one account that wait.
    package static let perAccount = 20
    /// How long one is kept, as long as the draft that waits for it: thirty days.
    static let milliseconds: Int64 = 30 * 86_400_000

    static let nameField = "name"
    static let reasonField = "reason"

    init(_ row: Row, _ key: SecretKey) throws {
        id = try row.get("id")
        account = try row.get("account_id")
        unit = try row.get("unit_id")
        let said = try key.fields(sealed: row.get("said"), of: account.text)
        name = said[Self.nameField] ?? ""
        reason = said[Self.reasonField]
        askedAt = try row.get("asked_at")
        declinedAt = try row.optional("declined_at")
    }

    /// The day on which it goes by itself.
    package var lapsesOn: Day {
        Moment(milliseconds: (declinedAt ?? askedAt).milliseconds + Self.milliseconds).day
    }

    /// Whether it asks for the same person as a name in a unit.
    package func isFor(_ name: String, in unit: OrgUnit.ID) -> Bool {
        self.unit == unit && sortName(self.name) == sortName(name)
    }

    /// Why a text is nobody's name.
    package static func fault(ofName text: String) -> Wording? {
        let name: String
        do { name = try StructureText.read(text, "name") } catch { return error.words }
        if name.contains(where: \.isNumber) {
            return Wording(
                zh: "“\(name)”像是编号。申请增加人员，请填写姓名。",
                en: "“\(name)” looks like a number. Write the name of whom to add.")
        }
        guard name.count > 1 else {
            return Wording(
                zh: "“\(name)”不完整，请填写完整姓名。", en: "“\(name)” is no whole name: write all of it.")
        }
        return nil
    }
}

/// Every statement on proposals of persons. The name is sealed, as in the drafts beside it.
package struct ProposedPersonStore {
    private let db: Connection
    private let sealedKey: SecretKey

    package init(_ db: Connection, _ sealedKey: SecretKey) {
        self.db = db
        self.sealedKey = sealedKey
    }

    /// How many wait.
    package static func waitingCount(_ db: Connection) throws -> Int {
        try db.value(
            "SELECT COUNT(*) FROM person_proposal WHERE declined_at IS NULL", as: Int.self) ?? 0
    }

    /// Those that wait, the oldest first.
    package func waiting(limit: Int) throws -> [ProposedPerson] {
        try db.rows(
            """
            SELECT * FROM person_proposal WHERE declined_at IS NULL
            ORDER BY asked_at, id LIMIT \(limit)
            """
        ).map { try ProposedPerson($0, sealedKey) }
    }

    /// One that waits.
    package func find(_ id: ProposedPerson.ID) throws -> ProposedPerson? {
        try db.first(
            "SELECT * FROM person_proposal WHERE id = \(id) AND declined_at IS NULL"
        ).map { try ProposedPerson($0, sealedKey) }
    }

    /// Those of one account, declined ones included, the newest first.
    package func list(of account: Account.ID) throws -> [ProposedPerson] {
        try db.rows(
            """
            SELECT * FROM person_proposal WHERE account_id = \(account)
            ORDER BY asked_at DESC, id DESC LIMIT \(2 * ProposedPerson.perAccount)
            """
        ).map { try ProposedPerson($0, sealedKey) }
    }

    /// Asks for somebody once: who asked for them already, and waits, asks for nothing more.
    ///
    /// - Throws: `Refusal.conflict` when the account has as many as it may.
    package func propose(
        _ name: String, in unit: OrgUnit.ID, by account: Account.ID, at moment: Moment
    ) throws {
        let own = try list(of: account)
        let same = own.filter { $0.isFor(name, in: unit) }
        guard !same.contains(where: { $0.declinedAt == nil }) else { return }
        guard own.count(where: { $0.declinedAt == nil }) < ProposedPerson.perAccount else {
            throw Refusal.conflict(
                zh: "您已有\(ProposedPerson.perAccount)个增加人员的申请尚未办理，请等办理后再申请。",
                en: "\(ProposedPerson.perAccount) persons you asked for wait already: ask for "
                    + "more when they are dealt with.")
        }
        try delete(same.map(\.id.text))
        let name = Folding.identifier(name)
        let said = try sealedKey.seal(
            fields: [ProposedPerson.nameField: name], of: account.text)
        try db.execute(
            """
            INSERT INTO person_proposal (id, account_id, unit_id, said, asked_at)
            VALUES (\(ProposedPerson.ID.make()), \(account), \(unit), \(said), \(moment))
            """)
    }

    /// Keeps one with the reason why it was not followed, for its writer to read.
    package func decline(
        _ proposal: ProposedPerson, because reason: String, at moment: Moment
    ) throws {
        let said = try sealedKey.seal(
            fields: [
                ProposedPerson.nameField: proposal.name, ProposedPerson.reasonField: reason,
            ], of: proposal.account.text)
        try db.execute(
            """
            UPDATE person_proposal SET said = \(said), declined_at = \(moment)
            WHERE id = \(proposal.id)
            """)
    }

    /// Takes away what was followed: the person stands elsewhere now.
    package func delete(_ ids: [String]) throws {
        for some in ids.chunks(of: 500) {
            try db.execute("DELETE FROM person_proposal WHERE id IN (\(values: some))")
        }
    }
}

/// Proposals that may be about persons who are known: they go with those persons' data.
struct ProposedPersons: UnfinishedEntries {
    let db: Connection
    let key: SecretKey

    func naming(_ persons: [String], kinds: Set<String>?) throws -> [String] {
        guard kinds == nil else { return [] }
        var names: Set<String> = []
        for ids in persons.chunks(of: 500) {
            for row in try db.rows("SELECT sort_name FROM person WHERE id IN (\(values: ids))") {
                names.insert(try row.at(0))
            }
        }
        var found: [String] = []
        try db.each("SELECT * FROM person_proposal ORDER BY id") { row in
            let proposal = try ProposedPerson(row, key)
            if names.contains(sortName(proposal.name)) { found.append(proposal.id.text) }
        }
        return found
    }

    func about(_ records: [String]) throws -> [String] { [] }

    func files(of entries: [String]) throws -> [String] { [] }

    func delete(_ entries: [String]) throws {
        for some in entries.chunks(of: 500) {
            try db.execute("DELETE FROM person_proposal WHERE id IN (\(values: some))")
        }
    }
}

/// Deletes each night what nobody dealt with, and what was declined, after its time.
let proposedPersonsSweeper = Sweeper("person_proposal") { db, now in
    let oldest = Moment(milliseconds: now.milliseconds - ProposedPerson.milliseconds)
    return try db.execute(
        "DELETE FROM person_proposal WHERE COALESCE(declined_at, asked_at) <= \(oldest)")
}
