import App
import ArgumentParser
import Ledger

/// The folder every command works in.
struct DataOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "The district's folder. DATABASE_URL in the environment chooses PostgreSQL.")
    var data = "data"

    var folder: DataFolder { DataFolder(data) }

    func open() async throws -> District {
        try await folder.open(try Home.find(), logger: Terminal.logger())
    }
}
