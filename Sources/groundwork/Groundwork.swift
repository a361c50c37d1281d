import App
import ArgumentParser
import Core
import Figures
import Foundation
import Ledger
import Logging
import Reports
import Storage

/// groundwork: one ledger of what a district's grassroots does.
@main
struct Groundwork: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "groundwork",
        abstract: "One ledger of what a district's grassroots does 筑基：基层工作一本账.",
        discussion: """
            A district lives in one folder (--data). Set it up with “init”, bring in files with \
            “import”, ask with “figure”, read with “serve”. “demo” does all of this with a \
            fictional district.

            Exit status: 0 done; 1 checked and found wrong; 2 refused, with the reason; \
            64 the command was not understood; 70 an operational fault.
            """,
        subcommands: [
            DemoCommand.self, InitCommand.self, ServeCommand.self, MigrateCommand.self,
            ImportCommand.self, RecordCommand.self, FigureCommand.self, FiguresCommand.self,
            ReportCommand.self, VerifyCommand.self, CatalogueCommand.self, PersonCommand.self,
            AccountCommand.self, RetentionCommand.self, RightsCommand.self, JobsCommand.self,
            MapCommand.self, CaseCommand.self, CalendarCommand.self, ServicesCommand.self,
            Open311Command.self, PaperCommand.self, TableCommand.self, CertificateCommand.self,
        ])

    /// Runs the command that was asked for and turns what it throws into a sentence and a status.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            let (sentence, status) = Terminal.explain(error)
            guard let sentence, let status else { exit(withError: error) }
            Terminal.say(sentence)
            Foundation.exit(status)
        }
    }
}
