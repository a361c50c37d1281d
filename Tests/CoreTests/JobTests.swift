import Core
import Storage
import Synchronization
import TestKit
import Testing

/// Background work: asked for in a commit, done once, tried again, begun again after a stop.
struct JobTests {
    @Test(arguments: Engine.available)
    func aKindThatCannotBePutRightHoldsUpNoOther(on engine: Engine) async throws {
        try await Workshop.with(engine) { shop in
            let done = Mutex(0)
            let broken = JobKind("a_broken", restart: { throw Broken() }, work: { _, _ in })
            let sound = JobKind("letters") { _, _ in done.withLock { $0 += 1 } }
            let runner = shop.runner([broken, sound])
            try await shop.ask("letters")
            try await runner.start()
            #expect(try await runner.runOnce())
            #expect(done.withLock { $0 } == 1)
        }
    }

    @Test(arguments: Engine.available)
    func theLongestWaitingGoesFirstAndEachIsDoneOnce(on engine: Engine) async throws {
        try await Workshop.with(engine) { shop in
            let done = Mutex<[String]>([])
            let kind = JobKind("letters") { subject, progress in
                progress(2, 2)
                done.withLock { $0.append(subject) }
            }
            for subject in ["b", "a", "c"] {
                try await shop.ask("letters", subject)
                shop.clock.advance(1_000)
            }
            // Asked for anew, it waits behind the others.
            try await shop.ask("letters", "b")
            let runner = shop.runner([kind])
            while try await runner.runOnce() {}
            #expect(done.withLock { $0 } == ["a", "c", "b"])
            let job = try await shop.job("letters", "b")
            #expect(job.state == .done && job.done == 2 && job.total == 2 && job.fault == nil)
            #expect(job.finishedAt == shop.clock.moment)
        }
    }

    @Test(arguments: Engine.available)
    func aFaultIsTriedAgainAfterRestsThatGrowAndGivenUpInTheEnd(on engine: Engine) async throws {
        try await Workshop.with(engine) { shop in
            let tries = Mutex(0)
            let runner = shop.runner([
                JobKind("letters") { _, _ in
                    tries.withLock { $0 += 1 }
                    throw Broken()
                }
            ])
            try await shop.ask("letters", "a")
            var rests: [Int64] = []
            while try await runner.runOnce() {
                let job = try await shop.job("letters", "a")
                #expect(job.fault == "Broken", "what is kept of a fault names nobody")
                guard job.state == .waiting else { break }
                let rest = job.nextAt.milliseconds - shop.clock.moment.milliseconds
                rests.append(rest / 1_000)
                #expect(try await !runner.runOnce(), "it rests")
                shop.clock.advance(rest)
            }
            #expect(rests == [5, 30, 120, 600, 3_600, 3_600, 3_600])
            #expect(tries.withLock { $0 } == JobLimits.tries)
            #expect(try await shop.job("letters", "a").state == .failed)
            // Whoever asks again begins anew.
            try await shop.ask("letters", "a")
            #expect(try await runner.runOnce())
            #expect(try await shop.job("letters", "a").tries == 1)
        }
    }

