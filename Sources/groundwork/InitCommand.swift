import App
import ArgumentParser
import Core

/// groundwork init: a new district's folder, with its two keys.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Set up a new district: its folder, keys and database.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let folder = options.folder
        _ = try folder.loadCatalogue(try Home.find())
        try folder.create()
        let database = try folder.openDatabase(Terminal.logger())
        defer { database.close() }
        try await folder.migrate(database)
        Terminal.say(
            zh: "已在 \(folder.path) 建立新的区。审计密钥 \(folder.keyFile) 和"
                + "密封密钥 \(folder.sealedKeyFile) 请分别另存备份。",
            en: "Set up a new district in \(folder.path). Keep copies of its audit key, "
                + "\(folder.keyFile), and of its sealed key, \(folder.sealedKeyFile), elsewhere "
                + "and apart.")
    }
}

/// groundwork migrate: brings the database up to this program.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the database's schema up to this program.")

    @OptionGroup var options: DataOptions

    @Flag(help: "Print the schema instead of changing it.")
    var dump = false

    func run() async throws {
        let database = try options.folder.openDatabase(Terminal.logger())
        defer { database.close() }
        if dump {
            print(try await database.schemaDump(), terminator: "")
            return
        }
        let pending = try await database.pendingMigrations(migrations)
        try await options.folder.migrate(database)
        // Opening it fills what the new tables derive from the records.
        try await options.folder.open(try Home.find(), logger: Terminal.logger())
            .database.close()
        Terminal.say(
            zh: "已完成\(pending.count)项升级。", en: "Applied \(pending.count) migrations.")
    }
}
