import GRDBSQLite

/// The row a statement of SQLite stands on.
struct SQLiteCells: Cells {
    let statement: OpaquePointer?

    func isNull(_ index: Int) -> Bool {
        sqlite3_column_type(statement, CInt(index)) == SQLITE_NULL
    }

    func integer(_ index: Int) throws -> Int {
        guard sqlite3_column_type(statement, CInt(index)) == SQLITE_INTEGER else {
            throw DatabaseError.noInteger(in: index)
        }
        return Int(sqlite3_column_int64(statement, CInt(index)))
    }

    func letters(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        // The text is asked for first: it may be converted, and then it has another length.
        let start = sqlite3_column_text(statement, CInt(index))
        let count = Int(sqlite3_column_bytes(statement, CInt(index)))
        return UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
    }
}
