import Foundation

extension Period {
    /// Reads a period as people write it, in Chinese, in English or as addresses do: 2015年上半年,
    /// 一季度, 上个月, 2015年1月至5月, 2015/5/6, Q1 2015, last month.
    ///
    /// What names no year means the newest that has begun: in February, 下半年 is that of last year.
    ///
    /// - Parameters:
    ///   - today: what “this” and “last” are told from.
    ///   - effective: the day a reorganization takes effect, by its code.
    package static func read(
        _ text: String, today: Day, effective: (String) -> Day? = { _ in nil }
    ) -> Period? {
        if let period = Period(text, effective: effective) { return period }
        let folded = Folding.letters(text)
        if let period = Period(folded, effective: effective) ?? Period(folded.uppercased()) {
            return period
        }
        guard folded.unicodeScalars.count <= longestText else { return nil }
        let plain = westernNumbers(folded.lowercased())
        if let period = toDate(plain, today) ?? since(plain, today) { return period }
        let joined = jointed(plain)
        return joined.contains("至") ? span(joined, today) : single(joined, today)
    }

    /// The longest text that can name a period, in characters.
    private static let longestText = 60

    /// The ISO week of a day.
    package static func week(of day: Day) -> Period? {
        let monday = day.monday
        let year = (monday + 3).year
        guard let first = Day(year, 1, 4)?.monday else { return nil }
        let number = (monday.number - first.number) / 7 + 1
        return Period("\(year)-W\(number < 10 ? "0" : "")\(number)")
    }

    /// The period of what was said, with another's year or month where it names none.
    fileprivate static func period(_ said: PeriodMarks, year given: Int?, today: Day) -> Period? {
        let parts = [said.half, said.quarter, said.week].compactMap { $0 }
        if let whole = said.whole {
            let isAlone =
                said.year == nil && parts.isEmpty && said.month == nil && said.day == nil
            return isAlone ? whole : nil
        }
        guard parts.count + (said.month == nil ? 0 : 1) <= 1, said.day == nil || said.month != nil
        else { return nil }
        guard !parts.isEmpty || said.month != nil else {
            return said.isFirst ? nil : said.year.flatMap { Period(four($0)) }
        }
        func of(_ year: Int) -> Period? {
            let text = four(year)
            if let half = said.half { return said.isFirst ? nil : Period("\(text)-H\(half)") }
            if let week = said.week { return said.isFirst ? nil : Period("\(text)-W\(two(week))") }
            let last =
                said.quarter.map { Period("\(text)-Q\($0)") }
                ?? Period("\(text)-\(two(said.month ?? 0))")
            if let day = said.day {
                guard !said.isFirst else { return nil }
                return Day(year, said.month ?? 0, day).flatMap { Period($0.description) }
            }
            guard said.isFirst, let last, let first = Day(year, 1, 1) else { return last }
            return Period.from(first, last.lastDay)
        }
        guard let year = said.year ?? given else {
            let newest = of(today.year)
            return newest.map { $0.from <= today } ?? false ? newest : of(today.year - 1)
        }
        return of(year)
    }

    private static func single(_ text: String, _ today: Day, year: Int? = nil) -> Period? {
        guard let said = PeriodMarks(text, today: today),
            let period = period(said, year: year, today: today)
        else { return nil }
        return said.isEnd ? Period(period.lastDay.description) : period
    }

    /// 截至2015年6月30日: everything up to a day.
    private static func toDate(_ text: String, _ today: Day) -> Period? {
        if text.hasPrefix("@") {
            return single(String(text.dropFirst()), today).flatMap {
                $0.shape == .day ? .day($0.from) : nil
            }
        }
        for word in ["截至", "截止到", "截止", "up to", "until", "as of", ".."]
        where text.hasPrefix(word) {
            let rest = text.dropFirst(word.count)
            guard let day = single(String(rest), today), day.from < .last else { return nil }
            return Period("..\(day.lastDay)")
        }
        return nil
    }

    /// 今年以来, this year so far: from its first day up to today.
    private static func since(_ text: String, _ today: Day) -> Period? {
        for word in ["以来", "so far", "to date"] where text.hasSuffix(word) {
            guard let period = single(String(text.dropLast(word.count)), today),
                period.from <= today
            else { return nil }
            return from(period.from, today)
        }
        return nil
    }

