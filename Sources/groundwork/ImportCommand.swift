import Accounts
import App
import ArgumentParser
import Core
import Ledger
import Organization

/// groundwork import: files in, and imports undone.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring in a file of records, units, persons or changes.",
        discussion: """
            CSV (UTF-8 or GB18030) or an Excel workbook; headings in Chinese or English, in any \
            order. Every row is judged first; a file is published whole or not at all. \
            --kind is the id of a kind of record, or units, reorganizations or persons.
            """,
        subcommands: [ImportFileCommand.self, ImportReverseCommand.self],
        defaultSubcommand: ImportFileCommand.self)
}

struct ImportFileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "file", abstract: "Import one file (the default).")

    @OptionGroup var options: DataOptions

    @Argument(help: "The file.", completion: .file())
    var file: String

    @Option(help: "A kind of record, or units, reorganizations, persons.")
    var kind: String

    @Option(
        help: """
            For persons: the first day of the names and units that the file changes. Without it \
            a file changes nobody.
            """)
    var from: String?

    @Flag(help: "Print the outcome as JSON.")
    var json = false

    /// At most so many wrong rows are printed; the count tells the rest.
    static let printedFaults = 50

    func run() async throws {
        let day = try from.map(Terminal.day)
        if day != nil, kind != "persons" {
            throw Refusal.invalid(
                "--from", zh: "只有人员文件可以注明自哪天起更改。",
                en: "Only a file of persons changes anything from a day on.")
        }
        let district = try await options.open()
        defer { district.database.close() }
        let outcome = try await district.importFile(
            file, what: kind, by: .command(), changing: day,
            progress: Terminal.progress(file), saying: { Terminal.say(zh: $0.zh, en: $0.en) })
        if json {
            try printJSON(ImportReport(outcome))
        } else {
            outcome.say()
        }
        if case .refused = outcome { throw ExitCode(2) }
    }
}

struct ImportReverseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reverse", abstract: "Undo an import as a whole.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The id that the import printed.")
    var id: String

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        try await district.reverseImport(id, by: .command())
        Terminal.say(zh: "已整体撤销导入 \(id)。", en: "Undid the import \(id) as a whole.")
    }
}

extension ImportOutcome {
    /// Says the outcome; wrong rows first, with where and how to mend each.
    func say() {
        switch self {
        case .published(let id, let rows):
            Terminal.say(zh: "已导入\(rows)行，批号 \(id)。", en: "Imported \(rows) rows as \(id).")
        case .recognized(let id):
            Terminal.say(
                zh: "内容以前已经导入（批号 \(id)），没有重复导入。",
                en: "This content is in the ledger already (import \(id)); nothing was done.")
        case .refused(let faults):
            for one in faults.prefix(ImportFileCommand.printedFaults) {
                let words = one.fault.words
                let zh = one.column.map { "第\(one.row)行\($0)列" } ?? "第\(one.row)行"
                let en = one.column.map { "Row \(one.row), column \($0)" } ?? "Row \(one.row)"
                Terminal.say(
                    zh: "\(zh)，\(one.fault.place)：\(words.zh)",
                    en: "\(en), \(one.fault.place): \(words.en)")
            }
            Terminal.say(
                zh: "共\(faults.count)处需要更正，没有导入任何内容。",
                en: "\(faults.count) things are to be corrected; nothing was imported.")
        }
    }
}

/// The outcome of an import for scripts.
private struct ImportReport: Encodable {
    let outcome: String
    let id: String?
    let rows: Int?
    let faults: [Line]

    struct Line: Encodable {
        let row: Int
        let column: String?
        let place: String
        let zh: String
        let en: String
    }

    init(_ result: ImportOutcome) {
        switch result {
        case .published(let id, let rows): (outcome, self.id, self.rows) = ("published", id, rows)
        case .recognized(let id): (outcome, self.id, rows) = ("recognized", id, nil)
        case .refused: (outcome, id, rows) = ("refused", nil, nil)
        }
        if case .refused(let list) = result {
            faults = list.map {
                Line(
                    row: $0.row, column: $0.column, place: $0.fault.place,
                    zh: $0.fault.words.zh, en: $0.fault.words.en)
            }
        } else {
            faults = []
        }
    }
}
