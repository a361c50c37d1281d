extension Period {
    /// The same period of the year before; nil where there is none.
    package var yearEarlier: Period? {
        switch shape {
        case .year, .half, .quarter, .month, .week:
            guard let year = Int(text.prefix(4)), year > 1 else { return nil }
            return Period(String("000\(year - 1)".suffix(4)) + text.dropFirst(4))
        case .day: return from.yearEarlier.map { Period.day($0) }
        case .span:
            guard let first = from.yearEarlier, let last = lastDay.yearEarlier else { return nil }
            return Period("\(first)..\(last)")
        case .toDate: return lastDay.yearEarlier.flatMap { Period("..\($0)") }
        }
    }
}

extension Day {
    /// The same day of the year before. The last day of a February is that of the other: what is
    /// counted at the end of a month is compared with the end of a month.
    package var yearEarlier: Day? {
        let (year, month, day) = parts
        guard year > 1 else { return nil }
        if month == 2, nextMonth - 1 == self, let first = Day(year - 1, 2, 1) {
            return first.nextMonth - 1
        }
        return Day(year - 1, month, day)
    }
}
