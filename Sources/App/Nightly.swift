import Core
import Logging
import Rights

/// What the server does by itself: each night at three o'clock in the district it deletes what has
/// had its time, and once at start when the last night was missed.
package struct Nightly: Sendable {
    private let retention: Retention
    private let now: @Sendable () -> Moment
    private let pause: @Sendable (Int64) async throws -> Void
    private let logger: Logger
    private let announce: @Sendable ([Retention.Part]) -> Void

    /// - Parameters:
    ///   - announce: says what is due and waits for a confirmation.
    ///   - pause: waits so many milliseconds, and throws when the server stops.
    package init(
        _ retention: Retention, logger: Logger, now: @escaping @Sendable () -> Moment,
        announce: @escaping @Sendable ([Retention.Part]) -> Void = { _ in },
        pause: @escaping @Sendable (Int64) async throws -> Void = {
            try await Task.sleep(for: .milliseconds($0))
        }
    ) {
        self.retention = retention
        self.logger = logger
        self.now = now
        self.announce = announce
        self.pause = pause
    }

    /// The hour of the run in the district.
    package static let hour: Int64 = 3
    private static let hourMilliseconds: Int64 = 3_600_000

    /// The next time of the run after a moment.
    package static func next(after moment: Moment) -> Moment {
        let midnight =
            Int64(moment.day.number) * 24 * hourMilliseconds - Moment.districtOffsetMilliseconds
        let today = midnight + hour * hourMilliseconds
        let next = moment.milliseconds < today ? today : today + 24 * hourMilliseconds
        return Moment(milliseconds: next)
    }

    /// Runs until the server stops. A night that failed is told in the log and tried again the
    /// next; it never stops the server.
    package func run() async throws {
        try await once { try await retention.isDue() }
        while true {
            try await pause(Self.next(after: now()).milliseconds - now().milliseconds)
            try await once { true }
        }
    }

    private func once(when isDue: () async throws -> Bool) async throws {
        do {
            if try await isDue() {
                for part in try await retention.run() {
                    logger.notice(
                        "retention",
                        metadata: ["entry": "\(part.entry)", "rows": "\(part.count)"])
                }
            }
            let waiting = try await retention.waiting()
            if !waiting.isEmpty { announce(waiting) }
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.error("retention", metadata: ["error": "\(error)"])
        }
    }
}
