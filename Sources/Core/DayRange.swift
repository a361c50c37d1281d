/// Some days in a row: from the first up to, and not including, the day after the last.
package struct DayRange: Sendable, Hashable {
    package let from: Day
    /// The first day after it; nil while it goes on.
    package let to: Day?

    package init(from: Day, to: Day?) {
        self.from = from
        self.to = to
    }

    /// The days that both hold; nil where there are none.
    package func shared(with other: DayRange) -> DayRange? {
        let from = max(from, other.from)
        guard let to = [to, other.to].compactMap({ $0 }).min() else {
            return DayRange(from: from, to: nil)
        }
        return from < to ? DayRange(from: from, to: to) : nil
    }
}

extension [DayRange] {
    /// The days that some stretch of both lists holds, in order and without overlap.
    package func shared(with others: [DayRange]) -> [DayRange] {
        flatMap { one in others.compactMap { one.shared(with: $0) } }.joined
    }

    /// The same days with stretches that touch or overlap made one.
    package var joined: [DayRange] {
        var joined: [DayRange] = []
        for stretch in sorted(by: { $0.from < $1.from }) {
            guard let last = joined.last, last.to.map({ stretch.from <= $0 }) ?? true else {
                joined.append(stretch)
                continue
            }
            let ends = [last.to, stretch.to]
            let to = ends.contains(nil) ? nil : ends.compactMap { $0 }.max()
            joined[joined.count - 1] = DayRange(from: last.from, to: to)
        }
        return joined
    }
}
