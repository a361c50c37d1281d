import Administration
import App
import ArgumentParser
import Catalogue
import Core
import Figures
import Ledger
import Reports
import Storage

/// groundwork catalogue: the district's kinds, indicators and rules as data.
struct CatalogueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue", abstract: "Check and list the catalogue.",
        subcommands: [
            CatalogueCheckCommand.self, CatalogueListCommand.self, CatalogueRowsCommand.self,
            CatalogueOwnCommand.self, CatalogueProceduresCommand.self,
        ])
}

struct CatalogueRowsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rows",
        abstract: "List every work item, and what serves it or what it waits for.")

    @OptionGroup var options: DataOptions

    @Flag(help: "Print the rows of docs/mechanisms.md.")
    var table = false

    func run() async throws {
        let services = try options.folder.loadCatalogue(try Home.find()).services
        for service in services { print(table ? service.tableRow : service.line) }
        guard !table else { return }
        let served = services.filter(\.isServed).count
        Terminal.say(
            zh: "\(served)项已实现，\(services.count - served)项尚未启用。",
            en: "\(served) served, \(services.count - served) waiting.")
    }
}

struct CatalogueOwnCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "own", abstract: "List the kinds that were made on pages, and their files.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        for line in try await OwnKindLine.all(of: district) {
            print("\(line.id)\t\(line.name[Terminal.language])\t\(line.state[Terminal.language])")
        }
    }
}

struct CatalogueCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read the catalogue and name every fault, with its line.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let home = try Home.find()
        let catalogue = try options.folder.loadCatalogue(home)
        for indicator in catalogue.indicators.values.sorted(by: { $0.id < $1.id })
        where !CountingUnit.known.contains(indicator.unit) {
            Terminal.say(
                zh: "\(indicator.id)：没有计量单位“\(indicator.unit)”的英文。",
                en: "\(indicator.id): the counting unit “\(indicator.unit)” has no English word.")
            throw ExitCode(1)
        }
        try await checkReports(home, catalogue)
        for override in catalogue.overrides { say(override) }
        say(toVerify: catalogue)
        Terminal.say(
            zh: "配置完好：\(catalogue.kinds.count)种填报事项，\(catalogue.indicators.count)项指标，"
                + "\(catalogue.procedures.count)项程序。",
            en: "The catalogue is whole: \(catalogue.kinds.count) kinds, "
                + "\(catalogue.indicators.count) indicators, "
                + "\(catalogue.procedures.count) procedures.")
    }

    /// Reads the templates of reports as well. Where the folder is a district's already, the units
    /// and reorganizations they name must be its own.
    private func checkReports(_ home: Home, _ catalogue: Catalogue) async throws {
        let folder = options.folder
        _ = try ReportTemplate.load(
            folders: [home.catalogue, folder.catalogue], catalogue: catalogue)
        guard folder.exists else { return }
        let reports = try await options.openReports()
        defer { reports.figures.district.database.close() }
        let district = reports.figures.district
        try await Terminal.sayStranded(district)
        let structure = try await district.structure()
        // A district that has no units yet has nothing to compare with.
        guard !structure.versions.isEmpty else { return }
        let faults = FaultList()
        for template in reports.templates.values {
            for one in reports.unknown(template, structure) { one.note(in: faults) }
        }
        guard faults.faults.isEmpty else { throw BrokenCatalogue(faults: faults.faults) }
    }

    /// Lists the rules whose source says that something is to be verified.
    private func say(toVerify catalogue: Catalogue) {
        let open = catalogue.rules.values.flatMap { $0 }.filter { !$0.toVerify.isEmpty }.inOrder
        for rule in open {
            let what = rule.toVerify.map(\.words)
            Terminal.say(
                zh: "\(rule.place)：“\(rule.id)”待核实：\(what.map(\.zh).joined(separator: "、"))。",
                en: "\(rule.place): “\(rule.id)” is to be verified: "
                    + "\(what.map(\.en).joined(separator: ", ")).")
        }
        guard !open.isEmpty else { return }
        Terminal.say(
            zh: "\(open.count)条规则待核实：请与正式文本核对。",
            en: "\(open.count) rules are to be verified against the official text.")
    }

    /// Names a value of a rule that stands in place of another.
    private func say(_ override: RuleOverride) {
        let (own, other) = (override.own, override.other)
        let last = override.until.map { ($0 - 1).description }
        let days = Wording(
            zh: "自\(override.from)\(last.map { "至\($0)" } ?? "起")",
            en: "from \(override.from)\(last.map { " to \($0)" } ?? "")")
        Terminal.say(
            zh: "\(own.place)：“\(own.id)”\(days.zh)为\(own.written.zh)，"
                + "代替\(other.place)的\(other.written.zh)。",
            en: "\(own.place): “\(own.id)” is \(own.written.en) \(days.en), "
                + "in place of \(other.written.en) in \(other.place).")
    }
}

extension Rule.Open {
    fileprivate var words: Wording {
        switch self {
        case .firstDay: Wording(zh: "起始日", en: "first day")
        case .source: Wording(zh: "出处", en: "source")
        }
    }
}

extension Rule {
    /// The file and the line it is written in.
    fileprivate var place: String { "\(file):\(line)" }
}

struct CatalogueListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List kinds, indicators and rules.")

    @OptionGroup var options: DataOptions

    @Flag(help: "Print JSON.")
    var json = false

    private struct Line: Encodable {
        let part: String
        let id: String
        let zh: String
        let en: String
        let serves: [String]
    }

    func run() async throws {
        let catalogue = try options.folder.loadCatalogue(try Home.find())
        var lines = catalogue.kinds.values.map { kind in
            Line(
                part: "kind", id: kind.id, zh: kind.name.zh, en: kind.name.en,
                serves: kind.serves)
        }
        lines += catalogue.indicators.values.map { one in
            Line(
                part: "indicator", id: one.id, zh: one.name.zh, en: one.name.en,
                serves: one.serves)
        }
        lines += catalogue.rules.values.compactMap(\.first).map { rule in
            Line(part: "rule", id: rule.id, zh: rule.name.zh, en: rule.name.en, serves: [])
        }
        lines.sort { ($0.part, $0.id) < ($1.part, $1.id) }
        if json {
            try printJSON(lines)
            return
        }
        for line in lines {
            let name = Terminal.language == .zh ? line.zh : line.en
            print("\(line.part)\t\(line.id)\t\(name)\t\(line.serves.joined(separator: " "))")
        }
    }
}

extension Terminal {
    /// Says which kinds records have that the catalogue has not.
    static func sayStranded(_ district: District) async throws {
        for kind in try await district.database.read(district.strandedKinds) {
            say(zh: kind.words.zh, en: kind.words.en)
        }
    }
}
