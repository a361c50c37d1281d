import Accounts
import Catalogue
import Core
import Organization
import Storage

/// A post that brings rights is warranted: somebody who holds those rights higher up in the tree
/// confirmed it, or it was brought at the machine, where offices are given as well. Without a
/// warrant a post is a fact like any other and brings nothing
/// (decision 0029).
extension District {
    /// The action of the audit by which a post's rights are warranted.
    package static let warranted = "post.warranted"

    /// The roles that a post brings where it stands: `at` of a role binds posts as it does grants.
    package func roles(
        _ kind: String, _ fields: [String: String], persons: some Sequence<String>,
        at unit: OrgUnit.ID, on day: Day, _ structure: Structure
    ) -> [Role] {
        let form = structure.nearestVersion(unit, on: day)?.form
        let persons = Set(persons)
        return catalogue.roles.values.filter { role in
            (role.forms.isEmpty || form.map(role.forms.contains) == true)
                && persons.contains { role.isNamed(by: kind, $0, fields) }
        }.sorted { $0.id < $1.id }
    }

    /// Whether records of a kind may bring roles.
    func grantsRights(_ kind: Kind) -> Bool {
        catalogue.roles.values.flatMap(\.posts).contains { $0.kind == kind.id }
    }

    /// The roles that an entry gives or takes: those of the post it makes, ends or takes back, and
    /// of the post whose end it takes back. Such an entry waits for somebody higher up.
    ///
    /// - Parameter old: the record whose place it takes.
    package func rolesAtStake(
        _ entry: Entry, correcting old: Record.ID? = nil, _ db: Connection
    ) throws -> [Role] {
        guard catalogue.kinds[entry.kind].map(grantsRights) == true else { return [] }
        let structure = try structure(db)
        let today = now().day
        var found: [Role] = []
        if entry.ends == nil, entry.reverses == nil {
            found += roles(
                entry.kind, entry.fields, persons: entry.persons.map(\.role), at: entry.unit,
                on: today, structure)
        }
        let records = RecordStore(db: db)
        for id in [entry.ends, entry.reverses, old].compactMap({ $0 }) {
            guard let target = try records.find(id, in: .everything) else { continue }
            let post = try target.ends.flatMap { try records.find($0, in: .everything) } ?? target
            guard try isWarranted(post, db) else { continue }
            let persons = try records.persons(of: post.id).map(\.role)
            found += roles(
                post.kind, post.fields, persons: persons, at: post.unit, on: today, structure)
        }
        return found.reduce(into: []) { list, role in
            if !list.contains(where: { $0.id == role.id }) { list.append(role) }
        }
    }

    /// Whether somebody may warrant these roles in a unit: they hold every right of them in a unit
    /// above it. Who holds them in the unit itself is a peer.
    package func mayWarrant(
        _ roles: [Role], in unit: OrgUnit.ID, _ access: Access, _ structure: Structure
    ) -> Bool {
        let today = now().day
        return Set(roles.flatMap(\.rights)).union([.confirm]).allSatisfy { right in
            structure.lies(unit, strictlyBelow: access.units(right), on: today)
        }
    }

    /// Notes who warranted what a post brings, in the commit that posts it.
    package func warrant(_ post: Record.ID, by actor: Actor, _ db: Connection) throws {
        try Audit(db, key: key).record(
            Self.warranted, post.text, by: actor, at: now(), quietly: true)
    }

    /// Whether a post brings rights at all, whatever they are.
    func isWarranted(_ post: Record, _ db: Connection) throws -> Bool {
        try db.value(
            "SELECT COUNT(*) FROM record f WHERE f.id = \(post.id) AND \(isWarranted("f"))",
            as: Int.self) == 1
    }

    /// The same as a condition over an alias of `record`: nobody with an account wrote it, or
    /// somebody warranted it.
    func isWarranted(_ alias: String) -> SQL {
        """
        (NOT EXISTS (SELECT 1 FROM account w WHERE w.id = \(name: alias).recorded_by)
            OR EXISTS (SELECT 1 FROM audit w
                WHERE w.subject = \(name: alias).id AND w.action = \(Self.warranted)))
        """
    }

    /// What an import gives or takes by posts; undone, it would take or give them again.
    package func touchesPosts(_ importID: String, _ db: Connection) throws -> Bool {
        let kinds = Set(catalogue.roles.values.flatMap(\.posts).map(\.kind)).sorted()
        let structure = try structure(db)
        let today = now().day
        return try db.rows(
            """
            SELECT f.kind, f.unit_id, f.fields, p.role
            FROM record f JOIN record_person p ON p.record_id = f.id
            WHERE f.kind IN (\(values: kinds)) AND \(isWarranted("f"))
                AND (f.import_id = \(importID)
                    OR EXISTS (SELECT 1 FROM record e
                        WHERE e.import_id = \(importID)
                            AND (e.ends = f.id OR e.reverses = f.id
                                OR EXISTS (SELECT 1 FROM record m
                                    WHERE m.id = e.reverses AND m.ends = f.id))))
            """
        ).contains { row in
            try !roles(
                row.get("kind"), Record.fields(row.get("fields")), persons: [row.get("role")],
                at: row.get("unit_id"), on: today, structure
            ).isEmpty
        }
    }
}

extension Role {
    /// Whether a record of a kind, in which somebody stands as something, names this role.
    func isNamed(by kind: String, _ person: String, _ fields: [String: String]) -> Bool {
        posts.contains { post in
            post.kind == kind && post.person == person
                && fields[post.field].map(post.values.contains) == true
        }
    }
}

extension Structure {
    /// Whether a unit stands below one of some units on a day, on any axis, and is not only one of
    /// them.
    package func lies(
        _ unit: OrgUnit.ID, strictlyBelow tops: Set<String>, on day: Day
    ) -> Bool {
        (parents[unit] ?? []).contains { link in
            link.inForce(on: day) && lies(link.parent, below: tops, on: day)
        }
    }
}
