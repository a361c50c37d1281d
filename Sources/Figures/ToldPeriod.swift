import Catalogue
import Core

/// What a visitor may ask of numbers of persons. Every period stands on half-years, which are told
/// or not one by one; nothing is told that would let one half-year be cut in two ways at once.
enum ToldPeriod {
    /// A half-year, or the last day of one for what is in force: told of every unit.
    case half(Period)
    /// Half-years added up: told where each of them is.
    case halves(Period)
    /// A part of a longer period: told of a unit that nothing stands above.
    case part(of: Period)
    /// The last day of another month, for what is in force: told of such a unit, too.
    case monthEnd(Period)

    /// Nil for every other period: from those that differ by a day small numbers could be
    /// computed.
    init?(_ period: Period, _ indicator: Indicator) {
        if indicator.when == .inForce {
            let (_, month, day) = period.to.parts
            guard day == 1 else { return nil }
            let last = Period.day(period.lastDay)
            self = month == 1 || month == 7 ? .half(last) : .monthEnd(last)
            return
        }
        switch period.shape {
        case .half: self = .half(period)
        case .year: self = .halves(period)
        case .toDate where period.to.parts.2 == 1 && [1, 7].contains(period.to.parts.1):
            self = .halves(period)
        case .month, .quarter:
            guard let whole = period.whole else { return nil }
            self = .part(of: whole)
        case .week, .day, .span, .toDate: return nil
        }
    }
}

extension Period {
    /// The quarter of a month, the half-year of a quarter.
    var whole: Period? {
        switch shape {
        case .month: Period("\(from.year)-Q\((from.month + 2) / 3)")
        case .quarter: Period("\(from.year)-H\(from.month <= 6 ? 1 : 2)")
        case .half, .year, .week, .day, .span, .toDate: nil
        }
    }

    /// The quarters of a half-year, the months of a quarter.
    var parts: [Period] {
        switch shape {
        case .half:
            let first = from.month == 1 ? 1 : 3
            return [first, first + 1].compactMap { Period("\(from.year)-Q\($0)") }
        case .quarter: return months.compactMap { Period(String($0.description.prefix(7))) }
        case .year, .month, .week, .day, .span, .toDate: return []
        }
    }

    /// The half-year that a day lies in.
    static func half(of day: Day) -> Period? {
        Period("\(day.year)-H\(day.month <= 6 ? 1 : 2)")
    }

    /// The half-years of this period in which something was recorded, from the first on.
    func halves(recorded days: ClosedRange<Day>) -> [Period] {
        var halves: [Period] = []
        var next = Period.half(of: max(from, days.lowerBound))
        while let half = next, half.from < to, half.from <= days.upperBound {
            halves.append(half)
            next = Period.half(of: half.to)
        }
        return halves
    }
}
