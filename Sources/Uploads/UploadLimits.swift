/// Every limit of uploads, by name.
package enum UploadLimits {
    /// The largest file, in bytes.
    package static let fileBytes = 20 << 20
    /// The most rows of a file.
    package static let rows = 100_000
    /// The most uploads of one account that are judged or published, or wait for it.
    package static let workingPerAccount = 5
    /// The most uploads of one account whose files are kept.
    package static let keptPerAccount = 20
    /// The most uploads that are judged or published, or wait for it.
    package static let queue = 20
    /// How many days the file of an upload is kept that nobody published or discarded.
    package static let keptDays = 7
    /// How often a page of work that goes on is asked for anew, in seconds.
    package static let refreshSeconds = 3
    /// The most faults in a file of faults.
    package static let listedFaults = 20_000
    /// The most characters of a value that a preview shows.
    package static let shownCharacters = 200
    /// The most units listed in a template.
    package static let listedUnits = 5_000
    /// The most uploads that one statement discards or looks for.
    package static let sweptAtOnce = 500
    /// How long a file may lie in the folder before it is taken for one that nobody named, in
    /// seconds: an upload that is being taken in has no row yet.
    package static let straySeconds: Int64 = 3_600
}
