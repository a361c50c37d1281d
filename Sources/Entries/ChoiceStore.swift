import Core
import Ledger
import Organization
import Storage

/// Every statement on what somebody chose last: the unit they wrote in, and their choices there.
struct ChoiceStore {
    private let db: Connection
    private let account: String

    /// The most units and kinds of one account that are remembered.
    static let perAccount = 300

    init(_ db: Connection, of account: String) {
        self.db = db
        self.account = account
    }

    /// The unit in which they wrote an entry of a kind last, with what they chose.
    func newest(_ kind: String) throws -> (unit: OrgUnit.ID, said: [String: String])? {
        try db.first(
            """
            SELECT unit_id, said FROM entry_choice
            WHERE account_id = \(account) AND kind = \(kind) ORDER BY used_at DESC LIMIT 1
            """
        ).map { (try $0.at(0), Record.fields(try $0.at(1))) }
    }

    /// What they chose in one unit.
    func find(_ kind: String, in unit: OrgUnit.ID) throws -> [String: String]? {
        try db.first(
            """
            SELECT said FROM entry_choice
            WHERE account_id = \(account) AND kind = \(kind) AND unit_id = \(unit)
            """
        ).map { Record.fields(try $0.at(0)) }
    }

    func remember(
        _ said: [String: String], kind: String, in unit: OrgUnit.ID, at moment: Moment
    ) throws {
        try db.execute(
            """
            INSERT INTO entry_choice (account_id, kind, unit_id, said, used_at)
            VALUES (\(account), \(kind), \(unit), \(jsonObject(said)), \(moment))
            ON CONFLICT (account_id, kind, unit_id)
                DO UPDATE SET said = excluded.said, used_at = excluded.used_at
            """)
        try db.execute(
            """
            DELETE FROM entry_choice WHERE account_id = \(account) AND used_at < (
                SELECT MIN(n.used_at) FROM (SELECT used_at FROM entry_choice
                    WHERE account_id = \(account)
                    ORDER BY used_at DESC LIMIT \(Self.perAccount)) n)
            """)
    }
}
