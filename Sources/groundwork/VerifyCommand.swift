import Accounts
import App
import ArgumentParser
import Core

/// groundwork verify: whether everything still is what was written.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the audit chain, every record, link, import and issued report.",
        discussion: """
            Prints the head of the chain as SEQ:HASH. Keep it elsewhere, on paper as well: --head \
            holds it against the ledger later. Issued reports print theirs.

            After a backup was put back on purpose, or a clock that was wrong was set, --accept \
            says so: the audit notes who did, and what came before is no finding any longer.
            """)

    @OptionGroup var options: DataOptions

    @Flag(help: "Print JSON.")
    var json = false

    @Option(help: "A head that was kept, as SEQ:HASH; the first 16 letters of the hash do.")
    var head: String?

    @Flag(help: "Say that the ledger is as it should be: a backup was put back, the clock was set.")
    var accept = false

    func validate() throws {
        guard let head, HeadLog.Head(head) == nil else { return }
        throw ValidationError("--head is SEQ:HASH, as verify and issued reports print it.")
    }

    func run() async throws {
        let reports = try await options.openReports()
        let district = reports.figures.district
        defer { district.database.close() }
        if accept { _ = try await options.folder.accept(district, by: .command()) }
        var findings = try await verify(reports, data: options.folder)
        if let kept = head.flatMap({ HeadLog.Head($0) }) {
            findings += try await district.database.read { try verifyHead(kept, $0) }
        }
        let newest = try await district.database.read { try HeadLog.Head($0) }
        Terminal.say(zh: "审计链首：\(newest.text)", en: "Head of the chain: \(newest.text)")
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
