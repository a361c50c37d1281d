import Accounts
import ArgumentParser
import Core
import Ledger

/// groundwork person: two entries found to be one person.
struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: "Join two entries of one person, or part them again.",
        subcommands: [PersonJoinCommand.self, PersonPartCommand.self])
}

struct PersonJoinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join", abstract: "Say that two numbers are one person.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The number that is to follow the other.")
    var number: String

    @Argument(help: "The number that stays.")
    var into: String

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        print(
            try await district.join(
                number, into: into, on: district.now().day, by: .command()))
    }
}

struct PersonPartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "part", abstract: "Take a join back.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The id that join printed.")
    var id: String

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        try await district.undoJoin(id, on: district.now().day, by: .command())
    }
}
