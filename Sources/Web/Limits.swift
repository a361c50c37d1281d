/// Every limit of a request and a page, by name.
package enum Limits {
    /// The most rows a list page shows; what follows is a page further.
    package static let rowsPerPage = 100
    /// The most rows of a table that is taken away as a file.
    package static let tableRows = 100_000
    /// The longest body taken in, in bytes.
    package static let bodyBytes = 1_048_576
    /// The longest path, in bytes as sent.
    package static let pathBytes = 1_024
    /// The longest query, in bytes as sent.
    package static let queryBytes = 2_048
    /// The longest query with which a provider sends somebody back: some codes are long.
    package static let returnQueryBytes = 8_192
    /// The longest single value in a query, in characters.
    package static let valueCharacters = 200
    /// How long a browser keeps the choice of language and mode, in seconds: a year.
    package static let choiceSeconds = 31_536_000
    /// How long a browser keeps a style sheet fetched by its hashed address, in seconds: a year.
    package static let assetSeconds = 31_536_000
    /// The largest file served from Public, in bytes.
    package static let assetBytes = 2_097_152
    /// When a busy server asks to be tried again, in seconds.
    package static let retrySeconds = 5
    /// The most bytes a form that brings files may have; only verbs that ask for files take more
    /// than `bodyBytes`.
    package static let uploadBytes = 64 << 20
    /// The most fields and files of one form.
    package static let formFields = 500
    /// The longest head of one part of a form, in bytes.
    package static let partHeadBytes = 2_048
    /// The longest name of a file that came with a form, in characters.
    package static let fileNameCharacters = 120
    /// How many pages are kept as they were rendered; those that depend on the reader are counted
    /// by themselves.
    static let keptPages = 400
    /// The largest page that is kept, in bytes.
    static let keptPageBytes = 262_144
    /// How many accounts are kept with what they may do.
    package static let keptAccounts = 2_000
    /// The most of a refused form that is shown again, in bytes as sent.
    package static let keptFormBytes = 131_072
    /// The longest token of a form, in bytes.
    static let tokenBytes = 80
    /// Past so many characters a text is shown again in several lines.
    package static let lineCharacters = 80
    /// The longest text of several lines in a form, in characters.
    package static let textCharacters = 4_000
    /// How long a form may stand open, in seconds: half a day.
    package static let formSeconds: Int64 = 43_200
    /// How many forms one address may send in a minute, and one account.
    package static let formsPerMinute = 120
    /// How many forms a browser may still send in a minute where its address has sent too many.
    package static let formsPerBrowser = 6
    /// How many seconds of work one address may ask for in a minute, and one account: a page that
    /// is kept takes a thousandth, and a cold figure over ten years about one.
    package static let workSeconds = 30
    /// The most that may be chosen instead, for a district that wants no such limit.
    package static let mostWorkSeconds = 100_000
    /// How many requests of one sender may be under way at once while they have asked for nothing
    /// yet.
    package static let requestsAtOnce = 30
    /// How long a connection may be silent, between requests and within one, in seconds.
    package static let idleSeconds: Int64 = 30
    /// How long a request may take to arrive as a whole, in seconds: a large file over a slow line.
    package static let requestSeconds: Int64 = 300
    /// How long an answer may lie ready without being fetched, in seconds.
    package static let answerSeconds: Int64 = 60
    /// When whoever asked for too much is told to come back, in seconds.
    package static let pauseSeconds = 60
    /// How many addresses and accounts are counted at once; the longest silent are forgotten.
    package static let countedSenders = 20_000
}
