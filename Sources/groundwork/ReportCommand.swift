import Accounts
import App
import ArgumentParser
import Core
import Figures
import Ledger
import Reports

/// groundwork report: drafts, issued reports, and what has changed since.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Draft, issue, show and compare reports.",
        subcommands: [
            ReportListCommand.self, ReportDraftCommand.self, ReportIssueCommand.self,
            ReportShowCommand.self, ReportExportCommand.self, ReportCompareCommand.self,
        ])
}

/// What a draft and an issue are asked for.
struct ReportOptions: ParsableArguments {
    @Argument(help: "The template; the only one, unless given.")
    var template: String?

    @Option(help: "The unit's code; the whole district's, unless given.")
    var unit: String?

    @Option(help: "The report's period.")
    var period: String

    /// The template that is meant.
    ///
    /// - Throws: `Refusal.conflict` with the list where none was given and there is not just one.
    func template(_ reports: Reports) throws(Refusal) -> String {
        if let template { return template }
        let all = reports.templates.keys.sorted()
        if all.count == 1, let only = all.first { return only }
        guard !all.isEmpty else {
            throw .conflict(
                zh: "本区还没有报告模板：请放入 catalogue/reports。",
                en: "This district has no report template: put one into catalogue/reports.")
        }
        throw .conflict(
            zh: "请写明用哪个模板：\(all.joined(separator: "、"))。",
            en: "Say which template is meant: \(all.joined(separator: ", ")).")
    }

    /// The code of the unit that is meant.
    func unit(_ reports: Reports) async throws -> String {
        if let unit { return unit }
        let district = reports.figures.district
        let root = try await district.database.read { db in
            try district.structure(db).root(on: district.now().day)
        }
        guard let root else {
            throw Refusal.conflict(
                zh: "还没有单位：请先导入单位名册。", en: "There are no units yet: import them first.")
        }
        return root.code
    }
}

extension DataOptions {
    /// Opens the district and its reports.
    func openReports() async throws -> Reports {
        let home = try Home.find()
        let district = try await folder.open(home, logger: Terminal.logger())
        return try Reports(Figures(district), folders: [home.catalogue, folder.catalogue])
    }
}

struct ReportListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List issued reports and the templates.")

    @OptionGroup var options: DataOptions

    @Flag(help: "Print JSON.")
    var json = false

    private struct Line: Encodable {
        let id: String
        let title: String
        let period: String
        let position: Int
        let issuedAt: String
    }

    func run() async throws {
        let reports = try await options.openReports()
        defer { reports.figures.district.database.close() }
        let lines = try await reports.list().map { report in
            Line(
                id: report.id, title: report.title[Terminal.language], period: report.period,
                position: report.position, issuedAt: report.issuedAt.text)
        }
        if json {
            try printJSON(lines)
            return
        }
        for line in lines {
            print("\(line.id)  \(line.period)  #\(line.position)  \(line.issuedAt)  \(line.title)")
        }
        for (id, template) in reports.templates.sorted(by: { $0.key < $1.key }) {
            Terminal.say(
                zh: "模板：\(id)（\(template.called.zh)）", en: "template: \(id) (\(template.called.en))"
            )
        }
    }
}

struct ReportDraftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draft", abstract: "Print a report with its figures as they are now.")

    @OptionGroup var options: DataOptions
    @OptionGroup var asked: ReportOptions

    func run() async throws {
        let reports = try await options.openReports()
        let district = reports.figures.district
        defer { district.database.close() }
        let template = try reports.template(asked.template(reports))
        let (unit, period) = (try await asked.unit(reports), asked.period)
        let draft = try await district.database.read { db in
            try reports.draft(template, unit: unit, period: period, try reports.figures.reading(db))
        }
        print(draft.template.text(draft.pins, Terminal.language))
    }
}

struct ReportIssueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "Issue a report: text and figures are kept as they are.")

    @OptionGroup var options: DataOptions
    @OptionGroup var asked: ReportOptions

    func run() async throws {
        let reports = try await options.openReports()
        defer { reports.figures.district.database.close() }
        print(
            try await reports.issue(
                asked.template(reports), unit: asked.unit(reports), period: asked.period,
                by: .command()))
    }
}

struct ReportShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print an issued report as it was.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The report's id.")
    var id: String

    func run() async throws {
        let reports = try await options.openReports()
        let district = reports.figures.district
        defer { district.database.close() }
        let id = id
        let report = try await district.database.read { db in
            try reports.find(id, try reports.figures.reading(db), db)
        }
        print(
            report.template.text(report.pins, Terminal.language, on: report.issuedAt.day))
        print("#\(report.position)  \(report.issuedAt.text)  \(report.chainHash)")
    }
}

struct ReportCompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Say what an issued report would say now, and which records changed it.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The report's id.")
    var id: String

    @Flag(help: "Print JSON.")
    var json = false

    private struct Line: Encodable {
        let slot: String
        let said: String
        let now: String
        let redefined: Bool
        let added: [String]
        let removed: [String]
        let changed: [String]
    }

    func run() async throws {
        let reports = try await options.openReports()
        let district = reports.figures.district
        defer { district.database.close() }
        let id = id
        let language = Terminal.language
        let lines = try await district.database.read { db in
            let reading = try reports.figures.reading(db)
            let report = try reports.find(id, reading, db)
            return try report.pins.map { try reports.compare($0, reading) }
                .filter { !$0.isUntouched }
                .map { one in
                    Line(
                        slot: one.pin.slot, said: one.pin.phrase(language),
                        now: one.now.phrase(language), redefined: one.isRedefined,
                        added: one.added, removed: one.removed, changed: one.changed)
                }
        }
        if json {
            try printJSON(lines)
            return
        }
        for line in lines {
            print(
                "\(line.slot)  \(line.said) → \(line.now)\(line.redefined ? "  (redefined)" : "")")
            for record in line.added { print("  + \(record)") }
            for record in line.removed { print("  - \(record)") }
            for record in line.changed { print("  ~ \(record)") }
        }
        Terminal.say(
            zh: "\(lines.count)个数字所依据的记录有变化。", en: "The records of \(lines.count) figures changed.")
    }
}
