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
    package var text: String { "\(day) \(hourAndMinute)" }

    /// `09:05:06`, in the district's time.
    package var clock: String { "\(hourAndMinute):\(digits(1000, 60, 2))" }

    /// `2026-03-04T09:05:06+08:00`, as RFC 3339 writes it, in the district's time.
    package var instant: String { "\(day)T\(clock)+08:00" }

    /// `2026-03-04T09:05:06.789+08:00`, for lines that come in one second.
    package var exactInstant: String {
        "\(day)T\(clock).\(digits(1, 1000, 3))+08:00"
    }

    private var hourAndMinute: String { "\(digits(3_600_000, 24, 2)):\(digits(60_000, 60, 2))" }

    /// How often the unit goes into the day so far, beyond whole rounds; with zeros before it.
    private func digits(_ unit: Int64, _ round: Int64, _ count: Int) -> String {
        let number = String((milliseconds - day.start.milliseconds) / unit % round)
        return String(repeating: "0", count: count - number.count) + number
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
