import Catalogue
import Core
import Figures

/// The periods that pages ask for unless the reader says otherwise: the latest half-year that is
/// over and was kept, its last day for what is in force, and beside it the half-year under way.
package struct UsualPeriods: Sendable, Equatable {
    /// The latest half-year that is over, or the one under way up to today where there is no other.
    package let half: Period
    package let lastDay: Period
    /// The half-year under way up to today, beside one that is over; nil while it is empty.
    package let soFar: Period?

    package func period(for indicator: Indicator) -> Period {
        indicator.isOfDay ? lastDay : half
    }

    /// The same figure in the half-year under way.
    package func soFar(for indicator: Indicator) -> Period? {
        soFar.map { indicator.isOfDay ? .day($0.lastDay) : $0 }
    }
}

extension Indicator {
    /// Whether it counts what stands on one day.
    var isOfDay: Bool { when == .inForce && from != .rule }
}

/// How many records each half-year has, up to a number past which it makes no difference.
package struct Recorded: Sendable {
    /// The newest day on which anything happened.
    package let newest: Day?
    /// By the first day of the half-year.
    package let counts: [Day: Int]

    package init(newest: Day?, counts: [Day: Int]) {
        self.newest = newest
        self.counts = counts
    }

    /// As many records show that a half-year was kept.
    package static let kept = 20
    /// Of the fullest half-year, a part of so many is enough where there are fewer.
    package static let part = 10
    /// Records of one half-year are counted up to here.
    package static let countLimit = kept * part
    /// One record alone shows nothing where another half-year has more.
    private static let fewest = 2

    /// Whether a half-year has any records.
    package func isKept(_ half: Period) -> Bool { counts[half.from, default: 0] >= Self.fewest }

    /// What is usual when the day `over` is the last that has ended.
    ///
    /// A half-year was kept when it has twenty records, or a tenth of those of the fullest, but
    /// never one alone where there are more: so a stray record turns no page over.
    package func periods(after over: Day, today: Day) -> UsualPeriods? {
        guard let newest, newest > Day.first else { return nil }
        let current = Period.half(of: today)
        let past = counts.filter { Period.half(of: $0.key).lastDay <= over }
        let fullest = past.values.max() ?? 0
        let enough = min(
            Self.kept, fullest, max(Self.fewest, (fullest + Self.part - 1) / Self.part))
        let latest = past.filter { $0.value > 0 && $0.value >= enough }.keys.max()
        let hasCurrent = counts[current.from, default: 0] > 0 && current.lastDay > over
        let soFar = current.until(today)
        if let latest {
            let half = Period.half(of: latest)
            return UsualPeriods(
                half: half, lastDay: .day(half.lastDay), soFar: hasCurrent ? soFar : nil)
        }
        guard hasCurrent else {
            // Whatever there is lies further back than half-years are counted.
            let half = Period.half(of: min(newest, over))
            return UsualPeriods(half: half, lastDay: .day(half.lastDay), soFar: nil)
        }
        return UsualPeriods(half: soFar, lastDay: .day(today), soFar: nil)
    }
}

extension Period {
    /// The half-year in which a day lies.
    package static func half(of day: Day) -> Period {
        Period("\(day.year)-H\(day.month <= 6 ? 1 : 2)") ?? .day(day)
    }

    /// The period up to a day in it, that day included.
    package func until(_ day: Day) -> Period { Period("\(from)..\(day)") ?? self }

    /// What a page calls the period: of a half-year under way, that it is so far.
    package func words(today: Day) -> Wording {
        let half = Period.half(of: lastDay)
        guard shape == .span, from == half.from, lastDay < half.lastDay else { return words }
        let whole = half.words
        return lastDay == today
            ? Wording(zh: "\(whole.zh)至今", en: "\(whole.en) so far")
            : Wording(
                zh: "\(whole.zh)（至\(lastDay.month)月\(lastDay.parts.2)日）",
                en: "\(whole.en) up to \(lastDay)")
    }
}
