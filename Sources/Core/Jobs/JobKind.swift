import Storage

/// A kind of background work, declared by the feature that knows how to do it.
package struct JobKind: Sendable {
    /// Answers how much is done, of how much.
    package typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

    package let name: String
    /// For work that comes again: when it does, after a moment. Nil for what is asked for.
    let schedule: (@Sendable (Moment) -> Moment)?
    /// Whether it is done at each start of the program as well.
    let isAtStart: Bool
    /// Puts right, at a start of the program, what a stop left behind, before any job is taken up.
    let restart: @Sendable () async throws -> Void
    /// Keeps what the feature itself shows of the progress, in the commit that notes it.
    let reached: @Sendable (_ subject: String, Int, Int, Connection) throws -> Void
    /// Does the work on a subject. What it throws is tried again after a rest.
    let work: @Sendable (_ subject: String, @escaping Progress) async throws -> Void

    package init(
        _ name: String, schedule: (@Sendable (Moment) -> Moment)? = nil, isAtStart: Bool = false,
        restart: @escaping @Sendable () async throws -> Void = {},
        reached: @escaping @Sendable (_ subject: String, Int, Int, Connection) throws -> Void = {
            _, _, _, _ in
        },
        work: @escaping @Sendable (_ subject: String, @escaping Progress) async throws -> Void
    ) {
        self.name = name
        self.schedule = schedule
        self.isAtStart = isAtStart
        self.restart = restart
        self.reached = reached
        self.work = work
    }
}

/// Work of each night: at three o'clock in the district.
package enum Nightly {
    package static let hour: Int64 = 3
    private static let hourMilliseconds: Int64 = 3_600_000

    /// The next time of the run after a moment.
    @Sendable package static func next(after moment: Moment) -> Moment {
        let today = moment.day.start.milliseconds + hour * hourMilliseconds
        let next = moment.milliseconds < today ? today : today + 24 * hourMilliseconds
        return Moment(milliseconds: next)
    }
}
