import Foundation
import GRDB
import GRDBSQLite

/// Puts values into the places of a statement, in order.
func bind(_ values: [Value], to statement: Statement) throws {
    // GRDB steps what it holds to be bound as it is.
    statement.setUncheckedArguments(StatementArguments())
    let handle = statement.sqliteStatement
    guard values.count == Int(sqlite3_bind_parameter_count(handle)) else {
        throw GRDB.DatabaseError(
            resultCode: .SQLITE_MISUSE, message: "As many values as places belong to a statement.",
            sql: statement.sql)
    }
    for (index, value) in zip(CInt(1)..., values) {
        let code = value.bind(to: handle, at: index)
        guard code == SQLITE_OK else {
            throw GRDB.DatabaseError(resultCode: .init(rawValue: code), sql: statement.sql)
        }
    }
}

extension Value {
    /// SQLite copies what it is given.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    fileprivate func bind(to handle: OpaquePointer?, at index: CInt) -> CInt {
        switch self {
        case .null: return sqlite3_bind_null(handle, index)
        case .integer(let integer): return sqlite3_bind_int64(handle, index, integer)
        case .flag(let flag): return sqlite3_bind_int64(handle, index, flag ? 1 : 0)
        case .text(var text):
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text(handle, index, $0.baseAddress, CInt($0.count), Value.copied)
                }
            }
        case .bytes(let bytes):
            // An empty value is a value still, and not NULL.
            if bytes.isEmpty { return sqlite3_bind_zeroblob(handle, index, 0) }
            return sqlite3_bind_blob(handle, index, bytes, CInt(bytes.count), Value.copied)
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
