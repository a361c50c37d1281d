import Synchronization

/// Gives the readers of a database out, so that nobody starves anybody: senders take turns, none
/// has more than a share at once, and some readers are kept for glances.
final class ReaderTurns: Sendable {
    /// What a reader is wanted for.
    enum Purpose: Hashable {
        /// A row or two by their keys, such as how far the ledger has come.
        case glance
        case reading
    }

    private struct State {
        var isClosed = false
        var lastNumber = 0
        var waiting = 0
        var running: [Purpose: Int] = [:]
        var readingFor: [String: Int] = [:]
        var lines: [Purpose: ReaderLine] = [:]
    }

    private let readers: Int
    private let forReading: Int
    private let share: Int
    private let waitingLimit: Int
    private let state = Mutex(State())

    init(_ options: DatabaseOptions) {
        readers = options.readers
        forReading = max(1, options.readers - options.readersForGlances)
        share = max(1, options.readersPerSender)
        waitingLimit = options.readQueueLimit
    }

    /// Waits for a reader. Whoever got one gives it back with `end`.
    ///
    /// - Parameter sender: who asks; nil for the program itself, which has no share to keep to.
    /// - Throws: `queueFull` when too many wait, `closed`, or `CancellationError` when it was
    ///   stopped meanwhile.
    func begin(_ purpose: Purpose, for sender: String?, _ stop: Stop) async throws {
        try stop.check()
        let sender = sender ?? Self.program
        defer { stop.endWaiting() }
        try await withCheckedThrowingContinuation { (turn: CheckedContinuation<Void, any Error>) in
            let number = state.withLock { state -> Int? in
                if state.isClosed {
                    turn.resume(throwing: DatabaseError.closed)
                    return nil
                }
                // Nobody who waits may go: whoever may was called when a reader became free.
                if mayGo(purpose, sender, state.running, state.readingFor) {
                    take(purpose, sender, &state)
                    turn.resume()
                    return nil
                }
                guard state.waiting < waitingLimit else {
                    turn.resume(throwing: DatabaseError.queueFull)
                    return nil
                }
                state.waiting += 1
                state.lastNumber += 1
                let place = ReaderLine.Place(number: state.lastNumber, turn: turn)
                state.lines[purpose, default: ReaderLine()].add(place, for: sender)
                return state.lastNumber
            }
            guard let number else { return }
            stop.whileWaiting { [self] in leave(number, purpose, sender) }
        }
    }

    /// Reads that have not begun.
    var count: Int { state.withLock { $0.waiting } }

    func end(_ purpose: Purpose, for sender: String?) {
        let sender = sender ?? Self.program
        state.withLock { state in
            state.running[purpose, default: 0] -= 1
            if purpose == .reading {
                let left = (state.readingFor[sender] ?? 0) - 1
                state.readingFor[sender] = left > 0 ? left : nil
            }
            callNext(&state)
        }
    }

    /// Refuses who waits and who comes.
    func close() {
        let places = state.withLock { state in
            state.isClosed = true
            state.waiting = 0
            return state.lines.keys.flatMap { state.lines[$0]?.removeAll() ?? [] }
        }
        for place in places { place.turn.resume(throwing: DatabaseError.closed) }
    }

    /// No sender is called so: addresses and accounts are not empty.
    private static let program = ""

    private func mayGo(
        _ purpose: Purpose, _ sender: String, _ running: [Purpose: Int],
        _ readingFor: [String: Int]
    ) -> Bool {
        let reading = running[.reading] ?? 0
        guard reading + (running[.glance] ?? 0) < readers else { return false }
        switch purpose {
        case .glance: return true
        case .reading:
            return reading < forReading
                && (sender == Self.program || (readingFor[sender] ?? 0) < share)
        }
    }

    private func take(_ purpose: Purpose, _ sender: String, _ state: inout State) {
        state.running[purpose, default: 0] += 1
        if purpose == .reading { state.readingFor[sender, default: 0] += 1 }
    }

    /// Gives free readers to those whose turn it is: glances first, for they are over at once.
    private func callNext(_ state: inout State) {
        for purpose in [Purpose.glance, .reading] {
            while true {
                let (running, readingFor) = (state.running, state.readingFor)
                let next = state.lines[purpose]?.next {
                    mayGo(purpose, $0, running, readingFor)
                }
                guard let next else { break }
                take(purpose, next.sender, &state)
                state.waiting -= 1
                next.place.turn.resume()
            }
        }
    }

    private func leave(_ number: Int, _ purpose: Purpose, _ sender: String) {
        let place = state.withLock { state in
            let place = state.lines[purpose]?.remove(number, for: sender)
            if place != nil { state.waiting -= 1 }
            return place
        }
        place?.turn.resume(throwing: CancellationError())
    }
}
