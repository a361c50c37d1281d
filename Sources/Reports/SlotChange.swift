import Catalogue
import Core
import Figures
import Organization

/// How a figure differs from the period before, in the words of a report: “，比上年末提高36.3个百分点”.
/// It brings the comma that parts it from what it follows, since it may not be told.
struct SlotChange {
    let before: Answer
    let now: Answer
    let indicator: Indicator
    /// What the figure is compared with: 上年末, 上年下半年.
    let when: Wording

    /// Whether both are numbers, and something stands behind the older one.
    var hasNumbers: Bool { before.hasValue && now.hasValue && before.count > 0 }

    var words: Wording {
        guard !isSame else {
            return Wording(zh: "，与\(when.zh)持平", en: ", as much as \(when.en)")
        }
        let isMore = before.isLess(than: now)
        return indicator.unit == "%"
            ? Wording(
                zh: "，比\(when.zh)\(isMore ? "提高" : "下降")\(size)个百分点",
                en: ", \(size) points \(isMore ? "more" : "less") than \(when.en)")
            : Wording(
                zh: "，比\(when.zh)\(isMore ? "增加" : "减少")\(size)\(indicator.unit)",
                en: ", \(size) \(isMore ? "more" : "fewer") than \(when.en)")
    }

    private var isSame: Bool { difference == 0 }

    private var difference: Int { now.distance(from: before, indicator) }

    private var size: String {
        indicator.unit == "%"
            ? abs(difference).decimal(per: 10, keepsZeros: true)
            : abs(difference).decimal(per: power(10, indicator.round), keepsZeros: true)
    }
}

extension Figures.Reading {
    /// The pin of a slot that says how a figure changed; nil where it is not compared.
    ///
    /// Both are counted by the units of today, and only where that leaves the newer number as the
    /// text prints it: 27 of 114 communities are no measure for 57 of 91.
    func change(_ slot: Slot, _ question: Question, in report: Period) throws -> Pin? {
        guard let (period, when) = slot.before(in: report) else { return nil }
        let indicator = try reckoner.indicator(question.indicator)
        let (said, now) = (try answer(question), try answer(question.asking(.now)))
        guard said.hasValue, now.hasValue, !said.isLess(than: now), !now.isLess(than: said) else {
            return nil
        }
        let asked = question.asking(period: period).asking(.now)
        let change = SlotChange(
            before: try answer(asked), now: now, indicator: indicator, when: when)
        guard change.hasNumbers,
            try isKept(asked, change.before, beside: question.asking(.now), now)
        else { return nil }
        return try pin(slot.key, asked).saying(change.words)
    }
}

extension Slot {
    /// Whether what it asks for has a period before it: a whole period, or its last day.
    var mayChange: Bool {
        period != ".." && reorganization == nil && Period(period) == nil
    }

    /// The period before that of the slot, and its words.
    fileprivate func before(in report: Period) -> (Period, Wording)? {
        if period == "@" {
            guard let before = report.previous else { return nil }
            return (.day(before.lastDay), before.end(seenFrom: report))
        }
        guard let asked = Period(period(in: report)), let before = asked.previous else {
            return nil
        }
        return (before, before.called(seenFrom: report))
    }
}

extension Period {
    /// The period as a report of another one calls it: 上半年, 上年下半年.
    fileprivate func called(seenFrom report: Period) -> Wording {
        let isOfYear = from.year == report.from.year
        if shape == .year { return Wording(zh: "上年", en: "in the year before") }
        return isOfYear
            ? Wording(zh: short.zh, en: "in \(short.en)")
            : Wording(zh: "上年" + short.zh, en: "in \(short.en) of \(from.year)")
    }

    /// Its last day, as a report of another period calls it: 上年末, 6月末.
    fileprivate func end(seenFrom report: Period) -> Wording {
        lastDay.year == report.from.year
            ? Wording(
                zh: "\(lastDay.month)月末",
                en: "at the end of \(Self.monthNames[lastDay.month - 1])")
            : Wording(zh: "上年末", en: "at the end of \(lastDay.year)")
    }
}
