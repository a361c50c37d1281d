/// Every limit of rights and retention, by name.
enum RightsLimits {
    /// Rows in one commit of the nightly run.
    static let rowsPerBatch = 500
    /// Commits of one register entry in one night; what is left goes the next night.
    static let batchesPerRun = 2_000
    /// The most rows that a dry run counts.
    static let dryRun = 10_000_000
    /// The most records of one person that one answer or one erasure takes in.
    static let recordsPerSubject = 50_000
    /// The most rows of one kind of data that the page shows; the copy has all.
    static let rowsOnPage = 100
    /// The longest words of a request or an answer, in characters.
    static let words = 2_000
    /// Requests that may stand open for one asker at a time.
    static let openRequests = 10
    /// The longest recipient, purpose or basis of a disclosure, in characters.
    static let line = 200
    /// How long the page of a verified contact stays open after their link was used, in minutes.
    static let visitMinutes = 30
    /// How long a file of evidence stays that no row names: thirty days.
    static let unnamedFileSeconds: Int64 = 30 * 86_400
    /// The most of their own requests that a person's page shows; the copy has all.
    static let ownRequests = 100
}
