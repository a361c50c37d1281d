import Catalogue
import Core
import Organization
import Storage

extension District {
    /// What may be read with an access: what everybody may, and the internal records of the units
    /// it covers. Sealed kinds are in no list; each view of one is asked for by itself.
    package func scope(of access: Access, _ structure: Structure) -> Scope {
        let today = now().day
        let units = structure.heads(
            access.units(.read).union(access.units(.write)), on: today)
        guard !units.isEmpty else { return publicScope }
        let inner = catalogue.kinds.values.filter { $0.visibility == .internal }.map(\.id)
        return publicScope.adding(inner, below: units, on: today)
    }

    /// The rights that a person has by the posts he holds on a day under this entry of his: a post
    /// of an entry that was joined to it has to be recorded anew before it brings rights.
    package func holdings(
        of person: Person.ID, on day: Day, _ db: Connection
    ) throws -> [Access.Holding] {
        let posts = catalogue.roles.values.flatMap { role in role.posts.map { (role, $0) } }
        guard !posts.isEmpty else { return [] }
        let fact = Fact("f", asOf: try Audit(db, key: key).position())
        let rows = try db.rows(
            """
            SELECT f.id, f.kind, f.unit_id, f.fields, p.role
            FROM record_person p CROSS JOIN \(fact.source)
            WHERE p.person_id = \(person) AND f.id = p.record_id
                AND f.kind IN (\(values: Set(posts.map(\.1.kind)).sorted()))
                AND \(fact.counts) AND \(fact.inForce(on: "\(day)"))
            ORDER BY f.id LIMIT \(Self.postsPerPerson)
            """)
        return try rows.flatMap { row in
            let (kind, role) = (
                try row.get("kind", as: String.self), try row.get("role", as: String.self)
            )
            let fields = Record.fields(try row.get("fields"))
            let (id, unit) = (
                try row.get("id", as: String.self), try row.get("unit_id", as: OrgUnit.ID.self)
            )
            return posts.filter { _, post in
                post.kind == kind && post.person == role
                    && fields[post.field].map(post.values.contains) == true
            }.flatMap { held, _ in
                held.rights.map {
                    Access.Holding(right: $0, unit: unit, role: held.id, basis: .post(id))
                }
            }
        }
    }

    /// The most posts of one person that are read for his rights.
    private static let postsPerPerson = 100
}
