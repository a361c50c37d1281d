/// Which target owns which table: the one whose migration creates it.
///
/// Imports point down, and the compiler sees to it; the name of a table is text, which it does not
/// read. So SQL is held to the same map: a statement names tables of its own target or of one
/// below.
struct TableOwner {
    /// The owner of each table and view.
    let owners: [String: String]

    init(_ files: [SourceFile]) {
        var owners: [String: String] = [:]
        for file in files {
            guard let target = file.target else { continue }
            for found in matches(#"CREATE (?:TABLE|VIEW) (\w+)"#, in: file.text) {
                owners[found[1]] = target
            }
        }
        self.owners = owners
    }

    /// What a file names of tables that lie beside or above its target.
    func faults(in file: SourceFile) -> [Fault] {
        guard let target = file.target,
            let row = HouseMap.rows.first(where: { $0.target == target })
        else { return [] }
        return file.lines.enumerated().flatMap { index, line in
            named(in: Ban.code(of: line)).compactMap { table in
                guard let owner = owners[table], owner != target, !row.below.contains(owner),
                    !Self.debts.contains(Debt(path: file.path, table: table))
                else { return nil }
                return Fault(
                    path: file.path, line: index + 1,
                    message: "the table \(table) is of \(owner), which \(target) does not stand on")
            }
        }
    }

    /// The tables that a line of SQL reads or writes. A comma goes before further ones.
    private func named(in line: String) -> [String] {
        matches(#"\b(?:FROM|JOIN|INTO|UPDATE|DELETE FROM)\s+(\w+)"#, in: line).map { $0[1] }
    }

    /// A statement that stands in the wrong room, and is known to.
    struct Debt: Hashable {
        let path: String
        let table: String
    }

    /// Each has a feature's rows erased, exported or seen by another, until features declare what
    /// they hold themselves. A debt that was paid must leave the list.
    static let debts: Set<Debt> = [
        Debt(path: "Sources/Core/Scope.swift", table: "reach"),
        Debt(path: "Sources/Rights/Erasure.swift", table: "person_join_reason"),
        Debt(path: "Sources/Rights/RightsFolder.swift", table: "entry_waiting_file"),
        Debt(path: "Sources/Rights/UnfinishedStore.swift", table: "entry_pattern_day"),
        Debt(path: "Sources/Rights/UnfinishedStore.swift", table: "entry_waiting"),
        Debt(path: "Sources/Rights/UnfinishedStore.swift", table: "entry_waiting_file"),
    ]
}
