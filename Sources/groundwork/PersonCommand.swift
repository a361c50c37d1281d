import Accounts
import ArgumentParser
import Core
import Ledger

/// groundwork person: what is known of a person, and two entries found to be one person.
struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: "Change what is known of a person; join two entries of one, or part them.",
        subcommands: [PersonChangeCommand.self, PersonJoinCommand.self, PersonPartCommand.self])
}

struct PersonChangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Give a person another name, number or unit.",
        discussion: """
            What was known before is kept until the day before, with who changed it and why. A \
            former number goes on leading to the person.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The number, or the identity that an answer printed.")
    var person: String

    @Option(help: "The new name.")
    var name: String?

    @Option(help: "The new number.")
    var number: String?

    @Option(help: "The code of the new unit.")
    var unit: String?

    @Option(help: "The first day on which it holds.")
    var from: String

    @Option(help: "Why.")
    var because: String = ""

    func run() async throws {
        let change = PersonChange(
            number: number, name: name, unit: unit, from: try Terminal.day(from), reason: because)
        let district = try await options.open()
        defer { district.database.close() }
        let now = try await district.change(person, to: change, by: .command())
        let shown = now.number ?? now.id.text
        Terminal.say(
            zh: "“\(now.name)”（\(shown)）的信息已更改，自\(change.from)起。",
            en: "“\(now.name)” (\(shown)) was changed, from \(change.from) on.")
    }
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
