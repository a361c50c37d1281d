import Storage

/// Does the jobs that wait, one at a time, the longest waiting first.
///
/// A stop in the middle loses nothing: the job stands in the database as running, with the name of
/// the program that has it, and whoever finds that one gone begins it again. A fault is told in the
/// log and tried again after a rest that grows.
package struct JobRunner: Sendable {
    private let database: Database
    private let kinds: [String: JobKind]
    private let bell: JobBell
    private let name: RunnerName
    private let now: @Sendable () -> Moment
    private let pause: @Sendable (Int64) async throws -> Void
    private let log: @Sendable (Job?, any Error) -> Void
    /// What passes before this program says once more that it is at its job. It goes by the time
    /// of the machine, whatever the rests between jobs go by.
    package var beat: @Sendable () async throws -> Void = {
        try await Task.sleep(for: .seconds(JobLimits.beatSeconds))
    }

    /// - Parameters:
    ///   - name: which program this is, among several over one database.
    ///   - pause: waits so many milliseconds, and throws when the program stops.
    ///   - log: is told of every fault, with the job unless the database itself failed.
    package init(
        _ database: Database, _ kinds: [JobKind], bell: JobBell = JobBell(),
        name: RunnerName = RunnerName(), now: @escaping @Sendable () -> Moment,
        pause: @escaping @Sendable (Int64) async throws -> Void = {
            try await Task.sleep(for: .milliseconds(min($0, JobLimits.sleepSeconds * 1_000)))
        },
        log: @escaping @Sendable (Job?, any Error) -> Void
    ) {
        self.database = database
        self.kinds = Dictionary(kinds.map { ($0.name, $0) }) { first, _ in first }
        self.bell = bell
        self.name = name
        self.now = now
        self.pause = pause
        self.log = log
    }

    /// Runs until the task is cancelled.
    package func run() async throws {
        var amiss: [JobKind]?
        while true {
            try Task.checkCancellation()
            do {
                // What could not be put right at the start is tried again, but not at every turn.
                var left = if let amiss { try await putRight(amiss) } else { try await start() }
                amiss = left
                while try await runOnce() {}
                left += try await takeUpAbandoned()
                amiss = left
                try await rest(atMost: left.isEmpty ? nil : JobLimits.restSeconds[1])
            } catch let error as CancellationError {
                throw error
            } catch {
                // The database could not even keep what came of it: let it rest, then go on.
                log(nil, error)
                try await pause(JobLimits.restSeconds[0] * 1_000)
            }
        }
    }

    /// Puts right what a stop left behind, and writes down what comes again by itself.
    ///
    /// - Returns: the kinds that could not be put right.
    @discardableResult
    package func start() async throws -> [JobKind] {
        let moment = now()
        _ = try await database.write { [name] db in
            try JobStore(db).takeUpAbandoned(by: name, at: moment)
        }
        let amiss = try await putRight(kinds.values.sorted { $0.name < $1.name })
        try await database.write { [kinds] db in
            let store = JobStore(db)
            for kind in kinds.values where kind.schedule != nil {
                if kind.isAtStart { try store.ask(kind.name, at: moment) }
                try store.expect(kind.name, at: moment)
            }
        }
        return amiss
    }

    /// - Returns: the kinds that could not be put right.
    private func putRight(_ kinds: [JobKind]) async throws -> [JobKind] {
        var amiss: [JobKind] = []
        for kind in kinds {
            do {
                try await kind.restart()
            } catch let error as CancellationError {
                throw error
            } catch {
                // One kind that cannot be put right holds up no other.
                log(nil, error)
                amiss.append(kind)
            }
        }
        return amiss
    }

    /// Begins again what another program over the same database left off.
    ///
    /// - Returns: the kinds of it that could not be put right.
    @discardableResult
    package func takeUpAbandoned() async throws -> [JobKind] {
        let moment = now()
        let taken = try await database.write { [name] db in
            try JobStore(db).takeUpAbandoned(by: name, at: moment)
        }
        return try await putRight(taken.sorted().compactMap { kinds[$0] })
    }

    /// Does the job that waits longest; false when none is due.
    @discardableResult
    package func runOnce() async throws -> Bool {
        let moment = now()
        let names = kinds.keys.sorted()
        let found = try await database.read { try JobStore($0).next(of: names, at: moment) }
        guard let job = found, let kind = kinds[job.kind] else { return false }
        // Another program may have taken it up meanwhile.
        guard try await database.write({ try JobStore($0).begin(job, by: name, at: moment) }) else {
            return true
        }
        do {
            try await following(job, kind)
            let (over, next) = (now(), kind.schedule?(now()))
            try await database.write {
                try JobStore($0).finish(job, by: name, next: next, at: over)
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            log(job, error)
            let (over, next) = (now(), next(job, kind))
            let fault = Self.fault(error)
            try await database.write { db in
                try JobStore(db).fail(job, by: name, fault, next: next, at: over)
            }
        }
        return true
    }

    /// When a job that failed is tried again: work that is asked for is given up some time, work
    /// that comes again waits for its next time then.
    private func next(_ job: Job, _ kind: JobKind) -> Moment? {
        guard job.tries + 1 < JobLimits.tries else { return kind.schedule?(now()) }
        let rests = JobLimits.restSeconds
        let seconds = rests[min(job.tries, rests.count - 1)]
        return Moment(milliseconds: now().milliseconds + seconds * 1_000)
    }

    /// What kind of fault it was, without what it says: that may name somebody.
    private static func fault(_ error: any Error) -> String {
        let type = "\(type(of: error))"
        let name = "\(error)".prefix { $0.isLetter || $0.isNumber }
        return name.isEmpty || name == type || name.count > 40 ? type : "\(type).\(name)"
    }

    /// - Parameter seconds: the longest rest; until the next job is due unless given.
    private func rest(atMost seconds: Int64?) async throws {
        let names = kinds.keys.sorted()
        let soonest = try await database.read { try JobStore($0).soonest(of: names) }
        let due = max(1, (soonest?.milliseconds ?? .max) - now().milliseconds)
        let wait = min(due, seconds.map { $0 * 1_000 } ?? due)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await bell.wait() }
            group.addTask { try await pause(wait) }
            try await group.next()
            group.cancelAll()
        }
    }

    /// Does the work, and writes down beside it how far it is, as often as the database takes it.
    private func following(_ job: Job, _ kind: JobKind) async throws {
        let (steps, reporter) = AsyncStream.makeStream(
            of: (Int, Int).self, bufferingPolicy: .bufferingNewest(1))
        async let follower: Void = follow(steps, job, kind)
        // Ends with the work: what is not waited for is cancelled.
        async let _: Void = stayAt(job)
        let result: Result<Void, any Error>
        do {
            result = .success(try await kind.work(job.subject) { reporter.yield(($0, $1)) })
        } catch {
            result = .failure(error)
        }
        reporter.finish()
        await follower
        try result.get()
    }

    private func follow(
        _ steps: AsyncStream<(Int, Int)>, _ job: Job, _ kind: JobKind
    ) async {
        for await (done, total) in steps {
            // A count that was not written is written with the next step.
            try? await database.write { db in
                guard try JobStore(db).reach(done, of: total, job, by: name) else { return }
                try kind.reached(job.subject, done, total, db)
            }
        }
    }

    /// Says from time to time that this program is still at a job.
    private func stayAt(_ job: Job) async {
        while !Task.isCancelled {
            do {
                try await beat()
                let moment = now()
                try await database.write { try JobStore($0).beat(job, by: name, at: moment) }
            } catch is CancellationError {
                return
            } catch {
                // A beat that was not written is followed by another.
                continue
            }
        }
    }
}
