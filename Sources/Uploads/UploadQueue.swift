import Core
import Ledger
import Storage

/// Wakes the work on uploads when there is some. What waits stands in the database; this holds
/// nothing but the call, so that a restart forgets nothing.
package struct UploadQueue: Sendable {
    private let calls: AsyncStream<Void>
    private let caller: AsyncStream<Void>.Continuation

    init() {
        (calls, caller) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func call() { caller.yield() }

    /// Runs the body at once and after every call, until the task is cancelled.
    func run(_ body: () async -> Void) async {
        await body()
        for await _ in calls { await body() }
    }
}

extension Uploads {
    /// Judges and publishes what waits, one upload at a time, until the task is cancelled. What a
    /// stop interrupts counts for nothing and is begun again.
    package func work() async {
        do {
            try await database.write { db in try UploadStore(db: db).restart() }
            try await sweep()
        } catch {
            logger.error("uploads", metadata: ["error": "\(error)"])
        }
        await queue.run {
            while !Task.isCancelled, await goesOn() {}
        }
    }

    /// Does what waits longest; false when nothing waits or the work is over.
    private func goesOn() async -> Bool {
        do {
            return try await workOnce()
        } catch is CancellationError {
            return false
        } catch {
            // The database could not even keep what came of it: let it rest, then go on.
            logger.error("uploads", metadata: ["error": "\(error)"])
            do {
                try await Task.sleep(for: .seconds(UploadLimits.restSeconds))
            } catch {
                return false
            }
            return true
        }
    }

    /// Judges or publishes the upload that waits longest; false when none waits.
    @discardableResult
    package func workOnce() async throws -> Bool {
        guard let upload = try await database.read({ try UploadStore(db: $0).next() }) else {
            return false
        }
        do {
            switch upload.state {
            case .publishing: try await publish(upload)
            default: try await judge(upload)
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.error(
                "upload", metadata: ["upload": "\(upload.id)", "error": "\(error)"])
            let fault = Fault(
                "文件", zh: "系统在处理时出错，没有任何内容入账。请稍后再试。",
                en: "Something went wrong while working on the file, and nothing was posted. "
                    + "Try again later.")
            guard try await fail(upload, [fault]) else { throw error }
        }
        return true
    }

    var database: Database { district.database }

    /// Keeps why the work on an upload ended without a result; false when it is no longer at work.
    @discardableResult
    func fail(_ upload: Upload, _ faults: [Fault]) async throws -> Bool {
        let from: Upload.State = upload.state == .publishing ? .publishing : .judging
        let now = district.now()
        let isKept = try await database.write { db in
            try UploadStore(db: db).fail(upload, from: from, at: now)
        }
        if isKept { try note(faults, upload) }
        return isKept
    }

    func note(_ faults: [Fault], _ upload: Upload) throws {
        let row = JudgedRow(line: 1, values: [], problems: faults.map { .init($0) })
        try folder.keep(
            try JudgedPage(headings: [], rows: [row]).bytes(), as: .note, of: upload.id,
            upload.file)
    }

    /// Runs work that says how far it is, and writes that down beside it as often as the database
    /// takes it.
    func following<T: Sendable>(
        _ upload: Upload,
        _ work: (@escaping @Sendable (Int, Int) -> Void) async throws -> T
    ) async throws -> T {
        let (steps, reporter) = AsyncStream.makeStream(
            of: (Int, Int).self, bufferingPolicy: .bufferingNewest(1))
        async let follower: Void = follow(steps, upload)
        let result: Result<T, any Error>
        do {
            result = .success(try await work { reporter.yield(($0, $1)) })
        } catch {
            result = .failure(error)
        }
        reporter.finish()
        await follower
        return try result.get()
    }

    private func follow(_ steps: AsyncStream<(Int, Int)>, _ upload: Upload) async {
        for await (done, total) in steps {
            do {
                try await database.write { db in
                    try UploadStore(db: db).reach(done, of: total, upload)
                }
            } catch {
                // A count that was not written is written with the next step.
                logger.debug("uploads", metadata: ["error": "\(error)"])
            }
        }
    }
}
