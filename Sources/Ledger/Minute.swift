import Core
import Storage

/// A minute of the day in the district. Written `09:30`, in SQL the minutes since midnight.
package struct Minute: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Minutes since midnight, 0 to 1439.
    package let number: Int

    /// Nil where the day has no such minute.
    package init?(number: Int) {
        guard (0..<1_440).contains(number) else { return nil }
        self.number = number
    }

    package init?(hour: Int, minute: Int) {
        guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
        number = hour * 60 + minute
    }

    package static func < (left: Minute, right: Minute) -> Bool { left.number < right.number }

    package var description: String {
        let (hour, minute) = (number / 60, number % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}

extension Minute: Storable, Readable {
    package var storageValue: Value { .integer(Int64(number)) }
    package init(storageValue: Value) throws(ColumnFault) {
        let number = try Int(storageValue: storageValue)
        guard let minute = Minute(number: number) else {
            throw ColumnFault(expected: "a minute of the day", found: storageValue)
        }
        self = minute
    }
}

extension Day {
    /// With the minute behind it, where there is one.
    package func written(_ minute: Minute?) -> String {
        minute.map { "\(self) \($0)" } ?? description
    }
}

extension Moment {
    /// The minute of the day in the district.
    package var minute: Minute {
        let since = milliseconds - day.start.milliseconds
        return Minute(number: Int(since / 60_000)) ?? Minute(number: 0)!
    }
}
