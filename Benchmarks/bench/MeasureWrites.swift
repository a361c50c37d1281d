import ArgumentParser
import Foundation
import Storage

/// bench writes: commits that callers share beside one commit for each write.
///
/// Both kinds post the same records in the same way; they differ only in how many writes may
/// share a commit. Runs alternate, so that whatever else the machine does meets both alike.
struct MeasureWrites: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "writes", abstract: "Post records durably, with and without sharing commits.")

    @Argument(help: "An empty folder on a real disk.")
    var folder: String

    @Option(help: "Runs of each kind for each number of callers.")
    var rounds = 5

    @Option(help: "Writes in each run, at least.")
    var writes = 400

    @Option(help: "How many callers write at once, such as 1,8,64.")
    var callers = "1,8,64"

    private static let leastOfEach = 12

    struct Measured: Encodable {
        let callers: Int
        /// Of each run.
        let writes: Int
        /// Seconds of each run, in pairs: both lists are as long.
        var shared: [Double] = []
        var alone: [Double] = []
    }

    func run() async throws {
        let shared = try await WritingDistrict(in: folder, name: "shared", batchLimit: nil)
        defer { shared.close() }
        let alone = try await WritingDistrict(in: folder, name: "alone", batchLimit: 1)
        defer { alone.close() }
        // The first writes prepare statements and make the files grow; they are not measured.
        for district in [shared, alone] { try await district.post(writes / 4, callers: 4) }
        var list: [Measured] = []
        for count in callers.split(separator: ",").compactMap({ Int($0) }) where count > 0 {
            list.append(try await measure(shared, alone, callers: count))
        }
        for district in [shared, alone] { try await district.checkNothingIsMissing() }
        try Bench.answer(list)
    }

    private func measure(
        _ shared: WritingDistrict, _ alone: WritingDistrict, callers: Int
    ) async throws -> Measured {
        // Many callers need several commits each, or one slow commit decides the run.
        let each = max((writes + callers - 1) / callers, Self.leastOfEach)
        var measured = Measured(callers: callers, writes: each * callers)
        for round in 0..<rounds {
            // Each goes first as often as the other.
            if round.isMultiple(of: 2) {
                measured.shared.append(try await shared.post(each * callers, callers: callers))
                measured.alone.append(try await alone.post(each * callers, callers: callers))
            } else {
                measured.alone.append(try await alone.post(each * callers, callers: callers))
                measured.shared.append(try await shared.post(each * callers, callers: callers))
            }
        }
        return measured
    }
}
