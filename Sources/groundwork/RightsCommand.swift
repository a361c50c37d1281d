import Accounts
import App
import ArgumentParser
import Core
import Ledger
import Rights
import Web

/// groundwork rights: doing again after a restore, and the drill of a breach.
struct RightsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rights", abstract: "Erase again after a restore; drill a breach.",
        subcommands: [RightsReapplyCommand.self, RightsDrillCommand.self])
}

struct RightsReapplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reapply",
        abstract: "Do again what an older copy of the database does not know of.",
        discussion: "The server does this by itself when it starts.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        let count = try await Eraser(district, folder: options.folder.rights)
            .reapply(by: .command())
        Terminal.say(
            zh: "重新执行\(count)项删除、限制和撤回。",
            en: "\(count) erasures, restrictions and withdrawals were repeated.")
    }
}

struct RightsDrillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill",
        abstract: "Count who is affected if a register entry got out, and print the notice.",
        discussion: """
            Counts only, unless --names asks for a list, which is entered in the audit and in the \
            ledger of disclosures and needs a recipient and a purpose.
            """)

    @OptionGroup var options: DataOptions

    @Option(help: "The register entry, such as volunteer_name.")
    var entry: String

    @Flag(help: "List names and numbers as well.")
    var names = false

    @Option(help: "Who gets the list.")
    var recipient = ""

    @Option(help: "What the list is for.")
    var purpose = ""

    func run() async throws {
        let home = try Home.find()
        let district = try await options.folder.open(home, logger: Terminal.logger())
        defer { district.database.close() }
        let terms = try Terms(folders: [home.catalogue, options.folder.catalogue])
        let drill = BreachDrill(district, entry: entry)
        let affected = try await drill.affected()
        print("\(entry)  \(affected)")
        if names {
            let (lines, watermark) = try await drill.names(
                for: recipient, purpose: purpose, by: .command())
            print(watermark)
            for line in lines { print(line) }
        }
        print(try drill.notice(affected, terms.words(Terminal.language)))
    }
}
