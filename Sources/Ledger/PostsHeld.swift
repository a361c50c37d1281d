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

    /// Whose records of one kind somebody may read one after another; nil where they may read none,
    /// and where it may not even be told how many there are.
    ///
    /// Everybody reads public kinds that name nobody. Others are read where somebody may read what
    /// is internal: beside its persons even a public entry is one of few, and sealed kinds are read
    /// by their own list.
    ///
    /// - Parameter access: nil for a visitor.
    package func listScope(
        _ kind: Kind, of access: Access?, _ structure: Structure
    ) -> Scope? {
        if kind.isListed { return .kinds([kind.id]) }
        guard kind.visibility != .sealed, let access else { return nil }
        let today = now().day
        let units = structure.heads(
            access.units(.read).union(access.units(.write)), on: today)
        return units.isEmpty ? nil : Scope.kinds([]).adding([kind.id], below: units, on: today)
    }

    /// The rights that a person has by the posts they hold on a day under this entry of theirs: a
    /// post of an entry that was joined to it has to be recorded anew before it brings rights.
    package func holdings(
        of person: Person.ID, on day: Day, _ db: Connection
    ) throws -> [Access.Holding] {
        try posts(of: person, on: day, db).filter(\.isWarranted).flatMap { post in
            post.roles.flatMap { role in
                role.rights.map {
                    Access.Holding(
                        right: $0, unit: post.unit, role: role.id,
                        basis: .post(post.record.text))
                }
            }
        }
    }

    /// A post in force whose position is one that a role names.
    package struct HeldPost: Sendable {
        package let record: Record.ID
        package let unit: OrgUnit.ID
        /// What it brings there, once it is warranted.
        package let roles: [Role]
        /// The roles that name the position but are held at other forms of unit.
        package let misplaced: [Role]
        package let isWarranted: Bool
    }

    /// The posts of a person that name a role, those that bring nothing among them.
    package func posts(
        of person: Person.ID, on day: Day, _ db: Connection
    ) throws -> [HeldPost] {
        let posts = catalogue.roles.values.flatMap(\.posts)
        guard !posts.isEmpty else { return [] }
        let fact = Fact("f", asOf: try Audit(db, key: key).position())
        let rows = try db.rows(
            """
            SELECT f.id, f.kind, f.unit_id, f.fields, p.role,
                CASE WHEN \(isWarranted("f")) THEN 1 ELSE 0 END AS warranted
            FROM record_person p CROSS JOIN \(fact.source)
            WHERE p.person_id = \(person) AND f.id = p.record_id
                AND f.kind IN (\(values: Set(posts.map(\.kind)).sorted()))
                AND \(fact.counts) AND \(fact.inForce(on: "\(day)"))
            ORDER BY f.id LIMIT \(Self.postsPerPerson)
            """)
        guard !rows.isEmpty else { return [] }
        let structure = try structure(db)
        return try rows.compactMap { row in
            let (kind, role) = (
                try row.get("kind", as: String.self), try row.get("role", as: String.self)
            )
            let fields = Record.fields(try row.get("fields"))
            let unit = try row.get("unit_id", as: OrgUnit.ID.self)
            let named = catalogue.roles.values.filter { $0.isNamed(by: kind, role, fields) }
            guard !named.isEmpty else { return nil }
            let brought = roles(
                kind, fields, persons: [role], at: unit, on: day, structure)
            let ids = Set(brought.map(\.id))
            return HeldPost(
                record: try row.get("id"), unit: unit, roles: brought,
                misplaced: named.filter { !ids.contains($0.id) }.sorted { $0.id < $1.id },
                isWarranted: try row.get("warranted", as: Int.self) == 1)
        }
    }

    /// The most posts of one person that are read for their rights.
    private static let postsPerPerson = 100
}
