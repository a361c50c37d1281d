import Foundation
import GRDB
import GRDBSQLite

extension Value {
    var databaseValue: GRDB.DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let integer): integer.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        case .flag(let flag): flag.databaseValue
        }
    }
}

/// The names of a result as SQLite sees it now; GRDB's own list may predate an ALTER TABLE.
func columnNames(of statement: Statement) -> [String] {
    (0..<sqlite3_column_count(statement.sqliteStatement)).map { index in
        sqlite3_column_name(statement.sqliteStatement, index).map { String(cString: $0) } ?? ""
    }
}

/// The values of the row the statement stands on.
func columnValues(of statement: Statement, _ layout: Row.Layout) throws -> [Value] {
    let handle = statement.sqliteStatement
    return try layout.names.indices.map { index in
        let column = CInt(index)
        switch sqlite3_column_type(handle, column) {
        case SQLITE_NULL:
            return .null
        case SQLITE_INTEGER:
            return .integer(sqlite3_column_int64(handle, column))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(handle, column)
            let count = Int(sqlite3_column_bytes(handle, column))
            return .text(
                String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(handle, column)
            let count = Int(sqlite3_column_bytes(handle, column))
            return .bytes(Array(UnsafeRawBufferPointer(start: start, count: count)))
        default:
            // Figures are whole numbers; a fraction means a division that belongs in Swift.
            throw DatabaseError.column(
                ColumnFault(
                    column: layout.names[index], expected: "a whole number", found: "a fraction"))
        }
    }
}
