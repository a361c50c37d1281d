import Catalogue
import Core
import Foundation
import Organization
import Storage

/// What came of a file.
package enum ImportOutcome: Sendable {
    case published(id: String, rows: Int)
    /// The same content stands in the ledger already, by this import.
    case recognized(id: String)
    /// Nothing was published; each row that is wrong says where and how to mend it.
    case refused([RowFault])
}

extension District {
    /// Imports a file: `what` is units, reorganizations, persons, or the id of a kind.
    ///
    /// Every row is read and judged before any is written. Then rows are staged in small
    /// commits, and one short commit publishes them all.
    ///
    /// - Parameters:
    ///   - day: from which day on a file of persons may change who is there; nil where it may not.
    ///   - saying: is told what there is to say about how the file was read, and of persons whom
    ///     it brought.
    package func importFile(
        _ path: String, what: String, by actor: Actor, changing day: Day? = nil,
        progress: @Sendable (Int, Int) -> Void = { _, _ in },
        saying: (Wording) -> Void = { _ in }
    ) async throws -> ImportOutcome {
        let table = try ImportTable(path: path) { written in
            catalogue.kinds[what]?.heading(written) != nil
                || StructureReader.knows(written, in: what)
        }
        if let note = table.note { saying(note) }
        let fingerprint = table.fingerprint(as: what)
        if let known = try await database.read({ db in
            try ImportStore(db: db).published(file: fingerprint)
        }) {
            if what == "persons" {
                saying(try await personsAgain(table.readAsStructure().table).words)
            }
            return .recognized(id: known)
        }
        let ragged = table.ragged
        guard ragged.isEmpty else { return .refused(ragged) }
        let incoming = Incoming(
            id: ID<Incoming>.make().text, what: what, name: Folding.shown(table.name),
            fingerprint: fingerprint,
            actor: actor)
        switch what {
        case "units", "reorganizations":
            let (table, spoiled) = table.readAsStructure()
            guard spoiled.isEmpty else { return .refused(spoiled) }
            return try await importStructure(table, incoming).placed(in: table, what)
        case "persons":
            let (table, spoiled) = table.readAsStructure()
            guard spoiled.isEmpty else { return .refused(spoiled) }
            return try await importPersons(
                table, incoming, changing: day, progress: progress, saying: saying
            ).placed(in: table, what)
        default:
            guard let kind = catalogue.kinds[what] else {
                throw Refusal.invalid(
                    "事项", zh: "没有名为“\(what)”的填报事项。", en: "There is no kind “\(what)”.")
            }
            return try await importRecords(
                table, kind, incoming, within: .everywhere, progress: progress)
        }
    }

    /// Imports a table of records that was read already.
    ///
    /// - Parameter publishing: what belongs into the commit that makes the rows count; it is told
    ///   the id of the import, and a refusal of it leaves nothing of the import.
    package func importTable(
        _ table: ImportTable, kind: Kind, by actor: Actor, within bounds: ImportBounds,
        progress: @Sendable (Int, Int) -> Void = { _, _ in },
        publishing: @escaping @Sendable (Connection, String) throws -> Void
    ) async throws -> ImportOutcome {
        let fingerprint = table.fingerprint(as: kind.id)
        if let known = try await database.read({ db in
            try ImportStore(db: db).published(file: fingerprint)
        }) {
            return .recognized(id: known)
        }
        let incoming = Incoming(
            id: ID<Incoming>.make().text, what: kind.id, name: table.name, fingerprint: fingerprint,
            actor: actor)
        return try await importRecords(
            table, kind, incoming, within: bounds, progress: progress, publishing: publishing)
    }
}

extension ImportTable {
    /// The fingerprint of what the file is and holds.
    package func fingerprint(as what: String) -> String { Fingerprint([what, digest]).text }
}

/// A file on its way in.
package struct Incoming: Sendable {
    package let id: String
    package let what: String
    package let name: String
    /// The fingerprint of what the file is and holds.
    package let fingerprint: String
    package let actor: Actor
}

/// Every statement on imports.
package struct ImportStore {
    let db: Connection

    package init(db: Connection) { self.db = db }

    /// The import that published this very file and still stands.
    package func published(file fingerprint: String) throws -> String? {
        try db.value(
            """
            SELECT id FROM import
            WHERE file_digest = \(fingerprint) AND base IS NOT NULL AND reversed IS NULL LIMIT 1
            """, as: String.self)
    }

    /// Which imports were published or undone between two positions: a condition on `import`.
    package static func changed(after old: Int, through new: Int) -> SQL {
        """
        ((base >= \(old) AND base < \(new)) OR (reversed > \(old) AND reversed <= \(new)))
        """
    }

    package func begin(_ incoming: Incoming, kind: String?, rows: Int, at: Moment) throws {
        try db.execute(
            """
            INSERT INTO import
                (id, what, kind, file_name, file_digest, row_count, started_at, started_by)
            VALUES (\(incoming.id), \(incoming.what), \(kind), \(incoming.name),
                \(incoming.fingerprint), \(rows), \(at), \(incoming.actor.name))
            """)
    }

    /// Makes everything staged count, at the positions behind `base`.
    package func publish(_ id: String, base: Int, digest: String, at: Moment) throws {
        try db.execute(
            """
            UPDATE import SET base = \(base), published_at = \(at), digest = \(digest)
            WHERE id = \(id) AND base IS NULL
            """)
    }

    /// Whether what was posted or undone since a position contradicts what an import has staged:
    /// the same thing, the same number, or a person who no longer stands.
    func isOvertaken(_ id: String, since position: Int) throws -> Bool {
        let same = try db.value(
            """
            SELECT 1 FROM posted p
            WHERE p.position > \(position) AND p.reverses IS NULL
                AND \(Record.isUnreversed("p"))
                AND (EXISTS (SELECT 1 FROM record s
                        WHERE s.content = p.content AND s.case_id IS NULL
                            AND s.import_id = \(id))
                    OR EXISTS (SELECT 1 FROM record s
                        WHERE s.kind = p.kind AND s.ref = p.ref AND s.case_id IS NULL
                            AND s.import_id = \(id)))
            LIMIT 1
            """, as: Int.self)
        let stranger = try db.value(
            """
            SELECT 1 FROM import i
            JOIN person n ON n.import_id = i.id
            JOIN record_person p ON p.person_id = n.id
            JOIN record s ON s.id = p.record_id
            WHERE i.reversed > \(position) AND s.import_id = \(id) LIMIT 1
            """, as: Int.self)
        return same != nil || stranger != nil
    }

    package struct Standing: Sendable {
        package let what: String
        package let kind: String?
        package let fileName: String
        package let rows: Int
        package let base: Int
    }

    /// A published import that has not been reversed.
    package func standing(_ id: String) throws -> Standing? {
        try db.first(
            """
            SELECT what, kind, file_name, row_count, base FROM import
            WHERE id = \(id) AND base IS NOT NULL AND reversed IS NULL
            """
        ).map { row in
            Standing(
                what: try row.get("what"), kind: try row.optional("kind"),
                fileName: try row.get("file_name"), rows: try row.get("row_count"),
                base: try row.get("base"))
        }
    }

    package func reverse(_ id: String, position: Int, at: Moment) throws {
        try db.execute(
            "UPDATE import SET reversed = \(position), reversed_at = \(at) WHERE id = \(id)")
    }
}