    @Test(arguments: Engine.available)
    func whatAStopInterruptsIsBegunAgain(on engine: Engine) async throws {
        try await Workshop.with(engine) { shop in
            let done = Mutex(0)
            let isStopped = Mutex(true)
            let kind = JobKind("letters") { _, _ in
                if isStopped.withLock({ $0 }) { throw CancellationError() }
                done.withLock { $0 += 1 }
            }
            try await shop.ask("letters", "a")
            await #expect(throws: CancellationError.self) {
                try await shop.runner([kind]).runOnce()
            }
            #expect(try await shop.job("letters", "a").state == .running)
            isStopped.withLock { $0 = false }
            let second = shop.runner([kind])
            try await second.start()
            while try await second.runOnce() {}
            #expect(done.withLock { $0 } == 1)
            #expect(try await shop.job("letters", "a").state == .done)
        }
    }

    @Test(arguments: Engine.available)
    func whatIsAskedForWhileItRunsIsDoneOnceMore(on engine: Engine) async throws {
        try await Workshop.with(engine) { shop in
            let done = Mutex(0)
            let kind = JobKind("letters") { _, _ in
                let count = done.withLock { count in
                    count += 1
                    return count
                }
                if count == 1 { try await shop.ask("letters", "a") }
            }
            try await shop.ask("letters", "a")
            let runner = shop.runner([kind])
            while try await runner.runOnce() {}
            #expect(done.withLock { $0 } == 2)
        }
    }

    @Test(arguments: Engine.available)
    func twoProgramsThatTakeUpAJobDoItOnce(on engine: Engine) async throws {
        try await Workshop.with(engine) { shop in
            let done = Mutex(0)
            let kind = JobKind("letters") { _, _ in done.withLock { $0 += 1 } }
            try await shop.ask("letters", "a")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let runner = shop.runner([kind])
                        while try await runner.runOnce() {}
                    }
                }
                try await group.waitForAll()
            }
            #expect(done.withLock { $0 } == 1)
        }
    }

    @Test(arguments: Engine.available)
    func workThatComesAgainWaitsForItsTimeAndIsNeverGivenUp(on engine: Engine) async throws {
        try await Workshop.with(engine) { shop in
            let isBroken = Mutex(false)
            let kind = JobKind("night", schedule: Nightly.next) { _, _ in
                if isBroken.withLock({ $0 }) { throw Broken() }
            }
            let runner = shop.runner([kind])
            for _ in 0..<2 { try await runner.start() }
            #expect(try await runner.runOnce(), "at the first start nothing was ever done")
            #expect(try await !runner.runOnce())
            var job = try await shop.job("night")
            let night = Nightly.next(after: shop.clock.moment)
            #expect(job.state == .waiting && job.nextAt == night)
            try await runner.start()
            #expect(try await !runner.runOnce(), "another start does not do it again")

            isBroken.withLock { $0 = true }
            for _ in 0..<JobLimits.tries {
                job = try await shop.job("night")
                shop.clock.advance(job.nextAt.milliseconds - shop.clock.moment.milliseconds)
                #expect(try await runner.runOnce())
            }
            job = try await shop.job("night")
            #expect(job.state == .waiting && job.nextAt == Nightly.next(after: shop.clock.moment))
            #expect(job.fault == "Broken")
        }
    }

    @Test(arguments: Engine.available)
    func aBellWakesTheRunnerThatSleeps(on engine: Engine) async throws {
        try await Workshop.with(engine) { shop in
            let bell = JobBell()
            let (done, teller) = AsyncStream.makeStream(of: String.self)
            let kind = JobKind("letters") { subject, _ in teller.yield(subject) }
            let runner = shop.runner([kind], bell: bell) { _ in
                try await Task.sleep(for: .seconds(3_600))
            }
            let running = Task { try await runner.run() }
            var subjects = done.makeAsyncIterator()
            for subject in ["a", "b"] {
                try await shop.ask("letters", subject)
                bell.ring()
                #expect(await subjects.next() == subject)
            }
            running.cancel()
            await #expect(throws: CancellationError.self) { try await running.value }
        }
    }

    @Test(arguments: Engine.available)
    func theQueueHasItsLimitAndWhatIsLongOverGoes(on engine: Engine) async throws {
        try await Workshop.with(engine) { shop in
            try await shop.database.write { db in
                for number in 0..<JobLimits.queue {
                    try JobStore(db).ask("letters", "\(number)", at: shop.clock.moment)
                }
            }
            await #expect(throws: Refusal.self) { try await shop.ask("letters", "more") }
            let runner = shop.runner([JobKind("letters") { _, _ in }])
            for _ in 0..<3 { try await runner.runOnce() }
            try await shop.ask("letters", "more")

            let sweeper = try #require(coreData.sweepers.first { $0.name == "job" })
            func sweep() async throws -> Int {
                try await shop.database.write { try sweeper.sweep($0, shop.clock.moment) }
            }
            shop.clock.advance(JobLimits.keptDays * 86_400_000)
            #expect(try await sweep() == 0)
            shop.clock.advance(1)
            #expect(try await sweep() == 3)
            #expect(try await sweep() == 0)
            let left = try await shop.database.read { try JobStore($0).list() }
            #expect(left.allSatisfy { $0.state == .waiting })
        }
    }
}
