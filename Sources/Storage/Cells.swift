/// The cells of a row where they lie, for what reads millions of rows: nothing is copied out that
/// is not asked for. They are good until the next row.
package protocol Cells {
    func isNull(_ index: Int) -> Bool
    /// - Throws: `DatabaseError.column` for what is no whole number.
    func integer(_ index: Int) throws -> Int
    /// The letters of a text; none of NULL.
    func letters(_ index: Int) -> UnsafeBufferPointer<UInt8>
}

extension Cells {
    package func text(_ index: Int) -> String { String(decoding: letters(index), as: UTF8.self) }
}

extension DatabaseError {
    /// A cell that was to be a whole number.
    static func noInteger(in index: Int) -> DatabaseError {
        .column(ColumnFault(column: "\(index)", expected: "a whole number", found: "another value"))
    }
}
