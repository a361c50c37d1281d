import App
import ArgumentParser
import Core
import Rights

/// groundwork retention: what the server does by itself each night, now.
struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "Delete what has had its time by the register, as the server does each night.",
        discussion: """
            What had had its time already when it came in waits for a confirmation: everything \
            due at the first run of a district, and old data of a later import. “--dry-run” shows \
            the counts, “confirm” lets them go.
            """,
        subcommands: [RetentionRunCommand.self, RetentionConfirmCommand.self],
        defaultSubcommand: RetentionRunCommand.self)
}

struct RetentionRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Delete what is due and waits for nobody.")

    @OptionGroup var options: DataOptions

    @Flag(help: "Only count what would go.")
    var dryRun = false

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        let retention = retention(district, options.folder)
        let parts = try await dryRun ? retention.dryRun() : retention.run()
        for part in parts { print("\(part.entry)  \(part.count)") }
        let count = parts.reduce(0) { $0 + $1.count }
        if dryRun {
            Terminal.say(zh: "共\(count)项到期，未删除。", en: "\(count) are due; nothing was deleted.")
        } else {
            Terminal.say(zh: "已删除\(count)项。", en: "\(count) were deleted.")
        }
        Terminal.sayWaiting(try await retention.waiting())
    }
}

struct RetentionConfirmCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract: "Let what waits go: the next run, by command or at night, deletes it.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        let retention = retention(district, options.folder)
        let position = try await retention.position()
        for part in try await retention.waiting() { print("\(part.entry)  \(part.count)") }
        let count = try await retention.confirm(upTo: position, by: .command())
        Terminal.say(
            zh: "已确认：\(count)项到期资料将在下次运行时删除（今夜由服务器，或现在用 groundwork retention）。",
            en: """
                Confirmed: the next run deletes \(count) that are due, tonight by the server or \
                now by groundwork retention.
                """)
    }
}

extension Terminal {
    /// Says what is due and waits for somebody's word, by register entry and number.
    static func sayWaiting(_ parts: [Retention.Part]) {
        guard !parts.isEmpty else { return }
        let list = parts.map { "\($0.entry) \($0.count)" }
        say(
            zh: "有到期资料等待确认，尚未删除：\(list.joined(separator: "、"))。"
                + "由个人信息保护负责人在“到期删除”页确认，或运行 groundwork retention confirm。",
            en: """
                Due and not deleted, because it waits for a confirmation: \
                \(list.joined(separator: ", ")). The protection officer confirms it on the page \
                “What is due to go”, or somebody here by groundwork retention confirm.
                """)
    }
}
