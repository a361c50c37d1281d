import Accounts
import Core
import Ledger
import Organization
import Storage
import Web

/// Every statement on uploads and their units.
///
/// Each change names the state and the file it starts from: a worker that was overtaken by a
/// correction, and a button that was pressed twice, change nothing.
package struct UploadStore {
    private let db: Connection

    package init(db: Connection) { self.db = db }

    /// The kind of the jobs that judge and publish. Whatever makes an upload wait for one asks for
    /// it in the same commit.
    static let job = "upload"

    private func askForWork(_ upload: Upload.ID, at moment: Moment) throws {
        try JobStore(db).ask(Self.job, upload.text, at: moment)
    }

    package func insert(_ upload: Upload) throws {
        try db.execute(
            """
            INSERT INTO upload (id, account_id, kind, file_name, size, file_id, state, done,
                row_count, wrong_rows, uploaded_at, changed_at)
            VALUES (\(upload.id), \(upload.account), \(upload.kind), \(upload.fileName),
                \(upload.size), \(upload.file), \(upload.state.rawValue), 0, 0, 0,
                \(upload.uploadedAt), \(upload.changedAt))
            """)
        try askForWork(upload.id, at: upload.changedAt)
    }

    package func find(_ id: Upload.ID) throws -> Upload? {
        try db.first("SELECT * FROM upload WHERE id = \(id)").map(Upload.init)
    }

    /// An upload that its own account asks for, or somebody who may bring files for all its units.
    package func find(_ id: Upload.ID, for sight: UploadVisibility) throws -> Upload? {
        try db.first("\(Self.seen) WHERE u.id = \(id) AND \(sight.condition)").map(Upload.init)
    }

    /// An import that was undone at the terminal, which knows no uploads, is undone here as well.
    /// Of two columns of one name the first is read.
    private static let seen: SQL = """
        SELECT CASE WHEN u.state = 'published' AND i.reversed IS NOT NULL THEN 'undone'
            ELSE u.state END AS state, u.*
        FROM upload u LEFT JOIN import i ON i.id = u.import_id
        """

    /// What may be seen, the newest first.
    package func list(_ sight: UploadVisibility, _ keyset: Keyset) throws -> [Upload] {
        let after: SQL =
            if let cursor = keyset.after { "AND u.id < \(cursor.parts[0])" } else { "" }
        return try db.rows(
            """
            \(Self.seen) WHERE \(sight.condition) \(after)
            ORDER BY u.id DESC LIMIT \(keyset.fetch)
            """
        ).map(Upload.init)
    }

    /// How many uploads are in some states, of one account or of all.
    package func count(_ states: [Upload.State], of account: AccountID? = nil) throws -> Int {
        let whose: SQL = if let account { "AND account_id = \(account)" } else { "" }
        return try db.value(
            """
            SELECT COUNT(*) FROM upload
            WHERE state IN (\(values: states.map(\.rawValue))) \(whose)
            """, as: Int.self) ?? 0
    }

    /// What was being judged when the program stopped is judged again, and whatever waits has its
    /// job. What another program has under way is left to it.
    func restart(at moment: Moment) throws {
        try db.execute(
            """
            UPDATE upload SET state = 'waiting', done = 0
            WHERE state = 'judging' AND NOT EXISTS (SELECT 1 FROM job j
                WHERE j.kind = \(Self.job) AND j.subject = upload.id AND j.state = 'running')
            """)
        for row in try db.rows(
            """
            SELECT u.id FROM upload u WHERE u.state IN ('waiting', 'publishing')
                AND NOT EXISTS (SELECT 1 FROM job j WHERE j.kind = \(Self.job)
                    AND j.subject = u.id AND j.state IN ('waiting', 'running'))
            ORDER BY u.changed_at, u.id
            """)
        {
            try askForWork(row.at(0), at: moment)
        }
    }

    package func begin(_ upload: Upload) throws -> Bool {
        try change(
            upload, from: .waiting, to: .judging, at: upload.changedAt, ", done = 0")
    }

    /// Writes down how far the work on an upload is.
    package func reach(_ done: Int, of total: Int, _ upload: Upload.ID) throws {
        try db.execute(
            """
            UPDATE upload SET done = \(done), row_count = \(total)
            WHERE id = \(upload) AND state IN ('judging', 'publishing') AND wrong_rows <= \(total)
            """)
    }

    /// Keeps the verdict over all rows.
    package func judge(
        _ upload: Upload, rows: Int, wrong: Int, units: Set<OrgUnit.ID>, at moment: Moment
    ) throws -> Bool {
        try db.execute("DELETE FROM upload_unit WHERE upload_id = \(upload.id)")
        try db.insert(
            into: "upload_unit", ["upload_id", "unit_id"],
            units.sorted().map { [upload.id.storageValue, $0.storageValue] })
        return try change(
            upload, from: .judging, to: .judged, at: moment,
            """
            , done = \(rows), row_count = \(rows), wrong_rows = \(wrong), known_import = NULL,
                changed_at = \(moment)
            """)
    }

    /// Keeps that the content came by an import that still stands.
    package func recognize(
        _ upload: Upload, from state: Upload.State, as known: String, at moment: Moment
    ) throws -> Bool {
        try change(
            upload, from: state, to: .judged, at: moment,
            ", known_import = \(known), changed_at = \(moment)")
    }

    package func fail(_ upload: Upload, from state: Upload.State, at moment: Moment) throws
        -> Bool
    {
        try change(upload, from: state, to: .failed, at: moment, ", changed_at = \(moment)")
    }

    /// Asks for its rows to be judged, again.
    package func wait(_ upload: Upload, from state: Upload.State, at moment: Moment) throws
        -> Bool
    {
        let isChanged = try change(
            upload, from: state, to: .waiting, at: moment, ", done = 0, changed_at = \(moment)")
        if isChanged { try askForWork(upload.id, at: moment) }
        return isChanged
    }

    /// Asks for it to be published.
    package func ask(_ upload: Upload, at moment: Moment) throws -> Bool {
        let isChanged = try change(
            upload, from: .judged, to: .publishing, at: moment, ", done = 0, changed_at = \(moment)"
        )
        if isChanged { try askForWork(upload.id, at: moment) }
        return isChanged
    }

    /// What was refused at the last moment is judged as it was.
    package func stepBack(_ upload: Upload, at moment: Moment) throws -> Bool {
        try change(
            upload, from: .publishing, to: .judged, at: moment,
            ", done = row_count, changed_at = \(moment)")
    }

    package func publish(_ upload: Upload, as importID: String, at moment: Moment) throws -> Bool {
        try change(
            upload, from: .publishing, to: .published, at: moment,
            ", done = row_count, import_id = \(importID), changed_at = \(moment)")
    }

    package func discard(_ upload: Upload, at moment: Moment) throws -> Bool {
        try change(
            upload, from: upload.state, to: .discarded, at: moment,
            ", file_name = '', changed_at = \(moment)")
    }

    package func undo(_ upload: Upload, at moment: Moment) throws -> Bool {
        try change(upload, from: .published, to: .undone, at: moment, ", changed_at = \(moment)")
    }

    /// Puts another file in its place.
    package func replace(
        _ upload: Upload, with file: UploadedFile, at moment: Moment
    ) throws -> Bool {
        try db.execute("DELETE FROM upload_unit WHERE upload_id = \(upload.id)")
        try askForWork(upload.id, at: moment)
        return try change(
            upload, from: upload.state, to: .waiting, at: moment,
            """
            , file_id = \(file.id), file_name = \(file.name), size = \(file.bytes.count),
                done = 0, row_count = 0, wrong_rows = 0, known_import = NULL,
                changed_at = \(moment)
            """)
    }

    /// Uploads whose files are there and that nobody touched since a moment.
    package func stale(since moment: Moment, limit: Int) throws -> [Upload] {
        try db.rows(
            """
            SELECT * FROM upload
            WHERE state IN ('judged', 'failed', 'waiting') AND changed_at < \(moment)
            ORDER BY changed_at LIMIT \(limit)
            """
        ).map(Upload.init)
    }

    /// Those of some uploads whose files are to be there.
    package func kept(among ids: [String]) throws -> Set<String> {
        Set(
            try db.rows(
                """
                SELECT id FROM upload WHERE id IN (\(values: ids))
                    AND state IN (\(values: Upload.kept.map(\.rawValue)))
                """
            ).map { try $0.at(0, as: String.self) })
    }

    package func knows(_ id: Upload.ID) throws -> Bool {
        try db.value("SELECT 1 FROM upload WHERE id = \(id)", as: Int.self) != nil
    }

    /// Whether every unit of an upload is covered.
    package func covers(_ upload: Upload, _ bounds: ImportBounds) throws -> Bool {
        try db.rows("SELECT unit_id FROM upload_unit WHERE upload_id = \(upload.id)")
            .allSatisfy { bounds.covers(try $0.at(0)) }
    }

    /// What the work of the program came to is told to whoever waits for it.
    private func change(
        _ upload: Upload, from old: Upload.State, to new: Upload.State, at moment: Moment,
        _ more: SQL
    ) throws -> Bool {
        let isTaken = try TransitionStore<Upload>(db, key: nil).take(
            upload.id, from: old, to: new, setting: "state = \(new.rawValue)\(more)",
            where: "file_id = \(upload.file)", by: Self.work, at: moment)
        if isTaken, let event = Message.Event(upload: old, new) {
            try Outbox(db).put(
                event, to: upload.account, at: .upload(upload.id), by: Self.work, moment)
        }
        return isTaken
    }

    /// Who works on uploads.
    private static let work = Actor(name: "uploads", standing: .system)
}

extension Message.Event {
    /// What the step of an upload is told as; nil for one that its account took itself.
    fileprivate init?(upload old: Upload.State, _ new: Upload.State) {
        switch (old, new) {
        case (.judging, .judged): self.init("upload_judged")
        case (_, .published): self.init("upload_published")
        case (_, .failed), (.publishing, .judged): self.init("upload_failed")
        default: return nil
        }
    }
}
