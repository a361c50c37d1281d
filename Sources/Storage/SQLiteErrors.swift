import GRDB

extension DatabaseError {
    init(_ error: GRDB.DatabaseError) {
        let message = error.message ?? "no message"
        switch error.resultCode {
        case .SQLITE_CONSTRAINT:
            let kind = ConstraintKind(error.extendedResultCode)
            self = .constraint(kind, table: kind.table(in: message), message: message)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_READONLY: self = .readOnly
        case .SQLITE_INTERRUPT: self = .statementTimeout
        default:
            self = .other(code: "\(error.extendedResultCode.rawValue)", message: message)
        }
    }
}

extension ConstraintKind {
    fileprivate init(_ code: ResultCode) {
        switch code {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY,
            .SQLITE_CONSTRAINT_ROWID:
            self = .unique
        case .SQLITE_CONSTRAINT_FOREIGNKEY: self = .foreignKey
        case .SQLITE_CONSTRAINT_NOTNULL: self = .notNull
        case .SQLITE_CONSTRAINT_CHECK: self = .check
        default: self = .other
        }
    }

    /// SQLite says "UNIQUE constraint failed: table.column, table.column".
    fileprivate func table(in message: String) -> String? {
        guard self == .unique || self == .notNull,
            let place = message.split(separator: " ").first(where: { $0.contains(".") }),
            let table = place.split(separator: ".").first
        else { return nil }
        return String(table)
    }
}
