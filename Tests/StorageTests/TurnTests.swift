import Foundation
import Storage
import Synchronization
import TestKit
import Testing

/// Who reads when: nobody starves anybody, and nobody works for who has left.
struct TurnTests {
    private static func options(readers: Int, share: Int = 2) -> DatabaseOptions {
        var options = DatabaseOptions()
        options.readers = readers
        options.readersPerSender = share
        return options
    }

    @Test(arguments: Engine.available)
    func oneSenderHoldsNoMoreThanTheShareAndAnotherIsReadFor(on engine: Engine) async throws {
        try await engine.withDatabase(options: Self.options(readers: 4)) { database in
            let held = Held()
            async let first: Void = database.hold(held, for: "one")
            async let second: Void = database.hold(held, for: "one")
            try await held.begun(2)
            async let third: Void = database.hold(held, for: "one")
            try await waits(1, for: database)
            try await Work.$current.withValue(Work(for: "another")) {
                try await database.read { _ in }
            }
            #expect(held.count == 2, "the third waits although a reader is free")
            held.release(3)
            _ = try await (first, second, third)
            #expect(held.count == 3)
        }
    }

    @Test(arguments: Engine.available)
    func aReaderIsKeptForGlances(on engine: Engine) async throws {
        try await engine.withDatabase(options: Self.options(readers: 2)) { database in
            let held = Held()
            async let first: Void = database.hold(held, for: "one")
            try await held.begun(1)
            async let second: Void = database.hold(held, for: "another")
            try await waits(1, for: database)
            let one = try await database.glance { try $0.value("SELECT 1", as: Int.self) }
            #expect(one == 1)
            #expect(held.count == 1)
            held.release(2)
            _ = try await (first, second)
        }
    }

    @Test(arguments: Engine.available)
    func sendersTakeTurnsHoweverManyReadsOneOfThemSent(on engine: Engine) async throws {
        try await engine.withDatabase(options: Self.options(readers: 2)) { database in
            let held = Held()
            let order = Order()
            async let holder: Void = database.hold(held, for: "holder")
            try await held.begun(1)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, sender) in ["one", "one", "one", "two", "three"].enumerated() {
                    group.addTask {
                        try await Work.$current.withValue(Work(for: sender)) {
                            try await database.read { _ in order.add(sender) }
                        }
                    }
                    try await waits(number + 1, for: database)
                }
                held.release(1)
                try await group.waitForAll()
            }
            try await holder
            #expect(order.all == ["one", "two", "three", "one", "one"])
        }
    }

    @Test(arguments: Engine.available)
    func whatWaitsForSomebodyWhoLeftIsNotBegun(on engine: Engine) async throws {
        try await engine.withDatabase(options: Self.options(readers: 2)) { database in
            let held = Held()
            async let holder: Void = database.hold(held, for: "one")
            try await held.begun(1)
            let work = Work(for: "two")
            let waiting = Task {
                try await Work.$current.withValue(work) {
                    try await database.read { _ in Issue.record("nobody waits for this") }
                }
            }
            try await waits(1, for: database)
            work.leave()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            #expect(database.waitingReads == 0)
            await #expect(throws: CancellationError.self) {
                try await Work.$current.withValue(work) { try await database.read { _ in } }
            }
            held.release(1)
            try await holder
        }
    }

    @Test(arguments: Engine.available, [true, false])
    func aStatementThatNobodyWaitsForIsStopped(on engine: Engine, byLeaving: Bool) async throws {
        try await engine.withDatabase(options: Self.options(readers: 1)) { database in
            let begun = DispatchSemaphore(value: 0)
            let work = Work(for: "one")
            let reading = Task {
                try await Work.$current.withValue(work) {
                    try await database.read { connection in
                        begun.signal()
                        _ = try connection.first(endless)
                    }
                }
            }
            try await database.write { _ in begun.wait() }
            if byLeaving { work.leave() } else { reading.cancel() }
            await #expect(throws: CancellationError.self) { try await reading.value }
            let one = try await database.read { try $0.value("SELECT 1", as: Int.self) }
            #expect(one == 1, "the next one reads on")
        }
    }

    @Test func workIsPaidForBeforeItIsBegun() throws {
        let asked = Mutex<[Int]>([])
        let work = Work(for: "one", paid: 100) { more in
            asked.withLock { $0.append(more) }
            return more <= 500
        }
        try work.foresee(80)
        #expect(asked.withLock { $0 } == [], "so much was paid ahead")
        try work.foresee(300)
        #expect(work.paidMilliseconds == 300)
        work.add(.milliseconds(250))
        #expect(throws: Work.Refused.self) { try work.foresee(1_000) }
        #expect(asked.withLock { $0 } == [200, 950])
        #expect(work.paidMilliseconds == 300)
    }
}

/// Who was read for, one after another.
private final class Order: Sendable {
    private let kept = Mutex<[String]>([])
    var all: [String] { kept.withLock { $0 } }
    func add(_ sender: String) { kept.withLock { $0.append(sender) } }
}

/// Reads that hold a reader until they are released.
private final class Held: Sendable {
    private let begun = DispatchSemaphore(value: 0)
    private let gate = DispatchSemaphore(value: 0)
    private let number = Mutex(0)

    var count: Int { number.withLock { $0 } }

    func hold() {
        number.withLock { $0 += 1 }
        begun.signal()
        gate.wait()
    }

    /// Returns when so many more have begun.
    func begun(_ count: Int) async throws {
        await withCheckedContinuation { next in
            DispatchQueue.global().async { [self] in
                for _ in 0..<count { begun.wait() }
                next.resume()
            }
        }
    }

    func release(_ count: Int) { for _ in 0..<count { gate.signal() } }
}

extension Database {
    fileprivate func hold(_ held: Held, for sender: String) async throws {
        try await Work.$current.withValue(Work(for: sender)) {
            try await read { _ in held.hold() }
        }
    }
}

/// Returns when so many reads stand in line.
private func waits(_ count: Int, for database: Database) async throws {
    while database.waitingReads < count { try await Task.sleep(for: .milliseconds(1)) }
}
