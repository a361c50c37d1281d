import Storage

/// What a target says of the data it keeps, in its own folder and nowhere else.
///
/// Whatever goes over the data of everybody goes over these: the copy a person takes along, an
/// erasure, the nightly run, the page of the register, the keyed marks, `verify`, and the upgrade
/// of an older database. So a table is declared once, where it is made, and no list elsewhere can
/// forget it. Declarations are known before any district is open.
///
/// ```swift
/// package let duesData = DataDeclaration(
///     migrations: duesMigrations,
///     personal: [
///         PersonalTable(
///             "due_feed", of: .account("account_id"), why: ["due_feed"],
///             registered: ["account_id": "due_feed", "name": "due_feed"],
///             shows: ["name", "made_at", "fetched_on"])
///     ],
///     sweepers: duesSweepers)
/// ```
package struct DataDeclaration: Sendable {
    package let migrations: [Migration]
    /// The tables that hold or point to what is known of a person.
    package let personal: [PersonalTable]
    /// The tables whose columns are sealed with the district's key.
    package let sealed: [SealedTable]
    /// The tables whose rows, by `id` and `file_digest`, name files in the folder of evidence.
    package let files: [String]
    /// Reasons that somebody wrote about persons or records.
    package let remarks: [Remark]
    /// Entries that are no records yet and may name persons.
    package let unfinished: UnfinishedReader?
    package let sweepers: [Sweeper]
    /// The tables whose rows carry keyed marks.
    package let marked: [MarkedTable]
    /// The rows whose making the audit proves.
    package let proven: [ProvenRow]

    package init(
        migrations: [Migration], personal: [PersonalTable] = [], sealed: [SealedTable] = [],
        files: [String] = [], remarks: [Remark] = [], unfinished: UnfinishedReader? = nil,
        sweepers: [Sweeper] = [], marked: [MarkedTable] = [], proven: [ProvenRow] = []
    ) {
        self.migrations = migrations
        self.personal = personal
        self.sealed = sealed
        self.files = files
        self.remarks = remarks
        self.unfinished = unfinished
        self.sweepers = sweepers
        self.marked = marked
        self.proven = proven
    }
}

/// What leaves a row of its own beside its audit row: the action of that row, and the table in
/// which the subject stands by its `id`.
package struct ProvenRow: Sendable {
    package let action: String
    package let table: String

    package init(_ action: String, in table: String) {
        self.action = action
        self.table = table
    }
}

/// Words that somebody wrote about persons or records as a reason. They go with those persons'
/// data; the row stays, so that it can be seen that something was said.
package struct Remark: Sendable {
    /// What the words are about.
    package enum Subject: Sendable { case persons, records }

    package let table: String
    package let column: String
    package let subject: Subject
    /// Which rows are about one of some persons or records, given as a list or a question in SQL.
    package let condition: @Sendable (SQL) -> SQL

    package init(
        _ table: String, _ column: String, about subject: Subject,
        where condition: @escaping @Sendable (SQL) -> SQL
    ) {
        self.table = table
        self.column = column
        self.subject = subject
        self.condition = condition
    }
}

/// A table with sealed columns, and how a row is sealed that an older program left in the clear.
package struct SealedTable: Sendable {
    package let name: String
    /// The column that names the row.
    package let key: String
    package let columns: [String]
    /// What sealing needs to know beside them.
    package let reads: [String]
    /// The sealed columns in their order; nil for a row that holds nothing to seal.
    package let seal: @Sendable (Row, SecretKey) throws -> [Value]?

    package init(
        _ name: String, key: String, _ columns: [String], reads: [String] = [],
        seal: @escaping @Sendable (Row, SecretKey) throws -> [Value]?
    ) {
        self.name = name
        self.key = key
        self.columns = columns
        self.reads = reads
        self.seal = seal
    }

    /// Seals every row.
    package func sealAll(_ secret: SecretKey, _ db: Connection) throws {
        let list = ([key] + reads + columns).map { "\(name: $0)" as SQL }.joined(separator: ", ")
        for row in try db.rows("SELECT \(list) FROM \(name: name)") {
            guard let sealed = try seal(row, secret) else { continue }
            let values = zip(columns, sealed).map { "\(name: $0) = \($1)" as SQL }
                .joined(separator: ", ")
            try db.execute(
                "UPDATE \(name: name) SET \(values) WHERE \(name: key) = \(row[key] ?? .null)")
        }
    }
}
