import Logging

/// The limits of a database. Each is a number with a name, so that it can be found and argued.
package struct DatabaseOptions: Sendable {
    package var readers = 4
    /// Readers that only glances get: how far the ledger has come, and whose session it is.
    package var readersForGlances = 1
    /// Readers that one sender holds at once, so that the others always find one.
    package var readersPerSender = 2
    /// Readers that may wait for a connection before the next one is refused.
    package var readQueueLimit = 1_024
    package var busyTimeoutMilliseconds = 5_000
    package var statementTimeoutMilliseconds = 30_000
    package var writeQueueLimit = 1_024
    /// Closures that share one commit at most.
    package var batchLimit = 50
    /// A closure that holds the writer longer is logged with its place in the source.
    package var longWriteMilliseconds = 250
    /// What the writer of SQLite holds of the file. Some hundred rows of an import change pages all
    /// over the indexes of a large ledger, and pages that find no room are written twice.
    package var writerCacheKilobytes = 4_000
    /// Pages in SQLite's log of writes before a commit brings them into the file: 32 MB. Each time,
    /// a page that changed often is written once.
    package var checkpointPages = 8_000
    package var maximumRows = 200_000
    package var logger = Logger(label: "storage")
    /// Makes the keyed hash of a row's parts; see `MarkedTable`.
    package var mac: @Sendable ([String?]) -> String = ForgottenKey.mac
    /// Told after each commit, outside of any transaction, before the writes are answered.
    package var committed: (@Sendable (Connection) -> Void)?
    /// Whether the file is opened as on a disk that nobody can write to: nothing is written, and
    /// no file is made beside it.
    package var isReadOnly = false

    package init() {}
}
