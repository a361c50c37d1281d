import Foundation

/// What a text says of a period, mark by mark: a year, a half of one, a month, today. In which
/// order they stand does not matter, for Chinese and English put them differently.
struct PeriodMarks {
    private(set) var year: Int?
    private(set) var half: Int?
    private(set) var quarter: Int?
    private(set) var month: Int?
    private(set) var week: Int?
    private(set) var day: Int?
    /// A period as a whole, such as “last month” and “yesterday”.
    private(set) var whole: Period?
    /// The last day of it alone, as in “6月底”.
    private(set) var isEnd = false
    /// The first so many quarters or months of a year, as in “前三季度”.
    private(set) var isFirst = false
    /// Numbers that stand without a word.
    private var bare: [Int] = []

    /// Nil for a text that says anything else, or one thing twice.
    init?(_ text: String, today: Day) {
        var rest = text[...]
        while let next = rest.first {
            if next.isNumber {
                guard take(number: &rest) else { return nil }
            } else if let (word, mark) = Self.word(rest) {
                guard take(mark, today) else { return nil }
                rest = rest.dropFirst(word.count)
            } else if Self.separators.contains(next) {
                rest = rest.dropFirst()
            } else {
                return nil
            }
        }
        guard place(bare) else { return nil }
    }

    private enum Mark {
        case year(back: Int), half(Int), quarter(Int), month(Int)
        case thisHalf(back: Int), thisQuarter(back: Int), thisMonth(back: Int)
        case thisWeek(back: Int), today(back: Int)
        /// What the number behind it counts.
        case number(Behind)
        case end, first, nothing
    }

    private enum Behind { case half, quarter, month, week, year }

    private static let separators: Set<Character> = [" ", "-", "/", ".", ",", "·"]

    /// The word at the beginning of a text, the longest first.
    private static func word(_ text: Substring) -> (word: String, mark: Mark)? {
        words.first { word, _ in
            guard text.hasPrefix(word) else { return false }
            // A word of Latin letters ends where the letters end.
            guard word.last?.isASCII == true, let next = text.dropFirst(word.count).first else {
                return true
            }
            return !(next.isASCII && next.isLetter)
        }
    }

    /// Takes digits with the word behind them.
    private mutating func take(number rest: inout Substring) -> Bool {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, digits.count <= 8, let number = Int(digits) else { return false }
        rest = rest.dropFirst(digits.count)
        let behind = rest.drop { $0 == " " }
        func has(_ words: String...) -> Bool {
            guard let word = words.first(where: { behind.hasPrefix($0) }) else { return false }
            rest = behind.dropFirst(word.count)
            return true
        }
        if has("年度", "年") {
            // Officials write 15年 as well.
            return set(&year, digits.count == 2 ? 2000 + number : number)
        }
        if has("季度", "季", "个季度") { return set(&quarter, number) }
        if has("月份", "月", "个月") { return set(&month, number) }
        if has("个星期", "星期", "个礼拜", "礼拜", "周") { return set(&week, number) }
        if has("日", "号") { return set(&day, number) }
        if has("st", "nd", "rd", "th") {
            let behind = rest.drop { $0 == " " }
            if behind.hasPrefix("half") { return set(&half, number) && skip("half", &rest) }
            if behind.hasPrefix("quarter") {
                return set(&quarter, number) && skip("quarter", &rest)
            }
            if behind.hasPrefix("week") { return set(&week, number) && skip("week", &rest) }
            return set(&day, number)
        }
        switch digits.count {
        case 8:
            return set(&year, number / 10_000) && set(&month, number / 100 % 100)
                && set(&day, number % 100)
        case 6: return set(&year, number / 100) && set(&month, number % 100)
        case 4: return set(&year, number)
        case 1, 2:
            bare.append(number)
            return true
        default: return false
        }
    }

    private func skip(_ word: String, _ rest: inout Substring) -> Bool {
        rest = rest.drop { $0 == " " }.dropFirst(word.count)
        return true
    }

    private mutating func take(_ mark: Mark, _ today: Day) -> Bool {
        let (year, month, _) = today.parts
        func back(_ period: Period?, _ steps: Int) -> Period? {
            (0..<steps).reduce(period) { period, _ in period?.previous }
        }
        switch mark {
        case .nothing: return true
        case .end: return once(&isEnd)
        case .first: return once(&isFirst)
        case .year(let back): return set(&self.year, year - back)
        case .half(let number): return set(&half, number)
        case .quarter(let number): return set(&quarter, number)
        case .month(let number): return set(&self.month, number)
        case .thisHalf(let steps):
            return set(&whole, back(Period("\(year)-H\(month <= 6 ? 1 : 2)"), steps))
        case .thisQuarter(let steps):
            return set(&whole, back(Period("\(year)-Q\((month + 2) / 3)"), steps))
        case .thisMonth(let steps):
            return set(&whole, back(Period(String(today.description.prefix(7))), steps))
        case .thisWeek(let steps): return set(&whole, .week(of: today - 7 * steps))
        case .today(let back): return set(&whole, Period((today - back).description))
        case .number(let behind):
            guard waiting == nil else { return false }
            waiting = behind
            return true
        }
    }

    /// What the next number counts, as in “week 20” and “Q1”.
    private var waiting: Behind?

    private func set<Value>(_ place: inout Value?, _ value: Value?) -> Bool {
        guard place == nil, let value else { return false }
        place = value
        return true
    }

    private func once(_ place: inout Bool) -> Bool {
        defer { place = true }
        return !place
    }

