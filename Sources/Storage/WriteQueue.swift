import Foundation

/// The one writer: closures wait here in order, and its own thread commits them in batches.
///
/// The thread is ours so that no caller's cancellation or deadline can stop a batch half-way.
final class WriteQueue: Sendable {
    private let state: State
    private let limit: Int

    init(writer: Writer) {
        let state = State()
        self.state = state
        limit = writer.options.writeQueueLimit
        let thread = Thread {
            while let batch = state.next(atMost: writer.options.batchLimit) {
                writer.commit(batch)
            }
            state.reportEnd()
        }
        thread.name = "storage.writer"
        thread.start()
    }

    var count: Int { state.count }

    func submit<T: Sendable>(
        place: String, isAlone: Bool, _ body: @escaping @Sendable (Connection) throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let write = Write(
                place: place, isAlone: isAlone, body: body, continuation: continuation)
            if let refusal = state.add(write, limit: limit) {
                continuation.resume(throwing: refusal)
            }
        }
    }

    /// Takes no more writes, finishes those that wait, and returns when the thread is done;
    /// on the writer's own thread it does not wait for itself.
    func finish() { state.finish() }
}

extension WriteQueue {
    // Safety: every stored property is read and changed only while the condition is locked.
    private final class State: @unchecked Sendable {
        private let condition = NSCondition()
        private var waiting: [any PendingWrite] = []
        private var isFinishing = false
        private var isEnded = false
        private var thread: Thread?

        var count: Int {
            condition.lock()
            defer { condition.unlock() }
            return waiting.count
        }

        /// The refusal, if the queue takes no more.
        func add(_ write: any PendingWrite, limit: Int) -> DatabaseError? {
            condition.lock()
            defer { condition.unlock() }
            if isFinishing { return .closed }
            if waiting.count >= limit { return .queueFull }
            waiting.append(write)
            condition.broadcast()
            return nil
        }

        /// The next writes that may share a commit, in order; nil at the end.
        func next(atMost limit: Int) -> [any PendingWrite]? {
            condition.lock()
            defer { condition.unlock() }
            if thread == nil { thread = Thread.current }
            while waiting.isEmpty {
                if isFinishing { return nil }
                condition.wait()
            }
            let together = waiting.prefix(limit).prefix { !$0.isAlone }
            let batch = Array(together.isEmpty ? waiting.prefix(1) : together)
            waiting.removeFirst(batch.count)
            return batch
        }

        func reportEnd() {
            condition.lock()
            isEnded = true
            condition.broadcast()
            condition.unlock()
        }

        func finish() {
            condition.lock()
            defer { condition.unlock() }
            isFinishing = true
            condition.broadcast()
            if thread === Thread.current { return }
            while !isEnded { condition.wait() }
        }
    }
}
