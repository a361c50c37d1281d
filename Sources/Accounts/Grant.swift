import Catalogue
import Core
import Organization
import Storage

/// A role given to an account in a unit, over some days.
package struct Grant: Sendable {
    package typealias ID = Core.ID<Grant>

    package let id: ID
    package let account: Account.ID
    package let role: String
    package let unit: OrgUnit.ID
    package let from: Day
    /// The first day it holds no longer.
    package let until: Day?
    package let grantedAt: Moment
    package let grantedBy: String
    package let endedAt: Moment?
    package let endedBy: String?

    init(_ row: Row) throws {
        id = try row.get("id")
        account = try row.get("account_id")
        role = try row.get("role")
        unit = try row.get("unit_id")
        from = try row.get("from_on")
        until = try row.optional("until_on")
        grantedAt = try row.get("granted_at")
        grantedBy = try row.get("granted_by")
        endedAt = try row.optional("ended_at")
        endedBy = try row.optional("ended_by")
    }

    package func holds(on day: Day) -> Bool {
        endedAt == nil && from <= day && (until.map { day < $0 } ?? true)
    }

    /// The most grants of one account that are read.
    package static let perAccount = 100
}

/// A name on the list of those who may open records of a sealed kind.
package struct SealedAccessEntry: Sendable {
    package let id: ID<SealedAccessEntry>
    package let kind: String
    package let account: Account.ID
    package let from: Day
    package let until: Day?
    package let listedAt: Moment
    package let listedBy: String
    package let struckAt: Moment?
    package let struckBy: String?

    /// The most names of one list that are read.
    package static let perKind = 1_000

    init(_ row: Row) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        account = try row.get("account_id")
        from = try row.get("from_on")
        until = try row.optional("until_on")
        listedAt = try row.get("listed_at")
        listedBy = try row.get("listed_by")
        struckAt = try row.optional("struck_at")
        struckBy = try row.optional("struck_by")
    }
}

/// Every statement on grants and on lists of names.
package struct GrantStore {
    private let db: Connection

    package init(_ db: Connection) { self.db = db }

    package static let markedGrants = MarkedTable(
        "role_grant",
        [
            "account_id", "role", "unit_id", "from_on", "until_on", "granted_at", "granted_by",
            "ended_at", "ended_by",
        ])
    package static let markedNames = MarkedTable(
        "sealed_name",
        [
            "kind", "account_id", "from_on", "until_on", "listed_at", "listed_by", "struck_at",
            "struck_by",
        ])

    /// Everything ever granted to an account, the newest first.
    package func history(of account: Account.ID) throws -> [Grant] {
        try db.rows(
            """
            SELECT * FROM role_grant WHERE account_id = \(account)
            ORDER BY granted_at DESC, id DESC LIMIT \(Grant.perAccount)
            """
        ).map(Grant.init)
    }

    package func find(_ id: Grant.ID) throws -> Grant? {
        try db.first("SELECT * FROM role_grant WHERE id = \(id)").map(Grant.init)
    }

    /// Gives a role.
    ///
    /// - Throws: `DatabaseError` with the constraint when the account holds an office.
    package func insert(
        _ id: Grant.ID = .make(), account: Account.ID, role: String, unit: OrgUnit.ID, from: Day,
        until: Day?, at moment: Moment, by actor: Actor
    ) throws {
        try db.execute(
            """
            INSERT INTO role_grant
                (id, account_id, role, unit_id, from_on, until_on, granted_at, granted_by)
            VALUES (\(id), \(account), \(role), \(unit), \(from), \(until), \(moment),
                \(actor.name))
            """)
        try db.seal(Self.markedGrants, where: "id = \(id)")
    }

    /// Ends a grant at once; false when it had ended.
    package func end(_ id: Grant.ID, at moment: Moment, by actor: Actor) throws -> Bool {
        try db.change(
            Self.markedGrants, setting: "ended_at = \(moment), ended_by = \(actor.name)",
            where: "id = \(id)", if: "ended_at IS NULL") == 1
    }

    /// The names on the list of a kind: those that stand, then those that were struck.
    package func names(on kind: String) throws -> [SealedAccessEntry] {
        try db.rows(
            """
            SELECT * FROM sealed_name WHERE kind = \(kind)
            ORDER BY CASE WHEN struck_at IS NULL THEN 0 ELSE 1 END, listed_at DESC, id DESC
            LIMIT \(SealedAccessEntry.perKind)
            """
        ).map(SealedAccessEntry.init)
    }

    package func list(
        _ account: Account.ID, on kind: String, from: Day, until: Day?, at moment: Moment,
        by actor: Actor
    ) throws -> ID<SealedAccessEntry> {
        let id = ID<SealedAccessEntry>.make()
        try db.execute(
            """
            INSERT INTO sealed_name
                (id, kind, account_id, from_on, until_on, listed_at, listed_by)
            VALUES (\(id), \(kind), \(account), \(from), \(until), \(moment), \(actor.name))
            """)
        try db.seal(Self.markedNames, where: "id = \(id)")
        return id
    }

    package func strike(_ id: ID<SealedAccessEntry>, at moment: Moment, by actor: Actor) throws
        -> Bool
    {
        try db.change(
            Self.markedNames, setting: "struck_at = \(moment), struck_by = \(actor.name)",
            where: "id = \(id)", if: "struck_at IS NULL") == 1
    }

    /// The sealed kinds on whose list an account stands on a day. A name that was put there by
    /// hand opens nothing.
    package func sealedKinds(of account: Account.ID, on day: Day) throws -> Set<String> {
        Set(
            try db.rows(
                """
                SELECT * FROM sealed_name
                WHERE account_id = \(account) AND struck_at IS NULL AND from_on <= \(day)
                    AND (until_on IS NULL OR \(day) < until_on)
                """
            ).filter { db.isMarked($0, of: Self.markedNames) }.map { try $0.get("kind") })
    }

    /// The most grants in some units that are read.
    private static let holdersAtOnce = 20_000

    /// The grants of some roles in some units that hold on a day, of accounts that are not
    /// disabled.
    package func holders(
        of roles: [String], in units: [OrgUnit.ID], on day: Day
    ) throws -> [Grant] {
        try db.rows(
            """
            SELECT g.* FROM role_grant g JOIN account a ON a.id = g.account_id
            WHERE g.unit_id IN (\(values: units)) AND g.role IN (\(values: roles))
                AND g.ended_at IS NULL AND a.disabled_at IS NULL
            ORDER BY g.id LIMIT \(Self.holdersAtOnce)
            """
        ).filter { db.isMarked($0, of: Self.markedGrants) }.map(Grant.init)
            .filter { $0.holds(on: day) }
    }

    /// The rights that grants give an account on a day. A grant that was written by hand gives
    /// none.
    package func holdings(
        of account: Account.ID, on day: Day, _ roles: [String: Role]
    ) throws -> [Access.Holding] {
        let marked = try db.rows(
            """
            SELECT * FROM role_grant WHERE account_id = \(account)
            ORDER BY granted_at DESC, id DESC LIMIT \(Grant.perAccount)
            """
        ).filter { db.isMarked($0, of: Self.markedGrants) }.map(Grant.init)
        return marked.filter { $0.holds(on: day) }.flatMap { grant in
            (roles[grant.role]?.rights ?? []).map {
                Access.Holding(
                    right: $0, unit: grant.unit, role: grant.role,
                    basis: .grant(grant.id.text))
            }
        }
    }
}
