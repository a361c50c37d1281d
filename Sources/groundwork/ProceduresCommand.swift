import App
import ArgumentParser
import Catalogue
import Core

/// groundwork catalogue procedures: what is decided before a case begins.
struct CatalogueProceduresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "procedures",
        abstract: "List the procedures, or the steps of one: who, when, by when, and the ways on.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The id of a procedure; without it every procedure is listed.")
    var id: String?

    @Flag(help: "Draw the steps, each as deep as the longest way to it.")
    var draw = false

    @Flag(help: "Print JSON.")
    var json = false

    /// A text of a procedure, with its steps where one was asked for.
    private struct Line: Encodable {
        let id: String
        let name: String
        let from: String
        let version: String
        let file: String
        let steps: [ProcedureTable.Row]?
    }

    func run() async throws {
        let catalogue = try options.folder.loadCatalogue(try Home.find())
        let texts = try chosen(catalogue)
        if json {
            try printJSON(
                texts.map { text in
                    Line(
                        id: text.id, name: text.name[Terminal.language],
                        from: text.from.description, version: text.version, file: text.file,
                        steps: id == nil
                            ? nil
                            : ProcedureTable(text, in: catalogue, language: Terminal.language).rows)
                })
            return
        }
        for text in texts {
            print(
                [text.id, text.from.description, text.version, text.name[Terminal.language]]
                    .joined(separator: "\t"))
            let table = ProcedureTable(text, in: catalogue, language: Terminal.language)
            if draw {
                print(table.drawing)
            } else if id != nil {
                for row in table.rows { print(row.line) }
            }
        }
    }

    private func chosen(_ catalogue: Catalogue) throws -> [Procedure] {
        guard let id else {
            return catalogue.procedures.values.joined().sorted {
                ($0.id, $0.from) < ($1.id, $1.from)
            }
        }
        guard let texts = catalogue.procedures[id] else {
            Terminal.say(zh: "没有程序“\(id)”。", en: "There is no procedure “\(id)”.")
            throw ExitCode(1)
        }
        return texts
    }
}

extension ProcedureTable.Row {
    /// One line for a terminal.
    fileprivate var line: String {
        [
            step, name, who.joined(separator: ", "), when, byWhen.joined(separator: "; "),
            ways.joined(separator: "; "),
        ].joined(separator: "\t")
    }
}
