import App
import ArgumentParser
import Core

/// groundwork jobs: what the server does by itself, how far it is, and when it goes on.
struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "List the background work that waits, runs or is over.",
        discussion: """
            One line for each job: kind, subject, state, progress, tries, when it was done, when \
            it goes on, and what kind of fault ended its last try; the log says more of a fault.
            """)

    @OptionGroup var options: DataOptions

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        for job in try await district.database.read({ try JobStore($0).list() }) {
            print(
                [
                    job.kind, job.subject.isEmpty ? "–" : job.subject, job.state.rawValue,
                    "\(job.done)/\(job.total)", String(job.tries), job.finishedAt?.text ?? "–",
                    job.state == .waiting ? job.nextAt.text : "–", job.fault ?? "–",
                ].joined(separator: "  "))
        }
    }
}
