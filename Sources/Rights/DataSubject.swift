import Catalogue
import Core
import Ledger
import Organization
import Storage

/// Whose data are meant: a person with the entries found to be the same person, an account, a
/// contact verified at the window, and the records that the contact proved to be theirs: the one
/// they named first, then what corrections made of it.
package struct DataSubject: Sendable, Hashable {
    package var persons: [String] = []
    package var account: String?
    /// The contact whose visit this is, then earlier ones verified for the same record.
    package var contacts: [String] = []
    package var records: [String] = []

    package init(
        persons: [String] = [], account: String? = nil, contacts: [String] = [],
        records: [String] = []
    ) {
        self.persons = persons
        self.account = account
        self.contacts = contacts
        self.records = records
    }

    /// The person whose name stands for all of their entries.
    package var person: String? { persons.first }
    package var contact: String? { contacts.first }
    var isNobody: Bool {
        persons.isEmpty && account == nil && contacts.isEmpty && records.isEmpty
    }

    /// Whether a row with the columns person_id, account_id and contact_id is about them.
    func condition(_ alias: SQL) -> SQL {
        """
        (\(alias).person_id IN (\(values: persons))
            OR \(alias).account_id IN (\(values: [account].compactMap { $0 }))
            OR \(alias).contact_id IN (\(values: contacts)))
        """
    }

    /// Whether the record `r` is about them: it names them, they proved it to be theirs, it belongs
    /// to one of these as the catalogue says, it stands in a case that is about them, or it
    /// reverses or ends any of them.
    func recordCondition(_ catalogue: Catalogue) -> SQL {
        // One list of ids, so that an engine begins with it and walks through no table.
        let about: SQL = "\(named) \(belonging(to: named, catalogue)) \(inCases)"
        return """
            r.id IN (\(about)
                UNION SELECT v.id FROM record v WHERE v.reverses IN (\(about))
                UNION SELECT v.id FROM record v WHERE v.ends IN (\(about)))
            """
    }

    /// The records that name them, or that they proved to be theirs.
    private var named: SQL {
        """
        SELECT o.id FROM record o WHERE o.id IN (\(values: records))
        UNION SELECT m.record_id FROM record_person m WHERE m.person_id IN (\(values: persons))
        """
    }

    /// What belongs to the records that name them by a subject, and need not name them.
    func belongings(_ catalogue: Catalogue) -> SQL {
        "SELECT x.id FROM record x WHERE FALSE \(belonging(to: named, catalogue)) \(inCases)"
    }

    /// Everything that stands in the cases whose own record names them: whom a case is about is a
    /// person of every step.
    private var inCases: SQL {
        """
        UNION SELECT c.id FROM record c WHERE c.case_id IN (
            SELECT w.id FROM record w WHERE w.id IN (\(named)) AND w.case_id = w.id)
        """
    }

    private func belonging(to records: SQL, _ catalogue: Catalogue) -> SQL {
        let parts = catalogue.kinds.values.sorted { $0.id < $1.id }.compactMap { kind -> SQL? in
            guard let whole = kind.belonging,
                kind.subjects.contains(where: { $0.id == whole.by })
            else { return nil }
            return """
                UNION SELECT p.record_id FROM record w
                JOIN record_subject o ON o.record_id = w.id AND o.kind = \(whole.by)
                JOIN record_subject p ON p.kind = o.kind AND p.code = o.code
                JOIN record x ON x.id = p.record_id AND x.kind = \(kind.id)
                WHERE w.kind = \(whole.kind) AND w.id IN (\(records))
                """
        }
        return parts.joined(separator: " ")
    }

    /// Whose data a verified contact may see.
    init(_ contact: VerifiedContact, _ db: Connection) throws {
        self.init(
            persons: try contact.person.map { try Self.entries(of: $0, db) } ?? [],
            contacts: [contact.id],
            records: try contact.record.map { try Self.records(of: $0, db) } ?? [])
        guard !records.isEmpty else { return }
        contacts += try db.rows(
            """
            SELECT id FROM verified_contact
            WHERE record_id IN (\(values: records)) AND id <> \(contact.id)
            ORDER BY id LIMIT 100
            """
        ).map { try $0.at(0, as: String.self) }
    }

    /// A record as it was entered and as it was corrected: both keep what is private in them.
    static func records(of record: String, _ db: Connection) throws -> [String] {
        try RecordStore(db: db).corrections(around: Record.ID(trusted: record)).map(\.text)
    }

    /// A person's entries: themselves first, then those that were found to be them.
    static func entries(of person: String, _ db: Connection) throws -> [String] {
        try PersonStore(db: db).entries(of: Person.ID(trusted: person)).map(\.text)
    }
}

extension DataSubject {
    /// The subject with everything that was joined to their entry, and with what their record was
    /// corrected to, since they asked.
    func whole(_ db: Connection) throws -> DataSubject {
        var whole = self
        if let person { whole.persons = try DataSubject.entries(of: person, db) }
        if let record = records.first { whole.records = try DataSubject.records(of: record, db) }
        return whole
    }
}
