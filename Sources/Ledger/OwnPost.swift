import Accounts
import Catalogue
import Core
import Organization
import Storage

/// Posts that bring rights are entered by others: whoever gives rights is somebody else.
extension District {
    /// As what somebody holds a post that brings rights, by what a record says; nil where they do
    /// not. A person is everybody who was found to be the same one.
    package func ownPost(
        _ fields: [String: String], _ persons: [Entry.Participant], _ kind: String,
        of account: Account.ID, _ db: Connection
    ) throws -> String? {
        guard let person = try AccountStore(db).person(of: account) else { return nil }
        let own = try Set(PersonStore(db: db).entries(of: person))
        return persons.first { held in
            own.contains(held.person) && bringsRights(held.role, fields, kind)
        }?.role
    }

    /// Whether an import posts a post of somebody's own that brings rights.
    package func postsOwnPost(
        _ importID: String, of account: Account.ID, _ db: Connection
    ) throws -> Bool {
        try ownPosts(of: account, "f.import_id = \(importID)", db)
    }

    /// Whether an import ends a post of somebody's own: undone, it would bring their rights again.
    package func endsOwnPost(
        _ importID: String, of account: Account.ID, _ db: Connection
    ) throws -> Bool {
        try ownPosts(
            of: account,
            """
            EXISTS (SELECT 1 FROM record e WHERE e.ends = f.id AND e.import_id = \(importID))
            """, db)
    }

    private func ownPosts(
        of account: Account.ID, _ condition: SQL, _ db: Connection
    ) throws -> Bool {
        guard let person = try AccountStore(db).person(of: account) else { return false }
        let own = try PersonStore(db: db).entries(of: person).map(\.text)
        let kinds = Set(catalogue.roles.values.flatMap(\.posts).map(\.kind)).sorted()
        return try db.rows(
            """
            SELECT f.kind, f.fields, p.role
            FROM record_person p CROSS JOIN record f
            WHERE p.person_id IN (\(values: own)) AND f.id = p.record_id
                AND f.kind IN (\(values: kinds)) AND \(condition)
            """
        ).contains { row in
            bringsRights(
                try row.get("role"), Record.fields(try row.get("fields")), try row.get("kind"))
        }
    }

    private func bringsRights(_ role: String, _ fields: [String: String], _ kind: String) -> Bool {
        catalogue.roles.values.flatMap(\.posts).contains { post in
            post.kind == kind && post.person == role
                && fields[post.field].map(post.values.contains) == true
        }
    }
}
