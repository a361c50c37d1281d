import Core
import Foundation
import Organization
import Storage

/// Somebody who can sign in.
package struct Account: Sendable {
    package typealias ID = AccountID

    package let id: ID
    /// What they type to sign in; folded, so that case and width make no second account.
    package let signIn: String
    /// What the pages call them.
    package let name: String
    package let person: Person.ID?
    package let office: Office?
    /// Made by the demonstration, and good nowhere else.
    package let isDemonstration: Bool
    package let createdAt: Moment
    package let isDisabled: Bool
    package let password: String?
    package let oneTimeSecret: String?
    package let oneTimeStep: Int
    /// Whether they must set up codes when they sign in next, because theirs were taken away.
    package let mustEnrol: Bool

    package var actor: Actor { Actor(name: id.text, standing: .account) }

    package init(_ row: Row) throws {
        id = try row.get("id")
        signIn = try row.get("sign_in")
        name = try row.get("name")
        person = try row.optional("person_id")
        office = try row.optional("office", as: String.self).flatMap(Office.init)
        isDemonstration = try row.get("is_demonstration", as: Int.self) == 1
        createdAt = try row.get("created_at")
        isDisabled = try row.optional("disabled_at", as: Moment.self) != nil
        password = try row.optional("password")
        oneTimeSecret = try row.optional("one_time_secret")
        oneTimeStep = try row.get("one_time_step")
        mustEnrol = try row.get("must_enrol", as: Int.self) == 1
    }

    /// The most characters of a sign-in name, and of a name.
    package static let nameCharacters = 40

    /// A sign-in name as it is kept, or what is wrong with it.
    package static func folded(_ text: String) throws(Refusal) -> String {
        let text = try Refusal.cleaned(text, at: "name")
        let name = Folding.letters(Folding.letters(text).lowercased()).filter { !$0.isWhitespace }
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil
                || "._-".contains(
                    Character($0))
        }
        guard (2...nameCharacters).contains(name.count), isPlain else {
            throw .invalid(
                "name", zh: "登录名为2至\(nameCharacters)个字母、汉字、数字或 . _ -。",
                en: "2 to \(nameCharacters) letters, digits or . _ - make a sign-in name.")
        }
        return name
    }
}

