import App
import ArgumentParser
import Core

/// groundwork verify: whether everything still is what was written.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the audit chain, every record, link, import and issued report.")

    @OptionGroup var options: DataOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let reports = try await options.openReports()
        defer { reports.figures.district.database.close() }
        let findings = try await verify(reports, data: options.folder)
        if json {
            try printJSON(findings.map(\.sentence))
        } else {
            for finding in findings { print(finding) }
        }
        if findings.isEmpty {
            Terminal.say(zh: "核验无误。", en: "Everything holds.")
            return
        }
        Terminal.say(
            zh: "核验发现\(findings.count)处不符。", en: "\(findings.count) things do not hold.")
        throw ExitCode(1)
    }
}
