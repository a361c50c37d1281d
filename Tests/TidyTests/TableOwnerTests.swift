import Testing

struct TableOwnerTests {
    private let owner = TableOwner(House.swift)

    @Test func everyStatementNamesTablesOfItsOwnTargetOrOfOneBelow() {
        #expect(owner.owners.count > 50)
        #expect(House.swift.flatMap(owner.faults) == [])
    }

    @Test func aTableOfAnotherFeatureIsFound() {
        let owner = TableOwner([
            SourceFile(path: "Sources/Dues/A.swift", text: "CREATE TABLE due_feed (id TEXT)"),
            SourceFile(path: "Sources/Ledger/B.swift", text: "CREATE TABLE record (id TEXT)"),
        ])
        let text = """
            let own = "SELECT * FROM record r"
            // A comment may speak of rows FROM due_feed.
            let foreign = "SELECT * FROM record r JOIN due_feed d ON d.id = r.id"
            """
        let rights = SourceFile(path: "Sources/Rights/C.swift", text: text)
        #expect(owner.faults(in: rights).map(\.line) == [3])
        let dues = SourceFile(path: "Sources/Dues/C.swift", text: text)
        #expect(owner.faults(in: dues) == [])
    }

    @Test func aDebtThatWasPaidLeavesTheList() {
        let standing = House.swift.flatMap { file in
            TableOwner.debts.filter { $0.path == file.path && file.text.contains($0.table) }
        }
        #expect(Set(standing) == TableOwner.debts)
    }
}
