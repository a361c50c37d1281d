import Storage
import Testing

struct SQLTests {
    @Test func aValueIsBoundAndOnlyAnSQLBecomesText() {
        let filter: SQL = "AND unit = \("u'; DROP TABLE t")"
        let sql: SQL = "SELECT * FROM t WHERE id = \(7) \(filter) LIMIT \(1)"
        #expect(sql.text(for: .sqlite) == "SELECT * FROM t WHERE id = ? AND unit = ? LIMIT ?")
        #expect(
            sql.text(for: .postgres)
                == "SELECT * FROM t WHERE id = $1 AND unit = $2 LIMIT $3")
        #expect(sql.values == [.integer(7), .text("u'; DROP TABLE t"), .integer(1)])
    }

    @Test func anOptionalBindsItsValueOrNull() {
        let title: String? = nil
        let sql: SQL = "\(title), \(Optional(3)), \(true), \([UInt8](arrayLiteral: 1, 2))"
        #expect(sql.values == [.null, .integer(3), .flag(true), .bytes([1, 2])])
    }

    @Test func aListBecomesPlaceholdersAndAnEmptyListNull() {
        let some: SQL = "id IN (\(values: [1, 2, 3]))"
        let none: SQL = "id IN (\(values: [Int]()))"
        #expect(some.text(for: .postgres) == "id IN ($1, $2, $3)")
        #expect(none.text(for: .postgres) == "id IN (NULL)")
        #expect(none.values.isEmpty)
    }

    @Test func piecesAddUpAndKeepTheirValues() {
        var sql: SQL = "WHERE "
        sql += ["a = \(1)", "b = \(2)"].joined(separator: " AND ")
        sql = sql + " ORDER BY \(name: "sort_name")"
        #expect(sql.text(for: .sqlite) == "WHERE a = ? AND b = ? ORDER BY sort_name")
        #expect(sql.values == [.integer(1), .integer(2)])
        #expect(SQL.empty.isEmpty && !sql.isEmpty)
        #expect([SQL]().joined(separator: ", ").isEmpty)
    }

    @Test func aDescriptionHoldsNoValue() {
        let sql: SQL = "SELECT \("a private name")"
        #expect("\(sql)" == "SELECT ?")
    }
}
