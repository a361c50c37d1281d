import Catalogue
import Core
import Figures
import Foundation
import Ledger
import Tables

/// The tables of a demonstration: forms as a superior would send them, with their marks, and the
/// periods that were confirmed, so that the next one shows what changed.
///
/// ```yaml
/// tables:
///   - file: communities.xlsx
///     unit: "410102"
///     title: 社区基本情况季报表
///     columns:
///       - {column: C, heading: 用房面积, figure: premises.area}
///     confirmed: 2015-Q1
/// ```
struct DemonstrationTables {
    private let district: District
    private let tables: TerminalTables

    init(_ district: District, _ tables: TerminalTables) {
        self.district = district
        self.tables = tables
    }

    /// Brings the tables of a folder; none where the district has some already.
    ///
    /// - Throws: `BrokenCatalogue` for a file that is not understood.
    func bring(from folder: String) async throws -> Int {
        let path = folder + "/tables.yaml"
        guard FileManager.default.fileExists(atPath: path), try await tables.list().isEmpty else {
            return 0
        }
        let faults = FaultList()
        let said =
            document(path, faults)
            .flatMap { Mapping($0, file: "tables.yaml", faults: faults) }?
            .items("tables").map(SaidTable.init) ?? []
        guard faults.faults.isEmpty else { throw BrokenCatalogue(faults: faults.faults) }
        var brought = 0
        for one in said {
            do {
                try await bring(one, folder)
                brought += 1
            } catch let refusal as Refusal {
                // A program may be missing that reads workbooks: the demonstration goes on.
                let why = refusal.text(Terminal.language)
                Terminal.say(
                    zh: "演示报表“\(one.title)”没有登记：\(why)",
                    en: "The table “\(one.title)” was not brought: \(why)")
            }
        }
        return brought
    }

    private func bring(_ said: SaidTable, _ folder: String) async throws {
        let structure = try await district.structure()
        let now = district.now()
        guard let unit = structure.unit(naming: said.unit, on: now.day),
            let data = FileManager.default.contents(atPath: folder + "/" + said.file)
        else {
            throw Refusal.invalid(
                said.file, zh: "演示报表“\(said.file)”没有找到。",
                en: "The demonstration's table “\(said.file)” was not found.")
        }
        let table = DeskTable(
            unit: unit.unit,
            said: DeskTable.Said(
                title: said.title, issuer: said.issuer, document: said.document,
                basis: said.basis, isListed: said.isListed),
            DeskTable.Terms(said.rhythm, dueDays: said.dueDays, lastOn: said.lastOn), at: now)
        let id = try await tables.bring(
            Array(data), named: said.file, table, by: .command()
        ).text
        for (letters, heading, source) in said.columns {
            try await tables.bind(id, letters, heading: heading, to: source, by: .command())
        }
        for period in said.confirmed {
            try await tables.confirm(id, period: period, by: .command())
        }
    }
}

/// A table as the file says it.
private struct SaidTable: Sendable {
    let file: String
    let unit: String
    let title: String
    let issuer: String
    let document: String?
    let basis: String?
    let isListed: Bool
    let rhythm: Rhythm
    let dueDays: Int
    let lastOn: Day?
    let columns: [(letters: String, heading: String?, source: TableColumn.Source)]
    let confirmed: [String]

    init(_ mapping: Mapping) {
        file = mapping.requiredText("file")
        unit = mapping.requiredText("unit")
        title = mapping.requiredText("title")
        issuer = mapping.requiredText("issuer")
        document = mapping.text("document")
        basis = mapping.text("basis")
        isListed = mapping.text("listed") != "no"
        rhythm = mapping.text("rhythm").flatMap(Rhythm.init) ?? .quarter
        dueDays = mapping.integer("due_days") ?? 5
        lastOn = mapping.text("until").flatMap { Day($0) }
        columns = mapping.items("columns").map { column in
            let term = column.text("term").flatMap(TableColumn.Term.init) ?? .own
            let fact = column.text("unit").flatMap(TableColumn.UnitFact.init)
            let source: TableColumn.Source =
                column.text("figure").map { .figure($0, term) } ?? fact.map { .unit($0) }
                ?? column.text("constant").map { .constant($0) } ?? .hand
            let said = (column.requiredText("column"), column.text("heading"), source)
            column.close()
            return said
        }
        confirmed = (mapping.text("confirmed") ?? "").split(separator: " ").map(String.init)
        mapping.close()
    }
}
