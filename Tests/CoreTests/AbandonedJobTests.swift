import Core
import Foundation
import Storage
import Synchronization
import TestKit
import Testing

/// Several programs over one database: a job that runs is its program's, as long as that one is
/// there.
struct AbandonedJobTests {
    private static let elsewhere = RunnerName(machine: "other", process: 7, start: "a")

    /// A job that a program elsewhere has begun, and never came back to.
    private func begin(_ shop: Workshop, by name: RunnerName) async throws {
        try await shop.ask("letters", "a")
        let stopped = JobKind("letters") { _, _ in throw CancellationError() }
        await #expect(throws: CancellationError.self) {
            try await shop.runner([stopped], name: name).runOnce()
        }
    }

    @Test(arguments: Engine.available)
    func aSecondProgramLeavesTheJobsOfTheFirstAloneUntilItIsSilent(
        on engine: Engine
    ) async throws {
        try await Workshop.with(engine) { shop in
            try await begin(shop, by: Self.elsewhere)
            let done = Mutex(0)
            let second = shop.runner([
                JobKind("letters") { _, _ in done.withLock { $0 += 1 } }
            ])
            try await second.start()
            #expect(try await !second.runOnce(), "the first is at it")
            shop.clock.advance(JobLimits.abandonedSeconds * 1_000)
            try await second.takeUpAbandoned()
            #expect(try await !second.runOnce())
            shop.clock.advance(1)
            try await second.takeUpAbandoned()
            #expect(try await second.runOnce())
            #expect(done.withLock { $0 } == 1)
            #expect(try await shop.job("letters", "a").state == .done)
        }
    }

    @Test(arguments: Engine.available)
    func aProgramThatSaysItIsStillAtItKeepsItsJob(on engine: Engine) async throws {
        try await Workshop.with(engine) { shop in
            let second = shop.runner([JobKind("letters") { _, _ in }])
            let (beats, teller) = AsyncStream.makeStream(of: Void.self)
            let kind = JobKind("letters") { _, _ in
                // Each rest between two beats takes as long as a silent program is waited for.
                for await _ in beats.prefix(3) {}
                try await second.takeUpAbandoned()
                #expect(try await !second.runOnce())
            }
            var first = shop.runner([kind], name: Self.elsewhere)
            first.beat = {
                teller.yield()
                try await Task.sleep(for: .milliseconds(20))
                shop.clock.advance(JobLimits.abandonedSeconds * 1_000)
            }
            try await shop.ask("letters", "a")
            #expect(try await first.runOnce())
            #expect(try await shop.job("letters", "a").state == .done)
        }
    }

    /// Whoever comes back too late has nothing more to say of it.
    @Test(arguments: Engine.available)
    func whatWasTakenOverIsFinishedByWhoHasIt(on engine: Engine) async throws {
        try await Workshop.with(engine) { shop in
            let second = shop.runner([JobKind("letters") { _, _ in throw Broken() }])
            let slow = JobKind("letters") { _, _ in
                shop.clock.advance(JobLimits.abandonedSeconds * 1_000 + 1)
                try await second.takeUpAbandoned()
                #expect(try await second.runOnce())
            }
            try await shop.ask("letters", "a")
            #expect(try await shop.runner([slow], name: Self.elsewhere).runOnce())
            let job = try await shop.job("letters", "a")
            #expect(job.state == .waiting && job.fault == "Broken", "its rest goes on")
        }
    }

    /// A program of this machine that is over need not be waited for.
    @Test(arguments: Engine.available)
    func theJobOfAProcessThatIsNoMoreIsBegunAgainAtOnce(on engine: Engine) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/true")
        try process.run()
        process.waitUntilExit()
        let own = RunnerName()
        for name in [own.as(process: process.processIdentifier), own.as(process: getpid())] {
            try await Workshop.with(engine) { shop in
                try await begin(shop, by: name)
                let next = shop.runner([JobKind("letters") { _, _ in }], name: own)
                try await next.start()
                #expect(try await next.runOnce())
            }
        }
        try await Workshop.with(engine) { shop in
            try await begin(shop, by: own.as(process: getppid()))
            let next = shop.runner([JobKind("letters") { _, _ in }], name: own)
            try await next.start()
            #expect(try await !next.runOnce(), "that process is there")
        }
    }

    @Test(arguments: Engine.available)
    func aKindThatCouldNotBePutRightIsTriedAgainWhileTheProgramRuns(
        on engine: Engine
    ) async throws {
        try await Workshop.with(engine) { shop in
            let tries = Mutex(0)
            let (right, teller) = AsyncStream.makeStream(of: Int.self)
            let kind = JobKind(
                "letters",
                restart: {
                    let count = tries.withLock { count in
                        count += 1
                        return count
                    }
                    if count < 3 { throw Broken() }
                    teller.yield(count)
                }, work: { _, _ in })
            let running = Task {
                try await shop.runner([kind]) { milliseconds in
                    // It does not sleep until a job is due, for none is.
                    guard milliseconds <= 60_000 else {
                        return try await Task.sleep(for: .seconds(3_600))
                    }
                }.run()
            }
            var counts = right.makeAsyncIterator()
            #expect(await counts.next() == 3)
            running.cancel()
            await #expect(throws: CancellationError.self) { try await running.value }
            #expect(tries.withLock { $0 } == 3, "what is right is left alone")
        }
    }
}

extension RunnerName {
    /// Another start of a process of the same machine.
    fileprivate func `as`(process: Int32) -> RunnerName {
        RunnerName(machine: machine, process: process, start: "earlier")
    }
}
