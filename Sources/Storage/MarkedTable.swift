import Crypto
import Foundation

/// A table whose rows carry a keyed mark over some of their columns, so that a row that somebody
/// wrote or changed by hand is told from one that the program wrote.
///
/// The key is given when the database is opened and stands in no row. What is marked is checked
/// where it gives rights, and by `verify`.
package struct MarkedTable: Sendable {
    package let name: String
    /// The columns that tell one row from every other.
    let keys: [String]
    /// What the mark covers, the keys among it.
    package let columns: [String]

    package init(_ name: String, keys: [String] = ["id"], _ columns: [String]) {
        precondition(
            ([name] + keys + columns).allSatisfy(isPlainIdentifier), "names are [a-z_][a-z0-9_]*")
        self.name = name
        self.keys = keys
        self.columns = keys + columns
    }

    fileprivate func parts(_ values: [Value]) -> [String?] {
        precondition(values.count == columns.count, "a mark covers every column")
        return [name]
            + values.map { value in
                switch value {
                case .null: nil
                case .integer(let number): String(number)
                case .text(let text): text
                case .bytes(let bytes): Data(bytes).base64EncodedString()
                case .flag(let flag): flag ? "1" : "0"
                }
            }
    }
}

extension Connection {
    /// The mark of a row that is about to be written, from its values in the order of the columns.
    package func mark(of table: MarkedTable, _ values: [Value]) -> String {
        mac(table.parts(values))
    }

    /// Whether a row carries the mark that the program gave it. It has to have been read with every
    /// column of the table.
    package func isMarked(_ row: Row, of table: MarkedTable) -> Bool {
        guard case .text(let kept)? = row["mark"] else { return false }
        return kept == mark(of: table, table.columns.map { row[$0] ?? .null })
    }

    /// Marks rows as they stand now. Every statement that writes a marked column is followed by
    /// this, in the same transaction.
    package func seal(_ table: MarkedTable, where condition: SQL) throws {
        let list: SQL = table.columns.map { "\(name: $0)" as SQL }.joined(separator: ", ")
        let rows = try rows("SELECT \(list) FROM \(name: table.name) WHERE \(condition)")
        for row in rows {
            let mark = mark(of: table, table.columns.map { row[$0] ?? .null })
            let same: SQL = table.keys.map { key in
                "\(name: key) = \(row[key] ?? .null)" as SQL
            }.joined(separator: " AND ")
            try execute("UPDATE \(name: table.name) SET mark = \(mark) WHERE \(same)")
        }
    }

    /// Changes rows of a marked table, and marks them as they stand then.
    ///
    /// - Parameters:
    ///   - rows: by their keys.
    ///   - condition: what else must hold of them before.
    /// - Returns: how many were changed.
    package func change(
        _ table: MarkedTable, setting values: SQL, where rows: SQL, if condition: SQL
    ) throws -> Int {
        let count = try execute(
            "UPDATE \(name: table.name) SET \(values) WHERE \(rows) AND \(condition)")
        if count > 0 { try seal(table, where: rows) }
        return count
    }

    /// The first key of every row that does not carry its mark.
    package func unmarked(_ table: MarkedTable, limit: Int) throws -> [String] {
        let list: SQL = (table.columns + ["mark"]).map { "\(name: $0)" as SQL }
            .joined(separator: ", ")
        var found: [String] = []
        try each("SELECT \(list) FROM \(name: table.name)") { row in
            guard found.count < limit, !isMarked(row, of: table) else { return }
            found.append(try row.at(0))
        }
        return found
    }
}

/// The key of marks where none was given: it is forgotten with the process.
enum ForgottenKey {
    private static let key = SymmetricKey(size: .bits256)

    @Sendable static func mac(_ parts: [String?]) -> String {
        var code = HMAC<SHA256>(key: key)
        for part in parts {
            let bytes = Array((part ?? "").utf8)
            code.update(data: Data("\(part == nil ? -1 : bytes.count):".utf8))
            code.update(data: Data(bytes))
        }
        return Data(code.finalize()).base64EncodedString()
    }
}
