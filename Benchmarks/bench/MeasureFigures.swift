import App
import ArgumentParser
import Figures
import Ledger
import Logging

/// bench figures: how long all printed figures take when nothing has been answered before.
///
/// A fresh process has no answers and no structure in memory and no statement prepared. Opening
/// the district is not timed: it is part of the start of the server, which has a goal of its own.
struct MeasureFigures: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures", abstract: "Answer a file of printed figures once, cold.")

    @Option(help: "The district's folder.")
    var data: String

    @Argument(help: "The CSV file of printed figures.")
    var file: String

    struct Measured: Encodable {
        let figures: Int
        let matched: Int
        let seconds: Double
    }

    func run() async throws {
        let table = try ImportTable(path: file)
        let district = try await DataFolder(data).open(
            try Home.find(), logger: Logger(label: "bench"))
        defer { district.database.close() }
        let figures = Figures(district)
        let clock = ContinuousClock()
        let start = clock.now
        let check = try await figures.check(table)
        let took = clock.now - start
        try Bench.answer(
            Measured(figures: check.rows.count, matched: check.matched, seconds: took.seconds))
    }
}
