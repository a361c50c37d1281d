import Testing

struct HouseMapTests {
    @Test func everyImportFollowsTheMap() {
        #expect(House.swift.flatMap(HouseMap.faults) == [])
    }

    @Test func everyRowOfTheMapImportsOnlyRowsBelowIt() {
        var below: Set<String> = []
        for row in HouseMap.rows {
            #expect(row.below.isSubset(of: below), "\(row.target) reaches up or sideways")
            below.insert(row.target)
        }
    }

    @Test(
        arguments: [
            ("Sources/Core/Day.swift", "import Ledger"),
            ("Sources/Ledger/Record.swift", "package import Figures"),
            ("Sources/Storage/SQL.swift", "import struct Core.Day"),
            ("Sources/Core/Day.swift", "import Hummingbird"),
            ("Sources/Gardening/Tree.swift", ""),
        ])
    func anImportThatPointsUpOrAsideIsRefused(path: String, line: String) {
        #expect(HouseMap.faults(in: SourceFile(path: path, text: line)).count == 1)
    }

    @Test func anImportThatPointsDownIsAllowed() {
        let text = "import Core\nimport Foundation\nimport struct Storage.SQL\nimport Web"
        let file = SourceFile(path: "Sources/Ledger/Record.swift", text: text)
        #expect(HouseMap.faults(in: file) == [])
    }
}
