import App
import ArgumentParser
import Core
import Rights
import Web

/// groundwork serve: the pages, on loopback unless told otherwise.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the pages until interrupted.")

    @OptionGroup var options: DataOptions
    @OptionGroup var serving: ServingOptions

    @Flag(
        help: """
            A proxy of yours stands before the server, speaks HTTPS and writes X-Forwarded-For.
            """)
    var behindProxy = false

    @Option(
        help: """
            The IP address to listen on. One that others can reach goes with --behind-proxy and \
            --proxy, or with --public-without-https.
            """)
    var address = ListenAddress.loopback

    @Option(
        help: "The IP address of a proxy that alone is answered; for several, once for each.")
    var proxy: [String] = []

    @Flag(help: "Let everybody who can reach the address come without a proxy, unencrypted.")
    var publicWithoutHttps = false

    func run() async throws {
        let proxies = try proxy.map { text in
            guard let proxy = Proxy(text) else {
                throw Refusal.invalid(
                    "--proxy", zh: "“\(text)”不是 IP 地址。", en: "“\(text)” is no IP address.")
            }
            return proxy
        }
        let address = try ListenAddress(
            address, isBehindProxy: behindProxy, proxies: Set(proxies),
            isPlain: publicWithoutHttps)
        try await serve(
            options.folder, serving, at: address,
            Server.Setting(
                isBehindProxy: behindProxy, proxies: Set(proxies),
                workSeconds: serving.workSeconds))
    }
}

/// Opens the district and serves it, saying where.
func serve(
    _ folder: DataFolder, _ serving: ServingOptions, at address: ListenAddress,
    _ setting: Server.Setting
) async throws {
    let home = try Home.find()
    let logger = serving.logger
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
    // Of files that are gone `catalogue check` tells; a start tells of what somebody took away.
    if !district.catalogue.absentKinds.isEmpty { try await Terminal.sayStranded(district) }
    setting.waits = { Terminal.sayWaiting($0) }
    let server = try Server(
        district, home: home, data: folder, setting: setting, logger: logger)
    try await server.run(address: address.host, port: serving.port, logger: logger) { port in
        Terminal.say(
            zh: "已启动：http://\(address.inLink):\(port)/ （按 Ctrl-C 停止）",
            en: "Serving http://\(address.inLink):\(port)/ (Ctrl-C stops it).")
    }
}
