import Storage

/// Work for which nobody waits at a page: what stands in the database of it, so that a restart
/// forgets nothing. There is one job for each kind and subject.
package struct Job: Sendable, Hashable {
    package enum State: String, Sendable, CaseIterable {
        case waiting, running, done
        /// It was tried as often as it may be.
        case failed
    }

    package let kind: String
    /// What it is about, by its identity; empty where a kind has one job only.
    package let subject: String
    package let state: State
    /// How much is done, of how much in all; zero of zero where nobody counts.
    package let done: Int
    package let total: Int
    package let tries: Int
    package let askedAt: Moment
    /// When it may begin.
    package let nextAt: Moment
    package let startedAt: Moment?
    /// Which program has it under way, or had it last.
    package let runner: String?
    package let finishedAt: Moment?
    /// What kind of fault ended its last try. The fault itself, which may name persons, stands in
    /// the log.
    package let fault: String?

    init(_ row: Row) throws {
        kind = try row.get("kind")
        subject = try row.get("subject")
        state = State(rawValue: try row.get("state")) ?? .failed
        done = try row.get("done")
        total = try row.get("total")
        tries = try row.get("tries")
        askedAt = try row.get("asked_at")
        nextAt = try row.get("next_at")
        startedAt = try row.optional("started_at")
        runner = try row.optional("runner")
        finishedAt = try row.optional("finished_at")
        fault = try row.optional("fault")
    }
}

/// Every limit of background work, by name.
package enum JobLimits {
    /// The most jobs that wait or run.
    package static let queue = 500
    /// How often a job is begun before it is given up.
    package static let tries = 8
    /// How long a job rests after each fault, in seconds: the last of them for all later ones.
    package static let restSeconds: [Int64] = [5, 30, 120, 600, 3_600]
    /// How long the runner sleeps at most: another program may have asked for something.
    package static let sleepSeconds: Int64 = 60
    /// How often a program says of a job that it is still at it.
    package static let beatSeconds: Int64 = 20
    /// A job of which nobody has said so for that long is begun again.
    package static let abandonedSeconds: Int64 = 120
    /// How many days a job that is over can be looked at.
    package static let keptDays: Int64 = 30
    /// The most jobs that a page or a command lists.
    package static let listed = 200
    /// The most jobs that one statement deletes.
    static let sweptAtOnce = 500
}
