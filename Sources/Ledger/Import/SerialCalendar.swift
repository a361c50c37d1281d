import Core

/// Turns the counts of days that spreadsheets store into days and times.
struct SerialCalendar {
    let countsFrom1904: Bool
    /// The last serial number that a spreadsheet shows as a day: 9999-12-31.
    static let lastSerial = 2_958_465

    /// The day of a serial number; nil for what is none, such as 1900-02-29, which is in the
    /// spreadsheets' calendar but in no other.
    func day(_ serial: Int) -> Day? {
        guard serial >= 0, serial <= Self.lastSerial else { return nil }
        if countsFrom1904 { return Day(1904, 1, 1).map { $0 + serial } }
        guard serial >= 1, serial != 60 else { return nil }
        return Day(1899, 12, serial < 60 ? 31 : 30).map { $0 + serial }
    }

    /// What a number is under its format.
    func cell(_ number: StoredNumber, _ format: NumberFormat) -> Cell {
        guard format.isSerial, let seconds = number.seconds else {
            return Self.plain(number, format)
        }
        let whole = seconds / 86_400
        let time = Self.time(seconds % 86_400)
        if format.isElapsed { return Cell(.time, Self.time(seconds)) }
        if whole == 0, !countsFrom1904 || format.showsTime { return Cell(.time, time) }
        guard let day = day(whole) else { return Self.plain(number, format) }
        return format.showsTime && seconds % 86_400 != 0
            ? Cell(.moment, "\(day) \(time)") : Cell(.day, day.description)
    }

    private static func plain(_ number: StoredNumber, _ format: NumberFormat) -> Cell {
        if number.isLong { return Cell(.longNumber, number.text) }
        if number.text.utf8.count < format.paddedTo { return Cell(.paddedNumber, number.text) }
        return Cell(format.isPercent ? .percent : .number, number.text)
    }

    private static func time(_ seconds: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let text = two(seconds / 3_600) + ":" + two(seconds / 60 % 60)
        return seconds % 60 == 0 ? text : text + ":" + two(seconds % 60)
    }

    /// A day that is written out, as cells of days may be: `2015-03-01T00:00:00`.
    static func day(_ written: String) -> Cell? {
        let parts = written.split(separator: "T", maxSplits: 1)
        guard let first = parts.first, let day = Day(String(first)) else { return nil }
        guard parts.count == 2 else { return Cell(.day, day.description) }
        let clock = parts[1].prefix { "0123456789:".contains($0) }.split(separator: ":")
        let numbers = clock.compactMap { Int($0) }
        guard numbers.count >= 2, numbers.count == clock.count, numbers[0] < 25, numbers[1] < 60
        else { return nil }
        let seconds = numbers[0] * 3_600 + numbers[1] * 60 + (numbers.count > 2 ? numbers[2] : 0)
        return seconds == 0
            ? Cell(.day, day.description) : Cell(.moment, "\(day) \(time(seconds))")
    }
}
