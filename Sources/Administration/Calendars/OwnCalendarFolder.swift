import Catalogue
import Core
import Foundation

/// The calendars in the district's folder of catalogue, as far as pages write them. They are named
/// so that they are read after those that were written by hand.
struct OwnCalendarFolder: Sendable {
    /// The program's own folder and the district's.
    let folders: [String]

    enum State: String, Sendable { case same, changed, missing }

    static func file(_ year: Int) -> String { "calendars/own_\(year).yaml" }

    private func path(_ year: Int) -> String { "\(folders.last ?? "")/\(Self.file(year))" }

    /// How the file of a year lies there beside the version that was written last.
    func state(of own: OwnCalendar) -> State {
        guard let data = FileManager.default.contents(atPath: path(own.calendar.year)) else {
            return .missing
        }
        let read = try? CalendarYear(
            text: String(decoding: data, as: UTF8.self), file: Self.file(own.calendar.year))
        return read?.digest == own.digest ? .same : .changed
    }

    /// Reads the folders as they lie there now, and the calendar over them.
    ///
    /// - Throws: `BrokenCatalogue` where what lies there would not let the program start.
    func check() throws { _ = try Catalogue(folders: folders) }

    /// Writes the file, whole or not at all.
    func write(_ calendar: CalendarYear, version: Int, on day: Day) throws {
        let target = path(calendar.year)
        try FileManager.default.createDirectory(
            atPath: (target as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true)
        let remark = """
            # 由组织部门载入的节假日安排，第\(version)版，\(day)。可以手工修改。
            # Public holidays, loaded by the organization department: version \(version), \(day).
            # It may be changed by hand.

            """
        try writeDurably(Array((remark + calendar.text).utf8), to: target)
    }
}