/// Every statement on accounts.
package struct AccountStore {
    private let db: Connection
    var connection: Connection { db }

    package init(_ db: Connection) { self.db = db }

    /// What of an account somebody may not change by hand: who signs in, as whom, and with what.
    package static let marked = MarkedTable(
        "account",
        [
            "sign_in", "name", "person_id", "office", "is_demonstration", "disabled_at",
            "password", "one_time_secret", "must_enrol",
        ])

    private func seal(_ id: Account.ID) throws { try db.seal(Self.marked, where: "id = \(id)") }

    package func find(_ id: Account.ID) throws -> Account? {
        try db.first("SELECT * FROM account WHERE id = \(id)").map(Account.init)
    }

    package func find(signIn: String) throws -> Account? {
        try db.first("SELECT * FROM account WHERE sign_in = \(signIn)").map(Account.init)
    }

    /// What the pages call some actors; who is no account is left out.
    package func names(_ ids: some Sequence<String>) throws -> [String: String] {
        var names: [String: String] = [:]
        for row in try db.rows(
            "SELECT id, name FROM account WHERE id IN (\(values: Set(ids).sorted()))")
        {
            names[try row.at(0)] = try row.at(1, as: String.self)
        }
        return names
    }

    /// Whether somebody came into an account, and may come again without a new address: it has a
    /// password, a link to a provider or a session.
    package func isOpened(_ id: Account.ID) throws -> Bool {
        try db.value(
            """
            SELECT 1 FROM account AS a WHERE a.id = \(id) AND (a.password IS NOT NULL
                OR EXISTS (SELECT 1 FROM account_identity AS i WHERE i.account_id = a.id)
                OR EXISTS (SELECT 1 FROM session AS s WHERE s.account_id = a.id))
            """, as: Int.self) != nil
    }

    package func person(of account: Account.ID) throws -> Person.ID? {
        try db.value("SELECT person_id FROM account WHERE id = \(account)", as: Person.ID.self)
    }

    /// Accounts in the order of their names, from one on.
    package func list(after signIn: String = "", limit: Int) throws -> [Account] {
        try db.rows(
            """
            SELECT * FROM account WHERE sign_in > \(signIn) ORDER BY sign_in LIMIT \(limit)
            """
        ).map(Account.init)
    }

    package func insert(
        _ id: Account.ID, signIn: String, name: String, person: Person.ID?, office: Office?,
        isDemonstration: Bool, at moment: Moment, by actor: Actor
    ) throws {
        try db.execute(
            """
            INSERT INTO account (id, sign_in, name, person_id, office, holds_office,
                is_demonstration, created_at, created_by)
            VALUES (\(id), \(signIn), \(name), \(person), \(office?.rawValue),
                \(office == nil ? 0 : 1), \(isDemonstration ? 1 : 0), \(moment), \(actor.name))
            """)
        try seal(id)
    }

    package func setPassword(_ text: String, of id: Account.ID, at moment: Moment) throws {
        try db.execute(
            """
            UPDATE account SET password = \(text), password_at = \(moment) WHERE id = \(id)
            """)
        try seal(id)
    }

    /// Keeps the same password in another form; false when it was changed meanwhile.
    func replacePassword(_ old: String, with kept: String, of id: Account.ID) throws -> Bool {
        let isKept =
            try db.execute(
                """
                UPDATE account SET password = \(kept) WHERE id = \(id) AND password = \(old)
                """) == 1
        if isKept { try seal(id) }
        return isKept
    }

    package func setOneTimeSecret(_ text: String?, of id: Account.ID) throws {
        try db.execute(
            """
            UPDATE account SET one_time_secret = \(text), one_time_step = 0, must_enrol = 0
            WHERE id = \(id)
            """)
        try seal(id)
    }

    /// Lets an account in no more before it has set up codes.
    func demandCodes(of id: Account.ID) throws {
        try db.execute("UPDATE account SET must_enrol = 1 WHERE id = \(id)")
        try seal(id)
    }

    /// Keeps the step of a code that was used; false when that step or a later one was before.
    package func useStep(_ step: Int, of id: Account.ID) throws -> Bool {
        try db.execute(
            """
            UPDATE account SET one_time_step = \(step)
            WHERE id = \(id) AND one_time_step < \(step)
            """) == 1
    }

    package func disable(_ id: Account.ID, at moment: Moment) throws {
        try db.execute(
            """
            UPDATE account SET disabled_at = \(moment) WHERE id = \(id) AND disabled_at IS NULL
            """)
        try seal(id)
    }

    package func enable(_ id: Account.ID) throws {
        try db.execute("UPDATE account SET disabled_at = NULL WHERE id = \(id)")
        try seal(id)
    }

    package func setPerson(_ person: Person.ID?, of id: Account.ID) throws {
        try db.execute("UPDATE account SET person_id = \(person) WHERE id = \(id)")
        try seal(id)
    }

    package func setRecoveryCodes(_ macs: [String], of id: Account.ID) throws {
        try db.execute("DELETE FROM recovery_code WHERE account_id = \(id)")
        try db.insert(
            into: "recovery_code", ["account_id", "code_mark"],
            macs.map { [id.storageValue, .text($0)] })
    }

    /// Uses a recovery code up; false when there is none such or it was used.
    package func useRecoveryCode(_ mac: String, of id: Account.ID, at moment: Moment) throws
        -> Bool
    {
        try db.execute(
            """
            UPDATE recovery_code SET used_at = \(moment)
            WHERE account_id = \(id) AND code_mark = \(mac) AND used_at IS NULL
            """) == 1
    }

    package func recoveryCodesLeft(_ id: Account.ID) throws -> Int {
        try db.value(
            """
            SELECT COUNT(*) FROM recovery_code WHERE account_id = \(id) AND used_at IS NULL
            """, as: Int.self) ?? 0
    }
}
