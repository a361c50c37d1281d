/// Which target may import which, from the bottom of the house to its top.
///
/// The build refuses a package that a target did not declare; this map refuses the declaration
/// itself when it points up or sideways. A new feature gets a row of its own.
enum HouseMap {
    struct Row {
        let target: String
        let below: Set<String>
        let packages: Set<String>
    }

    /// What comes with Swift and the system.
    static let system: Set<String> = [
        "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization",
    ]

    private static let words: Set<String> = ["Storage", "Core"]
    private static let pages: Set<String> = words.union(["Catalogue", "Web"])
    private static let people: Set<String> = pages.union(["Organization", "Accounts"])
    private static let ledger: Set<String> = people.union(["Ledger"])
    private static let figures: Set<String> = ledger.union(["Figures"])
    private static let desks: Set<String> = [
        "Cases", "Requests", "Visits", "Entries", "Uploads", "Dues", "Rights", "Administration",
        "HandOvers",
    ]
    private static let boards: Set<String> = figures.union(desks).union([
        "Messages", "Reports", "Papers", "Boards", "Open311", "RequestBoards", "Tables",
        "ReportDesk", "Volunteers",
    ])
    private static let web: Set<String> = ["Hummingbird", "Mustache"]

    static let rows = [
        Row(target: "CLibPQ", below: [], packages: []),
        Row(
            target: "Storage", below: ["CLibPQ"],
            packages: ["Crypto", "GRDB", "GRDBSQLite", "Logging", "NIOPosix"]),
        Row(target: "Core", below: ["Storage"], packages: ["Crypto"]),
        Row(target: "Catalogue", below: ["Core"], packages: ["Yams"]),
        Row(target: "CZlib", below: [], packages: []),
        Row(target: "CXlsxWriter", below: [], packages: []),
        Row(
            target: "Web", below: words.union(["Catalogue", "CXlsxWriter", "CZlib"]),
            packages: web.union(["HummingbirdCore", "Logging", "NIOCore", "NIOHTTP1"])),
        Row(target: "Organization", below: pages, packages: web),
        Row(
            target: "Accounts", below: pages.union(["Organization"]),
            packages: web.union([
                "AsyncHTTPClient", "Crypto", "CryptoExtras", "JWTKit", "NIOPosix",
            ])),
        Row(target: "CExpat", below: [], packages: []),
        Row(
            target: "Ledger", below: people.union(["CExpat", "CZlib"]),
            packages: web.union(["Crypto"])),
        Row(
            target: "Messages", below: ledger,
            packages: web.union([
                "AsyncHTTPClient", "Crypto", "NIOCore", "NIOPosix", "NIOSSL",
            ])),
        Row(target: "Cases", below: ledger, packages: web),
        Row(target: "Requests", below: ledger.union(["Cases"]), packages: web),
        Row(target: "Visits", below: ledger.union(["Requests"]), packages: web),
        Row(target: "Entries", below: ledger, packages: web),
        Row(target: "Uploads", below: ledger, packages: web.union(["Logging"])),
        Row(target: "Dues", below: ledger, packages: web),
        Row(target: "Rights", below: ledger, packages: web),
        Row(target: "Administration", below: ledger, packages: web),
        Row(target: "HandOvers", below: ledger, packages: web),
        Row(target: "Figures", below: ledger, packages: web),
        Row(target: "Reports", below: figures, packages: web),
        Row(
            target: "Papers", below: figures.union(["CZlib", "Cases", "Reports"]), packages: web),
        Row(target: "ReportDesk", below: figures.union(["Cases", "Reports"]), packages: web),
        Row(target: "Boards", below: figures.union(["Reports"]), packages: web),
        Row(target: "Open311", below: ledger.union(["Cases", "Requests"]), packages: web),
        Row(
            target: "RequestBoards", below: figures.union(["Cases", "Requests"]), packages: web),
        Row(target: "Tables", below: figures, packages: web),
        Row(
            target: "Volunteers", below: ledger.union(["Papers"]), packages: web.union(["Crypto"])),
        Row(target: "App", below: boards, packages: web.union(["Logging"])),
        Row(
            target: "groundwork", below: boards.union(["App"]),
            packages: ["ArgumentParser", "Hummingbird", "Logging"]),
        Row(
            target: "TestKit", below: boards.union(["App", "CLibPQ"]),
            packages: ["Hummingbird", "HummingbirdTesting", "Logging"]),
    ]

    /// The imports of this file that the map does not allow.
    static func faults(in file: SourceFile) -> [Fault] {
        guard let target = file.target else { return [] }
        guard let row = rows.first(where: { $0.target == target }) else {
            return [Fault(path: file.path, line: 1, message: "\(target) has no row in HouseMap")]
        }
        let allowed = row.below.union(row.packages).union(system)
        let pattern =
            #"^\s*(?:@\w+ )*(?:package |private |internal )?import (?:\w+ )?(\w+)(?:\.|$|\s)"#
        return file.lines.enumerated().compactMap { index, line in
            guard let module = matches(pattern, in: Ban.code(of: line)).first?[1],
                !allowed.contains(module)
            else { return nil }
            return Fault(
                path: file.path, line: index + 1,
                message: "\(target) may not import \(module): imports point down, not sideways")
        }
    }
}
