import App
import ArgumentParser
import Core
import Rights

/// groundwork retention: what the server does by itself each night, now.
struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "Delete what has had its time by the register, as the server does each night.")

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
    }
}