    /// Gives the numbers that stand without a word their places: 2015-5-6, May 6, week 20.
    private mutating func place(_ bare: [Int]) -> Bool {
        var bare = bare[...]
        if let waiting, waiting != .year {
            guard let number = bare.popFirst() else { return false }
            switch waiting {
            case .half: guard set(&half, number) else { return false }
            case .quarter: guard set(&quarter, number) else { return false }
            case .month: guard set(&month, number) else { return false }
            case .week: guard set(&week, number) else { return false }
            case .year: break
            }
        }
        let hasPart = half != nil || quarter != nil || week != nil || whole != nil
        if !bare.isEmpty, month == nil {
            guard !hasPart, year != nil, let number = bare.popFirst() else { return false }
            month = number
        }
        if let number = bare.popFirst() {
            guard !hasPart, set(&day, number) else { return false }
        }
        return bare.isEmpty
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ]

    private static let words: [(word: String, mark: Mark)] =
        (months.enumerated().flatMap { index, name in
            [(name, Mark.month(index + 1)), (String(name.prefix(3)), .month(index + 1))]
        } + [
            ("sept", .month(9)),
            ("今年", .year(back: 0)), ("本年", .year(back: 0)), ("当年", .year(back: 0)),
            ("本年度", .year(back: 0)), ("今年度", .year(back: 0)), ("this year", .year(back: 0)),
            ("去年", .year(back: 1)), ("上年", .year(back: 1)), ("上年度", .year(back: 1)),
            ("上1年", .year(back: 1)), ("last year", .year(back: 1)),
            ("previous year", .year(back: 1)), ("前年", .year(back: 2)),
            ("上半年", .half(1)), ("下半年", .half(2)), ("前半年", .half(1)), ("后半年", .half(2)),
            ("first half-year", .half(1)), ("second half-year", .half(2)),
            ("first half year", .half(1)), ("second half year", .half(2)),
            ("first half", .half(1)), ("second half", .half(2)),
            ("first quarter", .quarter(1)), ("second quarter", .quarter(2)),
            ("third quarter", .quarter(3)), ("fourth quarter", .quarter(4)),
            ("last quarter", .thisQuarter(back: 1)), ("previous quarter", .thisQuarter(back: 1)),
            ("this quarter", .thisQuarter(back: 0)), ("本季度", .thisQuarter(back: 0)),
            ("本季", .thisQuarter(back: 0)), ("这个季度", .thisQuarter(back: 0)),
            ("这季度", .thisQuarter(back: 0)), ("当季", .thisQuarter(back: 0)),
            ("上季度", .thisQuarter(back: 1)), ("上个季度", .thisQuarter(back: 1)),
            ("上1季度", .thisQuarter(back: 1)), ("上1个季度", .thisQuarter(back: 1)),
            ("上季", .thisQuarter(back: 1)),
            ("this half-year", .thisHalf(back: 0)), ("this half", .thisHalf(back: 0)),
            ("last half-year", .thisHalf(back: 1)), ("previous half-year", .thisHalf(back: 1)),
            ("last half", .thisHalf(back: 1)), ("本半年", .thisHalf(back: 0)),
            ("这个半年", .thisHalf(back: 0)), ("上个半年", .thisHalf(back: 1)),
            ("上1个半年", .thisHalf(back: 1)),
            ("this month", .thisMonth(back: 0)), ("last month", .thisMonth(back: 1)),
            ("previous month", .thisMonth(back: 1)), ("本月份", .thisMonth(back: 0)),
            ("本月", .thisMonth(back: 0)), ("这个月", .thisMonth(back: 0)),
            ("当月", .thisMonth(back: 0)), ("上月份", .thisMonth(back: 1)),
            ("上月", .thisMonth(back: 1)), ("上个月", .thisMonth(back: 1)),
            ("上1个月", .thisMonth(back: 1)), ("上1月", .thisMonth(back: 1)),
            ("this week", .thisWeek(back: 0)), ("last week", .thisWeek(back: 1)),
            ("previous week", .thisWeek(back: 1)), ("本周", .thisWeek(back: 0)),
            ("这周", .thisWeek(back: 0)), ("这个星期", .thisWeek(back: 0)),
            ("本星期", .thisWeek(back: 0)), ("上周", .thisWeek(back: 1)),
            ("上1周", .thisWeek(back: 1)), ("上星期", .thisWeek(back: 1)),
            ("上个星期", .thisWeek(back: 1)), ("上个礼拜", .thisWeek(back: 1)),
            ("today", .today(back: 0)), ("now", .today(back: 0)), ("yesterday", .today(back: 1)),
            ("今天", .today(back: 0)), ("今日", .today(back: 0)), ("今", .today(back: 0)),
            ("现在", .today(back: 0)), ("目前", .today(back: 0)), ("昨天", .today(back: 1)),
            ("昨日", .today(back: 1)), ("前天", .today(back: 2)),
            ("half-year", .number(.half)), ("half", .number(.half)), ("h", .number(.half)),
            ("quarter", .number(.quarter)), ("q", .number(.quarter)),
            ("month", .number(.month)), ("week", .number(.week)), ("w", .number(.week)),
            ("year", .number(.year)),
            ("end of", .end), ("月底", .end), ("月末", .end), ("底", .end), ("末", .end),
            ("前", .first), ("第", .nothing), ("度", .nothing), ("全年", .nothing),
            ("的", .nothing), ("of", .nothing), ("in", .nothing), ("the", .nothing),
        ]).sorted { $0.0.count > $1.0.count }
}