    /// From one period to another: 2015年1月至5月, 2015-03-01 to 2015-03-31, 1-5月.
    private static func span(_ text: String, _ today: Day) -> Period? {
        let sides = text.split(separator: "至", omittingEmptySubsequences: false)
        guard sides.count == 2, var first = sides.first.map(String.init) else { return nil }
        var last = String(sides[1])
        for word in ["从", "自", "from "] where first.hasPrefix(word) {
            first.removeFirst(word.count)
        }
        // 1-5月: what the last number counts, the first one does; 5月1日至6日 is of one month.
        if last.hasSuffix("月"), first.last?.isNumber == true { first += "月" }
        if let month = PeriodMarks(first, today: today)?.month,
            let said = PeriodMarks(
                last, today: today), said.month == nil, said.day != nil
        {
            last = "\(month)月" + last
        }
        let lastYear = PeriodMarks(last, today: today)?.year
        guard let from = single(first, today, year: lastYear),
            var to = single(last, today, year: from.yearOfIt)
        else { return nil }
        // 11月至1月 ends in the year after.
        if to.lastDay < from.from, lastYear == nil, PeriodMarks(first, today: today)?.year == nil,
            let next = single(last, today, year: from.yearOfIt + 1)
        {
            to = next
        }
        return from.from <= to.lastDay ? Period.from(from.from, to.lastDay) : nil
    }

    /// With one word for every sign that joins the two ends of a span.
    private static func jointed(_ text: String) -> String {
        text.replacing(/\.\.|—+|–|~|到|\ to\ |\ -\ /, with: "至")
            .replacing(/([年月日号度])-(\d)/) { "\($0.1)至\($0.2)" }
            .replacing(/(^|\D)(\d{1,2})-(\d{1,2}月)/) { "\($0.1)\($0.2)至\($0.3)" }
            .replacing(/^(\d{4})-(\d{4})$/) { "\($0.1)至\($0.2)" }
    }

    /// A week belongs to the year of its Thursday.
    private var yearOfIt: Int { (shape == .week ? from + 3 : from).year }

    /// The period between two days: one of the calendar where it is one, else a span.
    private static func from(_ first: Day, _ last: Day) -> Period? {
        let (year, month, _) = first.parts
        let named = [
            four(year), "\(four(year))-H\((month + 5) / 6)", "\(four(year))-Q\((month + 2) / 3)",
            "\(four(year))-\(two(month))",
        ]
        for text in named {
            if let period = Period(text), period.from == first, period.lastDay == last {
                return period
            }
        }
        return Period("\(first)..\(last)")
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func four(_ year: Int) -> String {
        String(repeating: "0", count: max(0, 4 - "\(year)".count)) + "\(year)"
    }

    /// Chinese numbers as digits: 二〇一五年十二月 is 2015年12月.
    private static func westernNumbers(_ text: String) -> String {
        var result = ""
        var run: [Character] = []
        func number(_ run: [Character]) -> String {
            guard let ten = run.firstIndex(of: "十") else {
                return run.compactMap { digits[$0].map(String.init) }.joined()
            }
            let (tens, ones) = (run[..<ten], run[(ten + 1)...])
            guard tens.count <= 1, ones.count <= 1, !ones.contains("十") else {
                return String(run)
            }
            return String(
                (tens.first.flatMap { digits[$0] } ?? 1) * 10
                    + (ones.first.flatMap { digits[$0] } ?? 0))
        }
        for letter in text {
            if digits[letter] != nil || letter == "十" {
                run.append(letter)
            } else {
                if !run.isEmpty { result += number(run) }
                run = []
                result.append(letter)
            }
        }
        return result + (run.isEmpty ? "" : number(run))
    }

    private static let digits: [Character: Int] = [
        "〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
        "八": 8, "九": 9,
    ]
}

extension Period {
    /// The most periods that are offered instead of one that cannot be read.
    package static let nearestLimit = 6

    /// What somebody may have meant by a text that is no period: what its year has, else the
    /// periods that are usual today. None has yet to begin.
    package static func nearest(to text: String, today: Day) -> [Period] {
        let plain = Folding.letters(text)
        let year = plain.firstMatch(of: /(?:^|\D)((?:19|20)\d\d)(?:\D|$)/).flatMap { Int($0.1) }
        let ofYear = year.map { year in
            ["", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4"].compactMap { Period("\(year)\($0)") }
                .filter { $0.from <= today }
        }
        if let ofYear, !ofYear.isEmpty { return Array(ofYear.prefix(nearestLimit)) }
        let usual = ["上个半年", "今年", "上个季度", "上个月", "本月", "去年"]
        return Array(usual.compactMap { read($0, today: today) }.prefix(nearestLimit))
    }
}

extension Day {
    /// Reads a day as people write it: 2015/5/6, 2015年5月6日, 6 May 2015. It names its year.
    package static func read(_ text: String) -> Day? {
        if let day = Day(text) { return day }
        // No year reads as the first that can be written.
        guard let period = Period.read(text, today: .first), period.shape == .day,
            period.from.year > 1
        else { return nil }
        return period.from
    }
}
