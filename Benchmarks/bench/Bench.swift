import ArgumentParser
import Foundation

/// bench: the measurements that need the program's own code. `Benchmarks/run` calls it, judges
/// what it prints, and measures the rest from outside.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure figures and durable writes; print JSON.",
        discussion: """
            As with groundwork itself, DATABASE_URL in the environment chooses PostgreSQL. \
            “make bench” runs all measurements and compares them with the goals.
            """,
        subcommands: [MeasureCases.self, MeasureFigures.self, MeasureWrites.self])

    /// One line on standard output, which is all that a measurement says there.
    static func answer(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}

/// A measurement that cannot be trusted, and why.
struct Unsound: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension Duration {
    /// For people and for ratios; nothing is added up from it.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
