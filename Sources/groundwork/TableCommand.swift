import App
import ArgumentParser
import Core
import Figures
import Foundation
import Ledger
import Tables
import Web

/// groundwork table: tables that superiors ask for.
struct TableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table", abstract: "List, bind and fill tables that superiors ask for.",
        subcommands: [
            TableListCommand.self, TableBindCommand.self, TableFillCommand.self,
        ])
}

extension DataOptions {
    /// The tables of a district, in the language of the terminal.
    fileprivate func tables(of district: District) throws -> TerminalTables {
        let home = try Home.find()
        let terms = try Terms(folders: [home.catalogue, folder.catalogue])
        return TerminalTables(Figures(district), terms.words(Terminal.language))
    }
}

struct TableListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the tables, the newest first.")

    @OptionGroup var options: DataOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        let lines = try await options.tables(of: district).list()
        if json { return try printJSON(lines) }
        for line in lines {
            print(
                [
                    line.id, line.title, line.issuer, line.rhythm, line.state,
                    line.period ?? "", "\(line.bound)/\(line.columns)", "\(line.units)",
                ].joined(separator: "\t"))
        }
    }
}

struct TableBindCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bind", abstract: "Say where a column of a table comes from.",
        discussion: "groundwork table bind ID --column D --figure premises.area --term own")

    @OptionGroup var options: DataOptions

    @Argument(help: "The table's id.")
    var id: String

    @Option(help: "The letters of the column in its sheet.")
    var column: String

    @Option(help: "The figure that stands there.")
    var figure: String?

    @Option(help: "Its period: own, before, year_before, year_so_far or to_date.")
    var term: String = TableColumn.Term.own.rawValue

    @Option(help: "What stands there of the unit: name, code, form or above.")
    var unit: String?

    @Option(help: "The same text in every row.")
    var constant: String?

    @Flag(help: "Filled by the units.")
    var hand = false

    @Option(help: "What the column is called; its heading unless given.")
    var heading: String?

    func run() async throws {
        let sources: [TableColumn.Source] = [
            figure.flatMap { id in TableColumn.Term(rawValue: term).map { .figure(id, $0) } },
            unit.flatMap(TableColumn.UnitFact.init).map { .unit($0) },
            constant.map { .constant($0) }, hand ? .hand : nil,
        ].compactMap { $0 }
        guard sources.count == 1 else {
            throw Refusal.invalid(
                column, zh: "请用 --figure、--unit、--constant、--hand 之一说明取数。",
                en: "Say one of --figure, --unit, --constant and --hand.")
        }
        let district = try await options.open()
        defer { district.database.close() }
        try await options.tables(of: district).bind(
            id, column.uppercased(), heading: heading, to: sources[0], by: .command())
    }
}

struct TableFillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fill", abstract: "Fill a table for a period into a file.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The table's id.")
    var id: String

    @Argument(help: "The file that is written.", completion: .file())
    var file: String

    @Option(help: "The period; the latest that is over unless given.")
    var period: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        let filled = try await options.tables(of: district).fill(id, period: period)
        try Data(filled.bytes).write(to: URL(fileURLWithPath: file))
        let report = FilledReport(
            period: filled.period, cells: filled.cells, changed: filled.changed,
            missing: filled.missing, overridden: filled.overridden)
        if json { return try printJSON(report) }
        Terminal.say(
            zh: "\(filled.period)：\(filled.cells)格，\(filled.changed)格有变化，\(filled.missing)格未填。",
            en: "\(filled.period): \(filled.cells) cells, \(filled.changed) changed, "
                + "\(filled.missing) not filled.")
    }
}

/// A filled table as scripts read it.
private struct FilledReport: Encodable {
    let period: String
    let cells: Int
    let changed: Int
    let missing: Int
    let overridden: Int
}
