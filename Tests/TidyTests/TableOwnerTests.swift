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

    @Test func everyTableThatNamesAnAccountOrAPersonIsDeclaredByTheTargetThatMakesIt() {
        #expect(owner.faults(ofDeclarationsIn: House.swift) == [])
    }

    @Test func aTableThatIsNotDeclaredOrDeclaredByAnotherIsFound() {
        let made = """
            CREATE TABLE loan (
                id TEXT PRIMARY KEY,
                account_id TEXT NOT NULL REFERENCES account (id)
            );
            CREATE TABLE loan_day (loan_id TEXT NOT NULL);
            """
        let declared = "PersonalTable(\n    \"loan\", of: .account(\"account_id\"))"
        func faults(_ files: [SourceFile]) -> [String] {
            TableOwner(files).faults(ofDeclarationsIn: files).map(\.message)
        }
        let making = SourceFile(path: "Sources/Dues/A.swift", text: made)
        #expect(
            faults([making]) == [
                "loan names an account or a person: say in a PersonalTable of Dues whose its rows "
                    + "are, and why"
            ])
        #expect(
            faults([making, SourceFile(path: "Sources/Dues/B.swift", text: declared)]) == [])
        #expect(
            faults([making, SourceFile(path: "Sources/Rights/B.swift", text: declared)])
                .first == "the table loan is of Dues, which declares it")
    }

    @Test func everyTargetThatMakesTablesIsAskedWhatItKeeps() throws {
        let features = try #require(House.file("Sources/App/Features.swift")).text
        for target in Set(owner.owners.values).subtracting(["Storage"]) {
            let name = target.prefix(1).lowercased() + target.dropFirst() + "Data"
            #expect(!matches(#"\b\#(name)\b"#, in: features).isEmpty, "\(name)")
        }
    }
}
