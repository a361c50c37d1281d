import ArgumentParser
import Core
import Ledger
import Open311

/// groundwork open311: the keys with which programs file requests.
struct Open311Command: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open311", abstract: "The keys with which programs file requests.",
        discussion: "What programs may ask and file is told in docs/open311.md.",
        subcommands: [
            Open311KeyCommand.self, Open311KeysCommand.self, Open311EndCommand.self,
        ])
}

struct Open311KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make a key for a program; it is shown this once.")

    @OptionGroup var options: DataOptions

    @Argument(help: "What the program is called.")
    var name: String

    @Option(help: "For how many days the key is good.")
    var days = 90

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        let made = try await district.makeWritingKey(named: name, days: days, by: .command())
        Terminal.say(
            zh: "密钥只显示这一次，请交给“\(name)”保管（编号\(made.id)）：",
            en: "The key is shown this once; give it to “\(name)” (\(made.id)):")
        print(made.secret)
    }
}

struct Open311KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "List the keys there are.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        for key in try await district.writingKeys() {
            let told = [key.id.text, key.name, key.madeAt.text, "\(key.endsOn - 1)"]
            print(told.joined(separator: "  "))
        }
    }
}

struct Open311EndCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "End a key at once.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The identity of the key, as “keys” lists it.")
    var id: String

    func run() async throws {
        guard let id = WritingKey.ID(id) else { throw Refusal.notFound }
        let district = try await options.open()
        defer { district.database.close() }
        try await district.endWritingKey(id, by: .command())
        Terminal.say(zh: "密钥已停用。", en: "The key is ended.")
    }
}
