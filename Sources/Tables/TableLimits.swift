/// Every limit of the table desk, by name.
package enum TableLimits {
    /// The largest file of a table, in bytes: they are forms, and hold no data of their own.
    package static let fileBytes = 4 << 20
    /// The most that the parts of a workbook may come to once unpacked, in bytes.
    static let unpackedBytes = 64 << 20
    /// The most parts of a workbook.
    static let parts = 1_000
    /// The most rows, columns and cells of a sheet that is marked.
    static let rows = 1_000
    static let columns = 120
    static let cells = 40_000
    /// The most characters of a cell that a page shows.
    static let cellCharacters = 200
    /// The most memory of the program that reads and fills workbooks, in bytes.
    static let programBytes = 768 << 20
    /// How long it may take, in seconds.
    static let programSeconds = 20
    /// How many of it run at a time.
    static let programs = 2
    /// The most rows of a table that are units, and the most of its columns that are filled.
    package static let units = 400
    package static let filledColumns = 60
    /// The most tables of one unit that are not declined.
    package static let tablesPerUnit = 60
    /// The most tables that one page lists.
    static let listed = 200
    /// The most versions of the file of a table.
    static let versions = 20
    /// The longest title, name of an office and number of a document, in characters.
    static let titleCharacters = 120
    /// The longest text of a cell that somebody writes, in characters.
    static let writtenCharacters = 200
    /// The most records of a list that one cell puts together.
    static let joinedRecords = 5
    /// The most records of a list that one column reads.
    static let listRecords = 20_000
    /// The most columns of a table for one's own units.
    static let ownColumns = 12
    /// How many days nobody reminds of the same table and period again.
    static let quietDays: Int64 = 3
}
