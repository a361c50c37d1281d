import Accounts
import Catalogue
import Core
import Organization
import Storage

/// Who writes for a unit by a role that they hold in it, by grant or by a post in force.
extension District {
    /// The accounts that may write in each of some units because of a role held in that very unit.
    ///
    /// Who may write there by a role higher up is found at that unit.
    package func writers(
        in units: [OrgUnit.ID], on day: Day, _ db: Connection
    ) throws -> [OrgUnit.ID: Set<Account.ID>] {
        let roles = catalogue.roles.values.filter { $0.rights.contains(.write) }
        return try holders(of: roles.map(\.id).sorted(), in: units, on: day, db)
    }

    /// The accounts that hold one of some roles in each of some units, in that very unit.
    package func holders(
        of roles: [String], in units: [OrgUnit.ID], on day: Day, _ db: Connection
    ) throws -> [OrgUnit.ID: Set<Account.ID>] {
        var found: [OrgUnit.ID: Set<Account.ID>] = [:]
        let structure = try structure(db)
        let grants = GrantStore(db)
        for chunk in units.chunks(of: Self.unitsAtOnce) {
            for grant in try grants.holders(of: roles, in: chunk, on: day) {
                found[grant.unit, default: []].insert(grant.account)
            }
            for post in try posts(in: chunk, on: day, db) {
                let brought = self.roles(
                    post.kind, post.fields, persons: [post.role], at: post.unit, on: day, structure)
                guard brought.contains(where: { roles.contains($0.id) }) else { continue }
                found[post.unit, default: []].insert(post.account)
            }
        }
        return found
    }

    /// So many units are asked about in one statement.
    private static let unitsAtOnce = 1_000
    /// The most posts in so many units that are read.
    private static let postsAtOnce = 20_000

    private struct Post {
        let account: Account.ID
        let unit: OrgUnit.ID
        let kind: String
        let role: String
        let fields: [String: String]
    }

    private func posts(
        in units: [OrgUnit.ID], on day: Day, _ db: Connection
    ) throws -> [Post] {
        let kinds = Set(catalogue.roles.values.flatMap(\.posts).map(\.kind)).sorted()
        guard !kinds.isEmpty else { return [] }
        let fact = Fact("f", asOf: try Audit(db, key: key).position())
        return try db.rows(
            """
            SELECT a.id AS account_id, f.unit_id, f.kind, f.fields, p.role
            FROM account a JOIN record_person p ON p.person_id = a.person_id
                CROSS JOIN \(fact.source)
            WHERE a.disabled_at IS NULL AND f.id = p.record_id
                AND f.kind IN (\(values: kinds)) AND f.unit_id IN (\(values: units))
                AND \(fact.counts) AND \(fact.inForce(on: "\(day)")) AND \(isWarranted("f"))
            ORDER BY f.id, a.id LIMIT \(Self.postsAtOnce)
            """
        ).map {
            Post(
                account: try $0.get("account_id"), unit: try $0.get("unit_id"),
                kind: try $0.get("kind"), role: try $0.get("role"),
                fields: Record.fields(try $0.get("fields")))
        }
    }
}
