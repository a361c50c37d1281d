import Core
import Organization
import Storage

/// 三员分立 by person as well as by account: who holds an office is one known person, and has no
/// other account ([decision 0015](docs/decisions/0015-offices-are-given-on-the-machine.md)).
extension AccountStore {
    /// The other accounts of a person, under any entry that was found to be the same one.
    package func accounts(of person: Person.ID, beside id: Account.ID?) throws -> [Account] {
        try connection.rows(
            """
            WITH standing AS (
                SELECT j.from_person, j.to_person FROM person_join AS j
                WHERE j.undoes IS NULL
                    AND NOT EXISTS (SELECT 1 FROM person_join AS n WHERE n.undoes = j.id)),
            main AS (
                SELECT COALESCE(
                    (SELECT MIN(s.to_person) FROM standing AS s WHERE s.from_person = \(person)),
                    \(person)) AS person_id)
            SELECT a.* FROM account AS a
            WHERE a.id <> \(id?.text ?? "")
                AND (a.person_id IN (SELECT m.person_id FROM main AS m)
                    OR a.person_id IN (SELECT s.from_person FROM standing AS s
                        JOIN main AS m ON m.person_id = s.to_person))
            ORDER BY a.sign_in LIMIT \(Grant.perAccount)
            """
        ).map(Account.init)
    }

    /// Refuses an office without a person, a person who has an office already, an office to
    /// somebody with another account, and a second open account of anybody.
    ///
    /// - Throws: `Refusal.invalid` beside the field “person”.
    package func requireSeparation(
        _ person: Person.ID?, office: Office?, beside id: Account.ID?
    ) throws {
        guard let person else {
            guard office == nil else {
                throw Refusal.invalid(
                    "person", zh: "管理员账号必须关联到人员，请填写人员编号。",
                    en: "An administrator is a known person: give the number of the person.")
            }
            return
        }
        let others = try accounts(of: person, beside: id)
        if let officer = others.first(where: { $0.office != nil }) {
            let name = officer.signIn
            throw Refusal.invalid(
                "person", zh: "此人已以账号“\(name)”担任管理员，不能再有其他账号。",
                en: "This person is an administrator as “\(name)”, and has no other account.")
        }
        if office != nil, let other = others.first {
            throw Refusal.invalid(
                "person", zh: "此人已有账号“\(other.signIn)”，不能兼任管理员。",
                en: "This person has the account “\(other.signIn)”, and cannot hold an office too.")
        }
        // A post brings its role to every account of its holder: a second one would act as them.
        if let other = others.first(where: { !$0.isDisabled }) {
            throw Refusal.invalid(
                "person", zh: "此人已有账号“\(other.signIn)”，请先停用。",
                en: "This person has the account “\(other.signIn)”: disable that one first.")
        }
    }

    /// Refuses that two entries become one person who would hold an office beside another account.
    ///
    /// - Throws: `Refusal.invalid` beside the field “into”.
    package func requireJoinable(_ person: Person.ID, into other: Person.ID) throws {
        let all = try accounts(of: person, beside: nil) + accounts(of: other, beside: nil)
        guard all.count > 1, let officer = all.first(where: { $0.office != nil }) else { return }
        throw Refusal.invalid(
            "into",
            zh: """
                其中一人以账号“\(officer.signIn)”担任管理员，合并后此人另有账号；\
                管理员不能有其他账号。
                """,
            en: """
                One of them is an administrator as “\(officer.signIn)” and would have another \
                account, which no administrator has.
                """)
    }
}

extension Accounts {
    /// Links an account to a person, or to nobody. An address that was made for it before would
    /// lead to the rights of another person now, and ends.
    ///
    /// - Throws: `Refusal.invalid` beside the field “person” when that may not be; who holds an
    ///   office stays who they are.
    package func setPerson(
        _ person: Person.ID?, of account: Account, by actor: Actor, _ db: Connection
    ) throws {
        guard account.office == nil || account.person == nil else {
            throw Refusal.invalid(
                "person", zh: "管理员账号所属人员不能更换；请停用后另设账号。",
                en: "An administrator's person stays: disable the account and make another one.")
        }
        let store = AccountStore(db)
        try store.requireSeparation(person, office: account.office, beside: account.id)
        try store.setPerson(person, of: account.id)
        if person != nil, person != account.person {
            try AccessKeyStore(db).endAll(of: account.id)
            try ReadingKeyStore(db).endAll(of: account.id)
        }
        try Audit(db, key: key).record(
            "account.person_set", account.id.text, by: actor, at: now(), quietly: true)
    }
}
