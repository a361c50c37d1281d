/// Prepared statements by their text. Lists of every length make many texts, so it is bounded:
/// when it is full it begins again, which costs one preparation per statement still in use.
struct StatementCache<Key: Hashable, Statement> {
    private var statements: [Key: Statement] = [:]
    private let limit = 256

    var isFull: Bool { statements.count >= limit }

    subscript(key: Key) -> Statement? { statements[key] }

    mutating func keep(_ statement: Statement, for key: Key) {
        if isFull { clear() }
        statements[key] = statement
    }

    mutating func clear() { statements.removeAll(keepingCapacity: true) }
}
