import App
import ArgumentParser
import Logging
import Web

/// Where pages are served, and how much each sender may ask of the server.
struct ServingOptions: ParsableArguments {
    @Option(help: "The port; 0 takes a free one and prints it.")
    var port = 8080

    @Option(
        help: """
            How many seconds of work one address may ask for in a minute, and one account; \
            whoever asks for more is told to wait.
            """)
    var workSeconds = Limits.workSeconds

    @Option(
        help: """
            What is logged on standard error: trace, debug, info, notice, warning, error or \
            critical. At info each request has a line.
            """)
    var logLevel = Logger.Level.notice

    @Option(help: "How a line of the log is written: text or json.")
    var logFormat = LogLines.Format.text

    var logger: Logger { LogLines.logger(logLevel, logFormat) }

    func validate() throws {
        guard 1...Limits.mostWorkSeconds ~= workSeconds else {
            throw ValidationError("--work-seconds is from 1 to \(Limits.mostWorkSeconds).")
        }
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
extension LogLines.Format: ExpressibleByArgument {}
