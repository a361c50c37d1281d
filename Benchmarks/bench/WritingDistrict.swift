import App
import Catalogue
import Core
import Foundation
import Ledger
import Logging
import Storage
import Synchronization

/// A district of its own to write into, with the demonstration's units and nothing else.
final class WritingDistrict: Sendable {
    private let district: District
    private let kind: Kind
    private let posted = Mutex(0)
    private let actor = Actor(name: "bench", standing: .system)

    /// - Parameter batchLimit: how many writes may share a commit; nil for the usual number.
    init(in folder: String, name: String, batchLimit: Int?) async throws {
        district = try await DataFolder(folder + "/" + name)
            .openMeasured(schema: name, batchLimit: batchLimit)
        guard let kind = district.catalogue.kinds["honor"] else {
            throw Unsound("the catalogue has no kind “honor” any more")
        }
        self.kind = kind
    }

    func close() { district.database.close() }

    /// Posts records by so many callers at once, each waiting for its answer before it goes on.
    ///
    /// - Returns: how many seconds it took.
    @discardableResult
    func post(_ writes: Int, callers: Int) async throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        try await withThrowingTaskGroup { group in
            for _ in 0..<callers {
                group.addTask { [self] in
                    for _ in 0..<(writes / callers) { try await postOne() }
                }
            }
            try await group.waitForAll()
        }
        return (clock.now - start).seconds
    }

    private func postOne() async throws {
        let number = posted.withLock { count in
            count += 1
            return count
        }
        let values: [Heading: String] = [
            .day: "2015-03-01", .unit: "410102001", .field("level"): "city",
            .field("title"): "第\(number)号先进街道", .field("issuer"): "市委组织部",
        ]
        _ = try await district.post(values, kind: kind, by: actor)
    }

    /// An answered write that is not there would make every number above it worthless.
    func checkNothingIsMissing() async throws {
        let expected = posted.withLock { $0 }
        let found = try await district.database.read { db in
            try db.value("SELECT COUNT(*) FROM record", as: Int.self) ?? 0
        }
        guard found == expected else {
            throw Unsound("\(expected) writes were answered, and \(found) records are there")
        }
    }
}
