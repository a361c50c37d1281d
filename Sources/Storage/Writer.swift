import Logging

/// Commits batches of writes: each in its own savepoint, all answered after the flush.
struct Writer: Sendable {
    let engine: any StorageEngine
    let options: DatabaseOptions
    let statements: StatementCounter

    /// What became of a batch that could not be committed as one.
    private enum Failure: Error {
        /// Nothing of it was written, and each member may run again alone.
        case rolledBack(any Error)
        /// The connection was lost during COMMIT.
        case unknown
        /// It did not begin; there is no reason to believe a second try would.
        case notBegun(any Error)
    }

    func commit(_ batch: [any PendingWrite]) {
        if batch.count == 1 {
            commitAlone(batch[0], isRepeatable: true)
        } else {
            do {
                try commitTogether(batch)
            } catch {
                recover(batch, from: error)
            }
        }
        for write in batch { write.answer() }
    }

    private func recover(_ batch: [any PendingWrite], from failure: Failure) {
        switch failure {
        case .notBegun(let error):
            for write in batch { write.refuse(error) }
        case .rolledBack:
            options.logger.notice("A shared commit was rolled back; each write runs again alone.")
            commitEachAlone(batch)
        case .unknown:
            // A refused member wrote nothing, but it may have been refused for what another
            // member wrote; only a run of its own can tell.
            let refused = batch.filter(\.isRefused)
            for write in batch where !write.isRefused {
                write.refuse(DatabaseError.outcomeUnknown)
            }
            commitEachAlone(refused)
        }
    }

    /// Once the engine cannot even begin, the others are not made to wait for the same answer.
    private func commitEachAlone(_ batch: [any PendingWrite]) {
        var unreachable: (any Error)?
        for write in batch {
            if let unreachable {
                write.refuse(unreachable)
            } else {
                unreachable = commitAlone(write, isRepeatable: false)
            }
        }
    }

    /// One write, one commit. A connection lost before COMMIT wrote nothing, so the first such
    /// loss is made good by a second run; every other failure is the answer. Returns the error
    /// when the transaction could not begin.
    @discardableResult
    private func commitAlone(_ write: any PendingWrite, isRepeatable: Bool) -> (any Error)? {
        do {
            try transaction { driver throws(Failure) in
                do {
                    if write.isAlone { try driver.allowLongStatements() }
                    try run(write, on: driver)
                } catch {
                    throw .rolledBack(error)
                }
            }
            return nil
        } catch .rolledBack(DatabaseError.lostConnection) where isRepeatable {
            return commitAlone(write, isRepeatable: false)
        } catch .rolledBack(let error) {
            write.refuse(error)
            return nil
        } catch .notBegun(let error) {
            write.refuse(error)
            return error
        } catch {
            write.refuse(DatabaseError.outcomeUnknown)
            return nil
        }
    }

    private func commitTogether(_ batch: [any PendingWrite]) throws(Failure) {
        try transaction { driver throws(Failure) in
            for write in batch {
                do {
                    try driver.savepoint()
                    try run(write, on: driver)
                    try driver.release()
                } catch {
                    // A rolled-back savepoint leaves the others; a rolled-back commit does not.
                    guard driver.isInTransaction else { throw .rolledBack(error) }
                    write.refuse(error)
                    do { try driver.rollbackToSavepoint() } catch { throw .rolledBack(error) }
                }
            }
        }
    }

    private func transaction(
        _ body: (any Driver) throws(Failure) -> Void
    ) throws(Failure) {
        do {
            try engine.withWriter { driver in
                do {
                    try driver.begin()
                } catch {
                    driver.rollback()
                    let isStale = error as? DatabaseError == .lostConnection
                    throw isStale ? Failure.rolledBack(error) : .notBegun(error)
                }
                do {
                    try body(driver)
                    try commit(driver)
                } catch {
                    driver.rollback()
                    throw error
                }
                options.committed?(
                    Connection(driver: driver, options: options, total: StatementCounter()))
            }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw .notBegun(error)
        }
    }

    private func commit(_ driver: any Driver) throws(Failure) {
        do {
            try driver.commit()
        } catch DatabaseError.lostConnection {
            throw .unknown
        } catch {
            throw .rolledBack(error)
        }
    }

    /// While one closure runs every other writer waits, so a long one is worth a line.
    private func run(_ write: any PendingWrite, on driver: any Driver) throws {
        let clock = ContinuousClock()
        let start = clock.now
        defer {
            let held = clock.now - start
            if held > .milliseconds(options.longWriteMilliseconds) {
                options.logger.warning(
                    "A write held the writer too long.",
                    metadata: ["place": "\(write.place)", "held": "\(held)"])
            }
        }
        try write.run(
            on: Connection(driver: driver, options: options, total: statements))
    }
}
