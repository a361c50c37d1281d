import Core
import Foundation
import Ledger
import Organization
import Storage

/// Every statement on reports that are being written.
package struct WritingStore {
    private let db: Connection

    package init(_ db: Connection) { self.db = db }

    /// A report with its newest version.
    package struct Listed: Sendable {
        package let writing: Writing
        package let version: WritingVersion
    }

    /// The reports that somebody sees, what was written last first.
    ///
    /// - Parameter condition: on `report_writing w`.
    package func list(_ condition: SQL, limit: Int = WritingLimits.listed) throws -> [Listed] {
        try db.rows(
            """
            SELECT w.*, v.version, v.body, v.why, v.position, v.written_by, v.written_at
            FROM report_writing w JOIN report_writing_version v
                ON v.writing_id = w.id AND v.version = w.newest
            WHERE \(condition) ORDER BY v.written_at DESC, w.id DESC LIMIT \(limit)
            """
        ).map { Listed(writing: try writing($0), version: try version($0)) }
    }

    package func count(of unit: OrgUnit.ID) throws -> Int {
        try db.value(
            "SELECT COUNT(*) FROM report_writing WHERE unit_id = \(unit)", as: Int.self) ?? 0
    }

    private func writing(_ row: Row) throws -> Writing {
        Writing(
            id: try row.get("id"), unit: try row.get("unit_id"), period: try row.get("period"),
            origin: try row.get("origin"), newest: try row.get("newest"),
            caseID: try row.optional("case_id", as: Record.ID.self),
            report: try row.optional("report_id", as: String.self),
            madeBy: try row.get("made_by"))
    }

    private func version(_ row: Row) throws -> WritingVersion {
        let body = try row.get("body", as: String.self)
        return WritingVersion(
            number: try row.get("version"),
            body: try JSONDecoder().decode(WritingBody.self, from: Data(body.utf8)),
            why: try row.get("why"), position: try row.get("position"),
            writtenBy: try row.get("written_by"), writtenAt: try row.get("written_at"))
    }

    /// Begins a report with its first version.
    package func insert(_ writing: Writing, _ first: WritingVersion) throws {
        try db.execute(
            """
            INSERT INTO report_writing (id, unit_id, period, origin, newest, made_by, made_at)
            VALUES (\(writing.id), \(writing.unit), \(writing.period), \(writing.origin), 1,
                \(writing.madeBy), \(first.writtenAt))
            """)
        try insert(first, of: writing.id)
    }

    /// Saves a version behind the newest.
    package func add(_ version: WritingVersion, to id: Writing.ID) throws {
        guard version.number <= WritingLimits.versions else {
            throw Refusal.conflict(
                zh: "一份报告最多保存\(WritingLimits.versions)次，请以它为底稿另起一份。",
                en: "A report is saved \(WritingLimits.versions) times at most: begin another.")
        }
        try insert(version, of: id)
        try db.execute("UPDATE report_writing SET newest = \(version.number) WHERE id = \(id)")
    }

    private func insert(_ version: WritingVersion, of id: Writing.ID) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = String(decoding: try encoder.encode(version.body), as: UTF8.self)
        try db.execute(
            """
            INSERT INTO report_writing_version (writing_id, version, body, why, position,
                written_by, written_at)
            VALUES (\(id), \(version.number), \(body), \(version.why), \(version.position),
                \(version.writtenBy), \(version.writtenAt))
            """)
    }

    package func version(_ number: Int, of id: Writing.ID) throws -> WritingVersion? {
        try db.first(
            """
            SELECT * FROM report_writing_version
            WHERE writing_id = \(id) AND version = \(number)
            """
        ).map(version)
    }

    /// The versions of a report, the newest first.
    package func versions(of id: Writing.ID) throws -> [WritingVersion] {
        try db.rows(
            """
            SELECT * FROM report_writing_version WHERE writing_id = \(id)
            ORDER BY version DESC LIMIT \(WritingLimits.listedVersions)
            """
        ).map(version)
    }

    /// The accounts that saved any version.
    package func writers(of id: Writing.ID) throws -> Set<String> {
        Set(
            try db.rows(
                "SELECT DISTINCT written_by FROM report_writing_version WHERE writing_id = \(id)"
            ).map { try $0.at(0, as: String.self) })
    }

    package func note(case caseID: Record.ID, of id: Writing.ID) throws {
        try db.execute("UPDATE report_writing SET case_id = \(caseID) WHERE id = \(id)")
    }

    package func note(report: String, of id: Writing.ID) throws {
        try db.execute("UPDATE report_writing SET report_id = \(report) WHERE id = \(id)")
    }

    // MARK: Comments

    /// What was said of a report, the oldest first.
    package func comments(on id: Writing.ID) throws -> [WritingComment] {
        try db.rows(
            """
            SELECT * FROM report_comment WHERE writing_id = \(id)
            ORDER BY written_at, id LIMIT \(WritingLimits.comments)
            """
        ).map { row in
            WritingComment(
                id: try row.get("id"), section: try row.get("section"),
                version: try row.get("version"), text: try row.get("text"),
                answers: try row.optional("answers", as: WritingComment.ID.self),
                writtenBy: try row.get("written_by"), writtenAt: try row.get("written_at"),
                isSettled: try row.optional("settled_at", as: Moment.self) != nil)
        }
    }

    package func insert(_ comment: WritingComment, on id: Writing.ID) throws {
        try db.execute(
            """
            INSERT INTO report_comment (id, writing_id, section, version, text, answers,
                written_by, written_at)
            VALUES (\(comment.id), \(id), \(comment.section), \(comment.version),
                \(comment.text), \(comment.answers), \(comment.writtenBy), \(comment.writtenAt))
            """)
    }

    /// Settles a comment that is open.
    package func settle(
        _ comment: WritingComment.ID, on id: Writing.ID, by actor: Actor, at moment: Moment
    ) throws {
        try db.execute(
            """
            UPDATE report_comment SET settled_by = \(actor.name), settled_at = \(moment)
            WHERE id = \(comment) AND writing_id = \(id) AND settled_at IS NULL
                AND answers IS NULL
            """)
    }
}
