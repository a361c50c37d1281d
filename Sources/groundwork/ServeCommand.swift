import App
import ArgumentParser
import Core
import Rights

/// groundwork serve: the pages, on loopback.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the pages on 127.0.0.1 until interrupted.")

    @OptionGroup var options: DataOptions
    @OptionGroup var serving: ServingOptions

    @Flag(
        help: """
            A proxy of yours stands before the server, speaks HTTPS and writes X-Forwarded-For.
            """)
    var behindProxy = false

    func run() async throws {
        try await serve(
            options.folder, port: serving.port,
            Server.Setting(isBehindProxy: behindProxy, workSeconds: serving.workSeconds))
    }
}

/// Opens the district and serves it, saying where.
func serve(_ folder: DataFolder, port: Int, _ setting: Server.Setting) async throws {
    let home = try Home.find()
    let logger = Terminal.logger()
    let district = try await folder.open(home, logger: logger)
    defer { district.database.close() }
    var setting = setting
    setting.isDemonstration = try await district.isDemonstration()
    if setting.isDemonstration {
        setting.notice = Server.fictional
        Terminal.say(Server.fictional[Terminal.language])
    }
    if !district.database.isReadOnly {
        try await Eraser(district, folder: folder.rights).reapply(by: Retention.actor)
        for finding in try await folder.headFindings(district) { Terminal.say("\(finding)") }
    } else {
        Terminal.say(
            zh: "数据目录是只读的：可以查看网页，不能登录，也不写入任何内容。",
            en: "The folder is read-only: pages can be read; nobody signs in, nothing is written.")
    }
    let server = try Server(
        district, home: home, data: folder, setting: setting, logger: logger)
    // What the demonstration tells is years old and fictional: the register would delete it all.
    let nightly =
        setting.isDemonstration || district.database.isReadOnly
        ? nil
        : Nightly(
            retention(district, folder), logger: logger, now: district.now,
            announce: { Terminal.sayWaiting($0) })
    try await server.run(port: port, nightly: nightly, logger: logger) { port in
        Terminal.say(
            zh: "已启动：http://127.0.0.1:\(port)/ （按 Ctrl-C 停止）",
            en: "Serving http://127.0.0.1:\(port)/ (Ctrl-C stops it).")
    }
}
