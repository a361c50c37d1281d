/// A stretch of days that a figure is asked for, with the text it was written as.
///
/// `from` is the first day and `to` the first day after it. A period "to date" begins at
/// `Day.first`, so it needs no case of its own.
package struct Period: Sendable, Hashable, CustomStringConvertible {
    package let text: String
    package let from: Day
    package let to: Day
    package let shape: Shape

    package enum Shape: Sendable, Hashable {
        case year, half, quarter, month, week, day, span, toDate
    }

    /// The last day of the last year that can be written as a period: it ends in the year after.
    package static let lastOfAll = Day(9998, 12, 31)!

    /// The most days of a written span: ten years. Some figures look at each of its weeks for each
    /// unit of the district.
    package static let longestSpan = 3_653

    package init(text: String, from: Day, to: Day, shape: Shape = .span) {
        self.text = text
        self.from = from
        self.to = to
        self.shape = shape
    }

    package static func day(_ day: Day) -> Period {
        Period(text: "@\(day)", from: day, to: day + 1, shape: .day)
    }

    package var description: String { text }

    /// The last day of the period: the day on which standing things are counted.
    package var lastDay: Day { to - 1 }

    package func contains(_ day: Day) -> Bool { from <= day && day < to }

    /// The same kind of period just before this one; nil for a span without a regular length.
    package var previous: Period? {
        switch shape {
        case .year: Period("\(from.year - 1)")
        case .half:
            from.month == 1 ? Period("\(from.year - 1)-H2") : Period("\(from.year)-H1")
        case .quarter:
            from.month == 1
                ? Period("\(from.year - 1)-Q4") : Period("\(from.year)-Q\(from.month / 3)")
        case .month: Period(String((from - 1).description.prefix(7)))
        case .day: .day(from - 1)
        case .week, .span, .toDate: nil
        }
    }

    /// The ISO weeks of the period, by their Mondays: those whose Thursday lies in it.
    package var weeks: [Day] {
        guard from > Day.first else { return [] }
        var monday = from.monday
        var mondays: [Day] = []
        while monday + 3 < to {
            if monday + 3 >= from { mondays.append(monday) }
            monday = monday + 7
        }
        return mondays
    }

    /// The calendar months that lie wholly in the period, by their first days.
    package var months: [Day] {
        guard from > Day.first else { return [] }
        let (year, month, day) = from.parts
        var start = Day(year, month, 1)!
        if day != 1 { start = start.nextMonth }
        var months: [Day] = []
        while start.nextMonth <= to {
            months.append(start)
            start = start.nextMonth
        }
        return months
    }

    /// Reads a written period: `2015`, `2015-H1`, `2015-Q1`, `2015-06`, `2015-W10`,
    /// `2015-03-01`, `A..B`, `..D`, `@D`, `before:R1`, `after:R1`; nil when it is none of these.
    ///
    /// - Parameter effective: the day a reorganization takes effect, by its code.
    package init?(_ text: String, effective: (String) -> Day? = { _ in nil }) {
        if text.hasPrefix("before:") {
            guard let day = effective(String(text.dropFirst(7))) else { return nil }
            self.init(text: text, from: day - 1, to: day, shape: .day)
        } else if text.hasPrefix("after:") {
            guard let day = effective(String(text.dropFirst(6))) else { return nil }
            self.init(text: text, from: day, to: day + 1, shape: .day)
        } else if text.hasPrefix("@") {
            guard let day = Period.day(written: text.dropFirst()) else { return nil }
            self.init(text: text, from: day, to: day + 1, shape: .day)
        } else if text.hasPrefix("..") {
            guard let day = Period.day(written: text.dropFirst(2)) else { return nil }
            self.init(text: text, from: .first, to: day + 1, shape: .toDate)
        } else if text.utf8.count == 22, text.dropFirst(10).hasPrefix("..") {
            guard let from = Period.day(written: text.prefix(10)),
                let last = Period.day(written: text.suffix(10)), from <= last,
                last.number - from.number < Period.longestSpan
            else { return nil }
            self.init(text: text, from: from, to: last + 1, shape: .span)
        } else if let day = Period.day(written: text[...]) {
            self.init(text: text, from: day, to: day + 1, shape: .day)
        } else {
            self.init(calendar: text)
        }
    }

    /// A year, or a half, quarter, month or week of one.
    private init?(calendar text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let head = parts.first, head.utf8.count == 4, let year = Period.number(head),
            (1...9998).contains(year), let start = Day(year, 1, 1), parts.count <= 2
        else { return nil }
        guard parts.count == 2 else {
            self.init(text: text, from: start, to: Day(year + 1, 1, 1)!, shape: .year)
            return
        }
        let tail = parts[1]
        let isMonth = Period.number(tail) != nil
        let number = Period.number(isMonth ? tail : tail.dropFirst()) ?? 0
        switch (tail.first, tail.utf8.count) {
        case ("H", 2) where (1...2).contains(number):
            self.init(text: text, from: Day(year, number * 6 - 5, 1)!, months: 6, shape: .half)
        case ("Q", 2) where (1...4).contains(number):
            self.init(text: text, from: Day(year, number * 3 - 2, 1)!, months: 3, shape: .quarter)
        case ("W", 3) where (1...53).contains(number):
            let monday = Day(year, 1, 4)!.monday + (number - 1) * 7
            guard (monday + 3).year == year else { return nil }
            self.init(text: text, from: monday, to: monday + 7, shape: .week)
        case (_, 2) where isMonth && (1...12).contains(number):
            self.init(text: text, from: Day(year, number, 1)!, months: 1, shape: .month)
        default: return nil
        }
    }

    /// A number in plain digits: `Int` alone would read a sign as well.
    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
    }

    /// A written day that another day follows: a period ends on the day after its last.
    private static func day(written text: Substring) -> Day? {
        Day(String(text)).flatMap { $0 < Day.last ? $0 : nil }
    }

    private init(text: String, from: Day, months: Int, shape: Shape) {
        var to = from
        for _ in 0..<months { to = to.nextMonth }
        self.init(text: text, from: from, to: to, shape: shape)
    }
}
