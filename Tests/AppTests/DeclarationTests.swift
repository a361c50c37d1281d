import App
import Catalogue
import Core
import Logging
import Rights
import Storage
import TestKit
import Testing
import Web

/// What the targets declare of the data they keep is there: in the register, in the tables, and in
/// the words of the page on which a person reads it.
struct DeclarationTests {
    private let catalogue: Catalogue

    init() throws { catalogue = try Catalogue(folders: [TestDistrict.home.catalogue]) }

    @Test func everyRegisterEntryThatIsNamedExists() {
        let tables = declarations.flatMap(\.personal)
        #expect(tables.count > 30)
        for table in tables {
            for entry in table.entries + table.registered.values {
                #expect(catalogue.register[entry] != nil, "\(table.name) names \(entry)")
            }
            #expect(!table.registered.isEmpty, "\(table.name)")
        }
        for entry in declarations.flatMap(\.sweepers).compactMap(\.entry) {
            #expect(catalogue.register[entry] != nil, "\(entry)")
        }
    }

    @Test func noTableIsDeclaredTwice() {
        let names = declarations.flatMap(\.personal).map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test func everyPartThatAPersonReadsHasItsWords() throws {
        let terms = try Terms(folders: [TestDistrict.home.catalogue])
        for table in declarations.flatMap(\.personal) where !table.columns.isEmpty {
            #expect(terms["held_\(table.part)"] != nil, "held_\(table.part)")
            #expect(!table.entries.isEmpty, "\(table.name) says why it is held")
            for column in table.columns {
                let word = "held_column_\(column.heading)"
                #expect(terms[word] != nil, "\(word)")
            }
        }
    }

    @Test func everyKindOfBackgroundWorkHasItsWord() async throws {
        let terms = try Terms(folders: [TestDistrict.home.catalogue])
        try await TestDistrict.with(.sqlite) { test in
            let server = try Server(
                test.district, home: TestDistrict.home, data: test.folder,
                logger: Logger(label: "test"))
            #expect(server.jobs.count > 2)
            for kind in server.jobs {
                #expect(terms["job_\(kind.name)"] != nil, "job_\(kind.name)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func whatIsDeclaredIsInTheTables(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.database.read { db in
                func ask(_ table: String, _ columns: [String]) throws {
                    let list = columns.map { "\(name: $0)" as SQL }.joined(separator: ", ")
                    _ = try db.rows("SELECT \(list) FROM \(name: table) LIMIT 1")
                }
                for declaration in declarations {
                    for table in declaration.personal {
                        try ask(table.name, table.registered.keys + table.columns.map(\.name))
                    }
                    for table in declaration.sealed {
                        try ask(table.name, [table.key] + table.columns + table.reads)
                    }
                    for remark in declaration.remarks {
                        try ask(remark.table, [remark.column])
                        _ = try db.rows(
                            "SELECT 1 FROM \(name: remark.table) WHERE \(remark.condition("'x'"))")
                    }
                    for table in declaration.files { try ask(table, ["id", "file_digest"]) }
                    for row in declaration.proven { try ask(row.table, ["id"]) }
                }
                let reader = HeldReader(db, test.district, .en, limit: 1)
                #expect(try reader.read(DataSubject(account: "nobody")).parts.isEmpty)
            }
        }
    }
}
