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

            A large ledger need not be read from its first row each time: --from goes on from a \
            head that was kept, or, as “verified”, from the newest up to which everything was \
            found whole. Records, units and rows of the chain from before that head are then not \
            looked at again; everything else is. Run it whole now and then.
            """)

    @OptionGroup var options: DataOptions

    @Flag(help: "Print JSON.")
    var json = false

    @Option(help: "A head that was kept, as SEQ:HASH; the first 16 letters of the hash do.")
    var head: String?

    @Option(help: "Go on from a head: SEQ:HASH, or “verified” for the newest found whole.")
    var from: String?

    @Flag(help: "Say that the ledger is as it should be: a backup was put back, the clock was set.")
    var accept = false

    func validate() throws {
        if let head, HeadLog.Head(head) == nil {
            throw ValidationError("--head is SEQ:HASH, as verify and issued reports print it.")
        }
        if let from, from != "verified", HeadLog.Head(from) == nil {
            throw ValidationError("--from is SEQ:HASH, as verify prints it, or “verified”.")
        }
    }

    func run() async throws {
        let reports = try await options.openReports()
        let district = reports.figures.district
        defer { district.database.close() }
        if accept { _ = try await options.folder.accept(district, by: .command()) }
        let heads = try options.folder.heads()
        let start = try from.map { try self.start($0, heads) }
        let reached = try await district.database.read { try HeadLog.Head($0) }
        var findings = try await verify(reports, data: options.folder, from: start)
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
        if let start { sayLeftOut(upTo: start) }
        if findings.isEmpty {
            if !district.database.isReadOnly, reached.seq > 0, heads.goesOn(from: start) {
                try heads.note(reached, as: .verified)
            }
            Terminal.say(zh: "核验无误。", en: "Everything holds.")
            return
        }
        Terminal.say(
            zh: "核验发现\(findings.count)处不符。", en: "\(findings.count) things do not hold.")
        throw ExitCode(1)
    }

    /// Says plainly what was not looked at.
    private func sayLeftOut(upTo start: HeadLog.Head) {
        Terminal.say(
            zh: "本次从第\(start.seq)号审计记录之后核验：此前的记录、单位变动和审计记录本次没有再核对；"
                + "账号权限、人员、归属、私密内容和附件的删除依据、附件文件、报告已全部核对。",
            en:
                "Went on after the audit row \(start.seq): records, changes of units and rows of "
                + "the chain up to it were not looked at again. Looked at whole: accounts and "
                + "rights, persons, what lies below what, what is gone, evidence, reports.")
    }

    private func start(_ text: String, _ heads: HeadLog) throws -> HeadLog.Head {
        guard let head = text == "verified" ? heads.verified() : HeadLog.Head(text) else {
            throw Refusal.conflict(
                zh: "还没有核验无误的链首：请先完整核验一次，运行 groundwork verify。",
                en: "No head was found whole yet: verify everything first, without --from.")
        }
        return head
    }
}
