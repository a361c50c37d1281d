import Core
import Ledger
import Organization
import Storage

/// What is known of a request beside its case.
package struct RequestRow: Sendable, Hashable {
    package let id: Record.ID
    package let service: String
    package let channel: String
    /// The unit that people chose the place by.
    package let place: OrgUnit.ID
    /// Where its case was opened.
    package let home: OrgUnit.ID
    package let filedAt: Moment
    /// Empty once what leads to the requester is gone.
    let secretMark: String
}

extension RequestRow {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("case_id"), service: try row.get("service"),
            channel: try row.get("channel"), place: try row.get("place_id"),
            home: try row.get("home_id"), filedAt: try row.get("filed_at"),
            secretMark: try row.get("secret_mark"))
    }
}

/// Every statement on requests.
package struct RequestStore {
    private let db: Connection

    package init(_ db: Connection) { self.db = db }

    func insert(_ row: RequestRow, formMark: String, contactMark: String?) throws {
        try db.execute(
            """
            INSERT INTO request (case_id, service, channel, place_id, home_id, filed_at, form_mark,
                secret_mark, contact_mark)
            VALUES (\(row.id), \(row.service), \(row.channel), \(row.place), \(row.home),
                \(row.filedAt), \(formMark), \(row.secretMark), \(contactMark))
            """)
    }

    package func find(_ id: Record.ID) throws -> RequestRow? { try find([id]).first }

    package func find(_ ids: [Record.ID]) throws -> [RequestRow] {
        guard !ids.isEmpty else { return [] }
        return try db.rows("SELECT * FROM request WHERE case_id IN (\(values: ids))")
            .map(RequestRow.init)
    }

    /// What a form made before.
    func made(byForm mark: String) throws -> Record.ID? {
        try db.value(
            "SELECT case_id FROM request WHERE form_mark = \(mark)", as: Record.ID.self)
    }

    /// How many requests came from a contact since a moment.
    func count(contact mark: String, since moment: Moment) throws -> Int {
        try db.value(
            """
            SELECT COUNT(*) FROM request WHERE contact_mark = \(mark) AND filed_at > \(moment)
            """, as: Int.self) ?? 0
    }

    /// The record of the filing, which stands behind the one that opens the case.
    func filing(of id: Record.ID) throws -> Record.ID? {
        try db.value(
            "SELECT id FROM record WHERE case_id = \(id) AND seq = 1", as: Record.ID.self)
    }

    /// Takes away what leads to those whose cases were closed before a moment.
    func forget(closedBefore moment: Moment, limit: Int) throws -> Int {
        try db.execute(
            """
            UPDATE request SET secret_mark = '', contact_mark = NULL
            WHERE case_id IN (SELECT s.case_id FROM case_state s
                JOIN request q ON q.case_id = s.case_id
                WHERE s.closed_at < \(moment) AND q.secret_mark <> ''
                ORDER BY s.case_id LIMIT \(limit))
            """)
    }
}
