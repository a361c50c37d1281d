/// What can go wrong in storage, in words a caller can branch on; the same on both engines.
package enum DatabaseError: Error, Sendable, Equatable {
    /// The schema refused the row. SQLite names the table only for some kinds.
    case constraint(ConstraintKind, table: String?, message: String)
    /// Another writer held the lock longer than the busy timeout.
    case busy
    /// More callers wait than the queue allows; nothing was started.
    case queueFull
    /// The server went away before the commit began: nothing was written.
    case lostConnection
    /// The server went away during the commit: it may be written or not, and is never retried.
    case outcomeUnknown
    case readOnly
    case diskFull
    case statementTimeout
    case tooManyRows(limit: Int)
    /// The database has migrations that this program does not know.
    case newerDatabase([String])
    /// A migration that was applied reads differently now.
    case changedMigration(String)
    case closed
    case column(ColumnFault)
    case other(code: String, message: String)
}

/// Which rule of the schema refused a row.
package enum ConstraintKind: String, Sendable, Equatable {
    case unique, foreignKey, notNull, check, other
}
