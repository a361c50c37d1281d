import Catalogue
import Core
import Foundation
import Organization
import Storage

/// A picture among the evidence of a public record that somebody released for everybody. Without
/// a release, which can be taken back at once, no picture is ever shown to the public.
package struct ReleasedPicture: Sendable {
    package typealias ID = Core.ID<ReleasedPicture>

    package let id: ID
    package let evidence: Evidence
    package let record: Record
    package let releasedAt: Moment
    package let releasedBy: String

    /// A small picture is never larger than this, in bytes.
    package static let thumbnailBytes = 120_000
}

/// Every statement on released pictures.
package struct ReleasedPictureStore {
    private let db: Connection

    package init(db: Connection) { self.db = db }

    /// - Parameter thumbnail: the small picture, which is kept beside the release and goes with it.
    package func insert(
        _ id: ReleasedPicture.ID, of evidence: Evidence.ID, thumbnail: [UInt8], by actor: Actor,
        at moment: Moment
    ) throws {
        try db.execute(
            """
            INSERT INTO released_picture (id, evidence_id, thumbnail, released_at, released_by)
            VALUES (\(id), \(evidence), \(Data(thumbnail).base64EncodedString()), \(moment),
                \(actor.name))
            """)
    }

    /// Takes a release back; what it showed small is gone with it.
    package func withdraw(
        _ id: ReleasedPicture.ID, by actor: Actor, at moment: Moment
    ) throws {
        try db.execute(
            """
            UPDATE released_picture SET withdrawn_at = \(moment), withdrawn_by = \(actor.name),
                thumbnail = ''
            WHERE id = \(id) AND withdrawn_at IS NULL
            """)
    }

    /// The release of a file that stands, whatever became of its record.
    package func standing(_ evidence: Evidence.ID) throws -> ReleasedPicture.ID? {
        try db.value(
            """
            SELECT id FROM released_picture
            WHERE evidence_id = \(evidence) AND withdrawn_at IS NULL
            """, as: ReleasedPicture.ID.self)
    }

    /// One that everybody may see now; nil in every other case.
    package func find(
        _ id: ReleasedPicture.ID, in scope: Scope
    ) throws -> ReleasedPicture? {
        try list("p.id = \(id)", in: scope, limit: 1).first
    }

    /// The small picture of a release that stands.
    package func thumbnail(_ id: ReleasedPicture.ID) throws -> [UInt8]? {
        let text = try db.value(
            "SELECT thumbnail FROM released_picture WHERE id = \(id) AND withdrawn_at IS NULL",
            as: String.self)
        guard let text, !text.isEmpty, let data = Data(base64Encoded: text) else { return nil }
        return Array(data)
    }

    package func list(of record: Record.ID, in scope: Scope) throws -> [ReleasedPicture] {
        try list("r.id = \(record)", in: scope, limit: EvidenceFile.perRecord)
    }

    /// The newest of a unit and of all below it on a day, of some days.
    ///
    /// - Parameter place: behind which they begin.
    package func list(
        below unit: OrgUnit.ID, on day: Day, from first: Day, to last: Day,
        after place: (day: Day, id: ReleasedPicture.ID)? = nil, in scope: Scope, limit: Int
    ) throws -> [ReleasedPicture] {
        let rest: SQL =
            if let place { "AND (r.happened_on, p.id) < (\(place.day), \(place.id))" } else { "" }
        return try list(
            """
            r.unit_id IN (\(ReachRow.below([unit], on: day)))
                AND r.happened_on >= \(first) AND r.happened_on <= \(last) \(rest)
            """, in: scope, limit: limit)
    }

    /// A release shows nothing once its record is reversed or its file erased.
    private func list(
        _ condition: SQL, in scope: Scope, limit: Int
    ) throws -> [ReleasedPicture] {
        try db.rows(
            """
            SELECT r.*, p.id AS picture_id, p.released_at, p.released_by, e.id AS file_id,
                e.file_name, e.media_type, e.size, e.file_digest
            FROM released_picture p JOIN evidence e ON e.id = p.evidence_id
                JOIN posted r ON r.id = e.record_id
            WHERE p.withdrawn_at IS NULL AND e.file_name <> '' AND \(condition)
                AND r.reverses IS NULL AND \(Record.isUnreversed("r"))
                AND \(scope.condition(kind: "r.kind", unit: "r.unit_id"))
            ORDER BY r.happened_on DESC, p.id DESC LIMIT \(limit)
            """
        ).map { row in
            let record = try Record(row)
            return ReleasedPicture(
                id: try row.get("picture_id"),
                evidence: Evidence(
                    id: try row.get("file_id"), record: record.id,
                    fileName: try row.get("file_name"), mediaType: try row.get("media_type"),
                    size: try row.get("size"), digest: try row.get("file_digest")),
                record: record, releasedAt: try row.get("released_at"),
                releasedBy: try row.get("released_by"))
        }
    }
}
