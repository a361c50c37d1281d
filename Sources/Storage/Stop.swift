import Dispatch
import Synchronization

/// Ends one read from outside: asked between statements, while one runs, and while it waits.
final class Stop: Sendable {
    private let isAsked = Atomic(false)
    private let interrupt = Mutex<(@Sendable () -> Void)?>(nil)
    private let waiting = Mutex<(@Sendable () -> Void)?>(nil)

    var isSet: Bool { isAsked.load(ordering: .relaxed) }

    func check() throws { if isSet { throw CancellationError() } }

    func stop() {
        guard !isAsked.exchange(true, ordering: .sequentiallyConsistent) else { return }
        waiting.withLock { $0.take() }?()
        // An interruption may ask over the network, which no event loop waits for.
        DispatchQueue.global().async { [self] in interrupt.withLock { $0?() } }
    }

    /// What is to be done while a place in the line is held; done at once when it is too late.
    func whileWaiting(_ leave: @escaping @Sendable () -> Void) {
        waiting.withLock { $0 = leave }
        if isSet { waiting.withLock { $0.take() }?() }
    }

    func endWaiting() { waiting.withLock { $0 = nil } }

    /// Runs the body while a statement of it can be interrupted. An interruption under way is over
    /// when this returns, so it never meets what the connection does next.
    func whileRunning<T>(
        _ interrupt: @escaping @Sendable () -> Void, _ body: () throws -> T
    ) rethrows -> T {
        self.interrupt.withLock { $0 = interrupt }
        defer { self.interrupt.withLock { $0 = nil } }
        return try body()
    }
}
