import Foundation
import Synchronization

/// Runs a task on a thread of its own, where a synchronous callback may wait for something
/// asynchronous without holding up other tests.
final class OwnThread: TaskExecutor {
    private let queue = DispatchQueue(label: "test.own-thread")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// What came of something asynchronous that a callback started and waited for.
final class Outcome<T: Sendable>: Sendable {
    private let kept = Mutex<Result<T, any Error>?>(nil)

    /// Runs the body once and waits for it, from a callback that cannot await.
    func wait(for body: @escaping @Sendable () async throws -> T) {
        guard kept.withLock({ $0 == nil }) else { return }
        let end = DispatchSemaphore(value: 0)
        Task.detached {
            let result: Result<T, any Error>
            do { result = .success(try await body()) } catch { result = .failure(error) }
            self.kept.withLock { $0 = result }
            end.signal()
        }
        end.wait()
    }

    /// The answer; nil when nothing was started.
    func get() throws -> T? { try kept.withLock { $0 }?.get() }
}
