import Storage

/// A calendar day, without a time or a zone. Written `2026-03-04`, in SQL as well.
package struct Day: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Days since 1970-01-01.
    package let number: Int

    package init(number: Int) { self.number = number }

    /// The day of these parts; nil when the calendar has no such day.
    package init?(_ year: Int, _ month: Int, _ day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Day.length(ofMonth: month, in: year)
        else { return nil }
        self.number = Day.count(year, month, day)
    }

    /// Reads `2026-03-04`; nil for anything else, an impossible day included.
    package init?(_ text: String) {
        var text = text
        guard let day = text.withUTF8({ Day(letters: $0) }) else { return nil }
        self = day
    }

    /// Reads the letters of the same.
    package init?(letters bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 10, bytes[4] == 45, bytes[7] == 45,
            let year = Day.digits(bytes[0..<4]), let month = Day.digits(bytes[5..<7]),
            let day = Day.digits(bytes[8..<10])
        else { return nil }
        self.init(year, month, day)
    }

    package var parts: (year: Int, month: Int, day: Int) {
        // Howard Hinnant's civil-from-days, with the year beginning in March.
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, day)
    }

    package var year: Int { parts.year }
    package var month: Int { parts.month }

    /// Monday is 1, Sunday is 7 (ISO 8601).
    package var weekday: Int { (((number + 3) % 7) + 7) % 7 + 1 }

    /// The Monday of this day's week.
    package var monday: Day { Day(number: number - (weekday - 1)) }

    package var description: String {
        let (year, month, day) = parts
        var bytes = [UInt8](repeating: 45, count: 10)
        bytes[0] = UInt8(48 + year / 1000 % 10)
        bytes[1] = UInt8(48 + year / 100 % 10)
        bytes[2] = UInt8(48 + year / 10 % 10)
        bytes[3] = UInt8(48 + year % 10)
        bytes[5] = UInt8(48 + month / 10)
        bytes[6] = UInt8(48 + month % 10)
        bytes[8] = UInt8(48 + day / 10)
        bytes[9] = UInt8(48 + day % 10)
        return String(decoding: bytes, as: UTF8.self)
    }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }
    package static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }
    package static func - (day: Day, days: Int) -> Day { Day(number: day.number - days) }

    /// The first day of the month that follows the month of this day.
    package var nextMonth: Day {
        let (year, month, _) = parts
        return month == 12
            ? Day(number: Day.count(year + 1, 1, 1)) : Day(number: Day.count(year, month + 1, 1))
    }

    package static let first = Day(number: Day.count(1, 1, 1))
    package static let last = Day(number: Day.count(9999, 12, 31))

    package static func length(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    private static func count(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func digits(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        var value = 0
        for byte in bytes {
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return value
    }
}

extension Day: Storable, Readable {
    package var storageValue: Value { .text(description) }
    package init(storageValue: Value) throws(ColumnFault) {
        let text = try String(storageValue: storageValue)
        guard let day = Day(text) else { throw ColumnFault(expected: "a day", found: storageValue) }
        self = day
    }
}
