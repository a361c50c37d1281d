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
                guard let owner = owners[table], owner != target, !row.below.contains(owner)
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

    /// The tables that a declaration names which another target makes, and the tables of a target
    /// that name an account or a person and are in no declaration of it.
    func faults(ofDeclarationsIn files: [SourceFile]) -> [Fault] {
        var declared: [String: Set<String>] = [:]
        var faults: [Fault] = []
        for file in files {
            guard let target = file.target else { continue }
            for found in matches(Self.declaring, in: file.text) {
                if found[1] == "PersonalTable" {
                    declared[target, default: []].insert(found[2])
                }
                if let owner = owners[found[2]], owner != target {
                    faults.append(
                        Fault(
                            path: file.path, line: 1,
                            message: "the table \(found[2]) is of \(owner), which declares it"))
                }
            }
        }
        for file in files {
            guard let target = file.target else { continue }
            for table in matches(#"CREATE TABLE (\w+) \(([^;]*);"#, in: file.text)
            where !matches(#"\b(?:account|person)_id TEXT"#, in: table[2]).isEmpty {
                guard declared[target]?.contains(table[1]) != true else { continue }
                faults.append(
                    Fault(
                        path: file.path, line: 1,
                        message: "\(table[1]) names an account or a person: say in a "
                            + "PersonalTable of \(target) whose its rows are, and why"))
            }
        }
        return faults
    }

    private static let declaring =
        #"\b(PersonalTable|SealedTable|Remark|MarkedTable)\(\s*"(\w+)""#
}
