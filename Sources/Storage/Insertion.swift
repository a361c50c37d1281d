/// An INSERT of so many rows at once. It is its own key among the prepared statements, so that its
/// text is made once.
struct Insertion: Hashable {
    let table: String
    let columns: [String]
    let rows: Int

    // The columns of a table are nearly always the same: they are compared, and not hashed.
    func hash(into hasher: inout Hasher) {
        hasher.combine(table)
        hasher.combine(rows)
    }

    func text(for dialect: Dialect) -> String {
        precondition(
            ([table] + columns).allSatisfy(isPlainIdentifier), "names are [a-z_][a-z0-9_]*")
        func list(_ places: [String]) -> String { "(" + places.joined(separator: ", ") + ")" }
        let lists =
            switch dialect {
            case .sqlite:
                Array(repeating: list(columns.map { _ in "?" }), count: rows)
            case .postgres:
                (0..<rows).map { row in
                    list(columns.indices.map { "$\(row * columns.count + $0 + 1)" })
                }
            }
        return "INSERT INTO \(table) \(list(columns)) VALUES " + lists.joined(separator: ", ")
    }
}
