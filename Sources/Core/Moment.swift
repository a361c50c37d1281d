import Foundation
import Storage

/// An instant, in milliseconds since 1970. Used for audit and clocks only; facts have days.
package struct Moment: Sendable, Hashable, Comparable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package static func now() -> Moment {
        Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    package static func < (left: Moment, right: Moment) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The district's own time: Asia/Shanghai keeps UTC+8 all year.
    package static let districtOffsetMilliseconds: Int64 = 8 * 3_600_000

    /// The day in the district.
    package var day: Day {
        let local = milliseconds + Moment.districtOffsetMilliseconds
        return Day(number: Int((Double(local) / 86_400_000).rounded(.down)))
    }

    /// `2026-03-04 09:05`, in the district's time.
    package var text: String {
        let local = milliseconds + Moment.districtOffsetMilliseconds
        let minutes = (local - Int64(day.number) * 86_400_000) / 60_000
        let hour = minutes / 60
        let minute = minutes % 60
        return "\(day) \(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}

extension Moment: Storable, Readable {
    package var storageValue: Value { .integer(milliseconds) }
    package init(storageValue: Value) throws(ColumnFault) {
        self.milliseconds = try Int64(storageValue: storageValue)
    }
}

extension Day {
    /// The instant in which the day begins in the district.
    package var start: Moment {
        Moment(milliseconds: Int64(number) * 86_400_000 - Moment.districtOffsetMilliseconds)
    }
}
