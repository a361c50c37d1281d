import ArgumentParser
import Cases
import Catalogue
import Core
import Foundation
import Ledger
import Organization
import Storage

/// bench cases: what people wait for at the service desk, in a district with so many requests.
///
/// Each question is asked of many units in turn, so that no answer comes out of a page of the
/// database that the one before just read.
struct MeasureCases: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cases", abstract: "Ask, open and move requests among very many of them.")

    @Argument(help: "A folder on a real disk; what an earlier run made there is used.")
    var folder: String

    @Option(
        help: "How many requests there are, such as 10000,1000000: each in a district of its own.")
    var requests = "10000,100000"

    @Option(help: "How often each question is asked.")
    var turns = 400

    @Flag(help: "Read and fold every case as well.")
    var fold = false

    struct Measured: Encodable {
        let requests: Int
        let records: Int
        let open: Int
        /// Milliseconds: the middle one and the 95th of a hundred.
        var questions: [String: Spread] = [:]
        /// Seconds of the processor for all cases, each read, folded and compared with its rows.
        var verifySeconds: Double?
        /// For the open ones, each read, folded and its rows written anew.
        var refoldSeconds: Double?
    }

    struct Spread: Encodable {
        let p50: Double
        let p95: Double

        init(_ times: [Double]) {
            let sorted = times.sorted()
            p50 = sorted[sorted.count / 2] * 1000
            p95 = sorted[min(sorted.count - 1, sorted.count * 95 / 100)] * 1000
        }
    }

    func run() async throws {
        var list: [Measured] = []
        for count in requests.split(separator: ",").compactMap({ Int($0) }) where count > 0 {
            let district = try await RequestDistrict(in: folder, requests: count)
            defer { district.close() }
            list.append(try await measure(district, count))
        }
        try Bench.answer(list)
    }

    private func measure(_ town: RequestDistrict, _ count: Int) async throws -> Measured {
        let (records, open) = try await town.district.database.read { db in
            (
                try db.value("SELECT COUNT(*) FROM record", as: Int.self) ?? 0,
                try db.value(
                    "SELECT COUNT(*) FROM case_state WHERE closed_at IS NULL", as: Int.self) ?? 0
            )
        }
        var measured = Measured(requests: count, records: records, open: open)
        for (name, question) in questions(town) {
            measured.questions[name] = try await time(town, question)
        }
        for size in [1, 50] {
            let suffix = size == 1 ? "" : ", \(size) to a commit"
            measured.questions["record" + suffix] = try await time(
                town, each: size, write: { try town.record(in: $0, $1) })
            measured.questions["file" + suffix] = try await time(
                town, each: size,
                write: { try town.open($0, steps: 0, on: town.yesterday, $1) })
            let waiting = try await town.waiting(turns)
            measured.questions["accept" + suffix] = try await time(
                town, each: size, write: { try town.acceptNext(of: waiting, $1) })
        }
        if fold {
            measured.verifySeconds = try await processorSeconds {
                let findings = try await town.district.verifyCases()
                guard findings.isEmpty else { throw Unsound("verify: \(findings[0])") }
            }
            measured.refoldSeconds = try await processorSeconds {
                _ = try await town.district.refoldCases(always: true)
            }
        }
        return measured
    }

    private typealias Question =
        @Sendable (RequestDistrict.Community, Connection) throws -> Void

    private func questions(_ town: RequestDistrict) -> [(String, Question)] {
        func list(
            _ set: @escaping @Sendable (inout CaseFilter, RequestDistrict.Community) -> Void
        ) -> Question {
            { community, db in
                var filter = CaseFilter(in: .everything)
                set(&filter, community)
                _ = try CaseStore(db).list(filter, limit: 51)
            }
        }
        let now = town.district.now()
        return [
            (
                "my queue",
                list { filter, community in
                    filter.holders = ["handler", "community_clerk"].map {
                        .init(unit: community.unit, role: $0)
                    }
                }
            ),
            ("open in a unit", list { $0.units = [$1.unit] }),
            (
                "open in a street and below",
                list { filter, community in
                    let below = town.communities.filter { $0.street == community.street }
                    filter.units = [community.street] + below.map(\.unit)
                }
            ),
            (
                "late below a street",
                list { filter, community in
                    let below = town.communities.filter { $0.street == community.street }
                    filter.units = below.map(\.unit)
                    filter.lateAt = now
                }
            ),
            (
                "closed in a unit",
                list { filter, community in
                    filter.units = [community.unit]
                    filter.standing = .closed
                }
            ),
            ("unit board", { _, db in _ = try CaseStore(db).open(nil) }),
            ("a case", { community, db in try town.readOne(of: community, db) }),
        ]
    }

    private func processorSeconds(_ work: () async throws -> Void) async throws -> Double {
        func spent() -> Double {
            var usage = rusage()
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            let parts = [usage.ru_utime, usage.ru_stime]
            return parts.map { Double($0.tv_sec) + Double($0.tv_usec) / 1e6 }.reduce(0, +)
        }
        let start = spent()
        try await work()
        return spent() - start
    }

    private func time(
        _ town: RequestDistrict, _ question: @escaping Question
    ) async throws -> Spread {
        try await times(town) { community in
            try await town.district.database.read { db in
                let clock = ContinuousClock()
                let start = clock.now
                try question(community, db)
                return (clock.now - start).seconds
            }
        }
    }

    /// Writes are timed with their commit, each for its part of it.
    private func time(
        _ town: RequestDistrict, each size: Int, write: @escaping Question
    ) async throws -> Spread {
        var times: [Double] = []
        for turn in 0..<turns / size {
            let clock = ContinuousClock()
            let start = clock.now
            try await town.district.database.write { db in
                for place in 0..<size {
                    let community = (turn * size + place) % town.communities.count
                    try write(town.communities[community], db)
                }
            }
            times.append((clock.now - start).seconds / Double(size))
        }
        return Spread(times)
    }

    private func times(
        _ town: RequestDistrict,
        _ once: (RequestDistrict.Community) async throws -> Double
    ) async throws -> Spread {
        var times: [Double] = []
        for turn in 0..<turns {
            times.append(try await once(town.communities[turn % town.communities.count]))
        }
        return Spread(times)
    }
}
