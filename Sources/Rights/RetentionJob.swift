import Core
import Ledger

extension Retention {
    /// The work of each night, and of the start after a night that was missed. The demonstration
    /// keeps its data.
    ///
    /// - Parameters:
    ///   - deleted: is told what went.
    ///   - waits: is told at each start, and after each run, what waits for a confirmation.
    package func job(
        deleted: @escaping @Sendable ([Part]) -> Void = { _ in },
        waits: @escaping @Sendable ([Part]) -> Void = { _ in }
    ) -> JobKind {
        @Sendable func tell() async throws {
            let waiting = try await waiting()
            if !waiting.isEmpty { waits(waiting) }
        }
        return JobKind(
            "retention", schedule: Nightly.next,
            restart: {
                guard try await isDue() else { return try await tell() }
                try await district.database.write { [district] db in
                    try JobStore(db).ask("retention", at: district.now())
                }
            },
            work: { _, progress in
                guard try await !district.isDemonstration() else { return }
                let parts = try await run()
                deleted(parts)
                let count = parts.reduce(0) { $0 + $1.count }
                progress(count, count)
                try await tell()
            })
    }
}
