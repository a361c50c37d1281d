/// One row of a result. The column names are shared between all rows of the result.
package struct Row: Sendable {
    private let layout: Layout
    private let values: [Value]

    init(layout: Layout, values: [Value]) {
        self.layout = layout
        self.values = values
    }

    package var columns: [String] { layout.names }

    package subscript(column: String) -> Value? {
        layout.index(of: column).map { values[$0] }
    }

    /// The value in a column by its place, for those who read very many rows.
    package subscript(index: Int) -> Value { values[index] }

    package func get<T: Readable>(_ column: String, as type: T.Type = T.self) throws -> T {
        try at(try index(of: column))
    }

    /// NULL becomes nil; a column that is not in the result is still a fault.
    package func optional<T: Readable>(
        _ column: String, as type: T.Type = T.self
    ) throws -> T? {
        try optionalAt(try index(of: column))
    }

    package func at<T: Readable>(_ index: Int, as type: T.Type = T.self) throws -> T {
        guard values.indices.contains(index) else {
            throw DatabaseError.column(
                ColumnFault(
                    column: "\(index)", expected: "a column", found: "\(values.count) columns"))
        }
        do {
            return try T(storageValue: values[index])
        } catch {
            var fault = error
            fault.column = layout.names[index]
            throw DatabaseError.column(fault)
        }
    }

    package func optionalAt<T: Readable>(
        _ index: Int, as type: T.Type = T.self
    ) throws -> T? {
        if values.indices.contains(index), values[index] == .null { return nil }
        return try at(index, as: type)
    }

    private func index(of column: String) throws -> Int {
        guard let index = layout.index(of: column) else {
            throw DatabaseError.column(
                ColumnFault(column: column, expected: "a column", found: "no such column"))
        }
        return index
    }
}

extension Row {
    /// The column names of a result, in lower case because PostgreSQL folds them and SQLite
    /// does not. Of two columns with one name the first is found.
    final class Layout: Sendable {
        let names: [String]
        private let indexes: [String: Int]

        init(names: [String]) {
            self.names = names.map { $0.lowercased() }
            indexes = Dictionary(
                zip(self.names, 0...).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
        }

        func index(of column: String) -> Int? {
            indexes[column] ?? indexes[column.lowercased()]
        }
    }
}
