import App
import Catalogue
import Core
import Foundation
import Ledger
import Storage
import TestKit
import Testing

struct SchemaTests {
    /// A change of the schema shows in the review as a change of these files. They are written
    /// anew by `GROUNDWORK_WRITE_SCHEMA=1 swift test … --filter SchemaTests`.
    @Test(arguments: Engine.available)
    func theSchemaIsTheOneThatWasReviewed(on engine: Engine) async throws {
        let path = TestDistrict.home.folder + "/docs/schema/\(engine.rawValue).sql"
        let dump = try await engine.withDatabase(migrations: migrations) { database in
            try await database.schemaDump()
        }
        if ProcessInfo.processInfo.environment["GROUNDWORK_WRITE_SCHEMA"] == "1" {
            try FileManager.default.createDirectory(
                atPath: TestDistrict.home.folder + "/docs/schema",
                withIntermediateDirectories: true)
            try Data(dump.utf8).write(to: URL(fileURLWithPath: path))
        }
        let reviewed = FileManager.default.contents(atPath: path) ?? Data()
        let same = String(decoding: reviewed, as: UTF8.self) == dump
        #expect(same, "\(path) is not what the migrations make")
    }

    @Test(arguments: Engine.available)
    func everyTextColumnIsPlainOrInTheRegister(on engine: Engine) async throws {
        let columns = try await engine.withDatabase(migrations: migrations) { database in
            try await database.read(textColumns)
        }
        try #require(columns.contains("person.name") && columns.contains("record.fields"))
        #expect(try Columns.kept().faults(in: columns) == [])
    }

    @Test func aPersonalColumnWithoutItsEntryIsRefused() throws {
        var columns = try Columns.kept()
        let known = columns.plain.union(columns.personal.keys).sorted()
        #expect(
            columns.faults(in: known + ["person.email"]) == [
                "person.email is neither personal, with its entry in the register, nor plain"
            ])
        columns.personal["person.email"] = "person_email"
        #expect(
            columns.faults(in: known + ["person.email"]) == [
                "person.email names the entry person_email, which the register does not have"
            ])
        columns.personal["person.email"] = "person_name"
        #expect(columns.faults(in: known + ["person.email"]) == [])
    }

    @Test func aListedColumnThatIsGoneOrInBothListsIsNamed() throws {
        var columns = try Columns.kept()
        let known = columns.plain.union(columns.personal.keys).sorted()
        columns.plain.insert("person.name")
        columns.plain.insert("person.shoe_size")
        #expect(
            columns.faults(in: known) == [
                "person.name is listed as plain and as personal",
                "person.shoe_size is listed, and no table has it",
            ])
    }
}

/// What the project says about its text columns.
private struct Columns {
    var plain: Set<String>
    var personal: [String: String]
    let register: Set<String>

    static func kept() throws -> Columns {
        let list = TestDistrict.home.folder + "/Tests/AppTests/plain-columns.txt"
        let names = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n")
        let catalogue = try Catalogue(folders: [TestDistrict.home.catalogue])
        return Columns(
            plain: Set(names.map(String.init)), personal: declarations.personalColumns,
            register: Set(catalogue.register.keys))
    }

    func faults(in columns: [String]) -> [String] {
        var faults: [String] = []
        for column in columns where !plain.contains(column) {
            if let entry = personal[column] {
                guard !register.contains(entry) else { continue }
                faults.append(
                    "\(column) names the entry \(entry), which the register does not have")
            } else {
                faults.append(
                    "\(column) is neither personal, with its entry in the register, nor plain")
            }
        }
        for column in plain.union(personal.keys).sorted() {
            if plain.contains(column), personal[column] != nil {
                faults.append("\(column) is listed as plain and as personal")
            } else if !columns.contains(column) {
                faults.append("\(column) is listed, and no table has it")
            }
        }
        return faults
    }
}

/// Every column of every table that can hold words, as `table.column`.
private func textColumns(_ db: Connection) throws -> [String] {
    let sqlite: SQL = """
        SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
            AND c.type NOT IN ('BIGINT', 'BOOLEAN')
        ORDER BY 1
        """
    let postgres: SQL = """
        SELECT c.table_name || '.' || c.column_name FROM information_schema.columns c
        JOIN information_schema.tables t
            ON t.table_schema = c.table_schema AND t.table_name = c.table_name
        WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
            AND c.data_type NOT IN ('bigint', 'boolean')
        ORDER BY 1
        """
    return try db.rows(db.dialect == .sqlite ? sqlite : postgres).map { try $0.at(0) }
}
