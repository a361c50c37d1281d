import Accounts
import App
import ArgumentParser
import Core
import Figures
import Foundation
import Ledger
import Organization
import Reports
import Tables
import Web

/// groundwork demo: the fictional district, its half-year report, and the pages.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Create the demonstration district, write its report, and serve it.",
        discussion: """
            Everything in it is fictional and dated 2013 to June 2015, but for its cases, which \
            are under way today. It is loaded through the same import a user has. Run again, it \
            finds the district made and only serves it. --example names another district of the \
            folder Examples; only the first one has a report and people who can sign in.
            """)

    @Option(help: "The folder of the demonstration.")
    var data = "data/demo"

    @Flag(help: "Create it and stop.")
    var noServe = false

    @OptionGroup var serving: ServingOptions

    @Option(help: "Which example district: the name of a folder of Examples.")
    var example = Home.firstExample

    @Option(help: "Load the files of this folder rather than the ones that come along.")
    var files: String?

    private var isFirst: Bool { example == Home.firstExample }

    func run() async throws {
        let home = try Home.find()
        let folder = DataFolder(data)
        try await create(folder, home)
        guard !noServe else { return }
        for account in DemonstrationAccount.all where isFirst {
            Terminal.say(
                zh: "可登录试用：\(account.signIn)  密码：\(account.password)  （\(account.name.zh)）",
                en: "Sign in as \(account.signIn) with \(account.password) (\(account.name.en)).")
        }
        try await serve(
            folder, serving,
            at: ListenAddress(
                ListenAddress.loopback, isBehindProxy: false, proxies: [], isPlain: false),
            Server.Setting(workSeconds: serving.workSeconds))
    }

    private func create(_ folder: DataFolder, _ home: Home) async throws {
        let start = ContinuousClock.now
        let place = try home.example(example)
        if !folder.exists { try folder.create() }
        try folder.adoptCatalogue(from: place + "/catalogue")
        let database = try folder.openDatabase(Terminal.logger())
        do { try await folder.migrate(database) } catch {
            database.close()
            throw error
        }
        database.close()
        let district = try await folder.open(home, logger: Terminal.logger())
        defer { district.database.close() }
        try await district.becomeDemonstration()
        let loaded = try await load(files ?? place + "/data", into: district)
        if loaded > 0 { try await loadOutlines(of: files ?? place + "/data", into: district) }
        try await DemonstrationPictures.add(
            from: place + "/pictures", to: district, folder.evidenceFolder(district))
        let reports = try Reports(
            Figures(district), folders: [home.catalogue, folder.catalogue])
        if isFirst, try await reports.list().isEmpty {
            let id = try await reports.issue(
                "organization_work", unit: "410102", period: "2015-H1", by: .command())
            Terminal.say(zh: "已签发半年工作报告 \(id)。", en: "Issued the half-year report \(id).")
        }
        if isFirst { try await DemonstrationAccount.make(in: district) }
        let cases = try await DemonstrationCases(district)
            .open(from: (files ?? place + "/data") + "/cases.yaml")
        if cases > 0 {
            Terminal.say(zh: "已开办\(cases)件演示事项。", en: "Opened \(cases) cases.")
        }
        let offered = try await DemonstrationVisits(district)
            .offer(from: (files ?? place + "/data") + "/visits.yaml")
        if offered > 0 {
            Terminal.say(zh: "已开放\(offered)个预约时段。", en: "Offered \(offered) appointments.")
        }
        let terms = try Terms(folders: [home.catalogue, folder.catalogue])
        let tables = TerminalTables(Figures(district), terms.words(.zh))
        let brought = try await DemonstrationTables(district, tables).bring(from: place + "/tables")
        if brought > 0 {
            Terminal.say(zh: "已登记\(brought)张演示报表。", en: "Brought \(brought) tables.")
        }
        if loaded > 0 {
            let seconds = (ContinuousClock.now - start).formatted(
                .units(allowed: [.seconds], width: .narrow, fractionalPart: .show(length: 1)))
            Terminal.say(
                zh: "演示区已就绪：\(loaded)行，用时\(seconds)。",
                en: "The demonstration is ready: \(loaded) rows in \(seconds).")
        }
    }

    /// Takes in the boundaries of the units, where the demonstration has some: as they are since
    /// the last document that changed the structure.
    private func loadOutlines(of folder: String, into district: District) async throws {
        guard let data = FileManager.default.contents(atPath: folder + "/outlines.geojson")
        else { return }
        let structure = try await district.structure()
        let day =
            structure.reorganizations.map(\.effectiveOn).max()
            ?? structure.root(nearest: district.now().day)?.from ?? district.now().day
        _ = try await district.loadOutlines(
            Array(data), property: "code", datum: .wgs84, from: day, by: .command())
    }

    /// Imports the demonstration's files in their order; content already there is recognized.
    private func load(_ folder: String, into district: District) async throws -> Int {
        guard let list = FileManager.default.contents(atPath: folder + "/load.txt") else {
            throw Refusal.conflict(
                zh: "\(folder) 中没有 load.txt。", en: "\(folder) has no load.txt.")
        }
        var rows = 0
        for line in String(decoding: list, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            let outcome = try await district.importFile(
                folder + "/" + parts[1], what: parts[0], by: .command(),
                progress: Terminal.progress(parts[1]))
            switch outcome {
            case .published(_, let count): rows += count
            case .recognized: continue
            case .refused:
                Terminal.say(parts[1])
                outcome.say()
                throw ExitCode(2)
            }
        }
        return rows
    }
}
