import Catalogue
import Core

/// How people write days and numbers, and what is said when they cannot be read.
package enum Reading {
    /// Reads `2015-03-01`, `2015/3/1`, `2015.3.1`, `2015年3月1日` and `20150301`, in letters of any
    /// width, with blanks between, a day of the week or midnight behind.
    package static func day(_ text: String) -> Day? {
        if let day = Day(text) { return day }
        let folded = Folding.letters(WrittenCode.unguarded(text))
        if folded.utf8.count == 8, let number = digits(folded[...]) {
            return Day(number / 10_000, number / 100 % 100, number % 100)
        }
        let parts = (folded.hasSuffix("日") ? folded.dropLast() : folded[...])
            .split(omittingEmptySubsequences: false) { "-/.年月".contains($0) }
        if parts.count == 3, parts[0].utf8.count == 4, let year = digits(parts[0]),
            let month = digits(parts[1]), let day = digits(parts[2])
        {
            return Day(year, month, day)
        }
        guard let match = folded.wholeMatch(of: dayPattern), let year = Int(match.year),
            let month = Int(match.month), let day = Int(match.day)
        else { return nil }
        return Day(year, month, day)
    }

    /// Excel writes a day with midnight behind it, in one of many ways; another time of day does
    /// not belong to a day.
    nonisolated(unsafe) private static let dayPattern =
        #/
        (?<year>[0-9]{4})
        \ ?[-\/.年\u{2010}-\u{2015}\u{2212}]\ ? (?<month>[0-9]{1,2})
        \ ?[-\/.月\u{2010}-\u{2015}\u{2212}]\ ? (?<day>[0-9]{1,2})
        \ ?[日号]?
        (?:\ ?[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?)?
        (?:[\ T]?
            (?:(?:上午|凌晨|AM|am)\ ?12(?::00){1,2}
                |12(?::00){1,2}\ ?(?:AM|am)
                |(?:上午|凌晨)?\ ?0{1,2}(?::00){1,2}(?:[.]0+)?)
            (?:Z|[+]08:?00)?)?
        /#

    /// The day that Excel means by a number: what is left of a day when its format is lost.
    package static func serial(_ text: String) -> Day? {
        let folded = Folding.letters(text)
        guard folded.utf8.count == 5, let number = digits(folded[...]), number >= 10_000 else {
            return nil
        }
        return Day(1899, 12, 30).map { $0 + number }
    }

    /// Why a text is no day, and how to write one.
    package static func dayFault(_ text: String) -> Wording {
        if let day = serial(text) {
            return Wording(
                zh: "“\(text)”是 Excel 内部的日期数，应为 \(day)；请把该列设为日期格式，或写成 \(day)。",
                en: "“\(text)” is not a day but Excel's number for \(day): give the column a date "
                    + "format, or write it as \(day).")
        }
        return Wording(
            zh: "“\(text)”不是日期，请写成 2015-03-01。",
            en: "“\(text)” is not a day: write it as 2015-03-01.")
    }

    /// Whether a text says that there is nothing to say.
    static func isNothing(_ text: String) -> Bool {
        ["-", "--", "—", "——", "–", "/", "\\", "无", "暂无", "没有", "空", "n/a", "none"]
            .contains(Folding.letters(text).lowercased())
    }

    /// Whether a text says that something goes on.
    static func isOpenEnd(_ text: String) -> Bool {
        isNothing(text) || ["至今", "现在", "今", "长期", "永久"].contains(Folding.letters(text))
    }

    /// A number of nothing but digits: `Int` would take a sign as well.
    private static func digits(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } ? Int(text) : nil
    }

    package enum NumberFault: Error, Equatable {
        /// A number with another unit behind it than it is asked in.
        case otherUnit(String)
        case notANumber, negative, tooManyDigits, tooLarge
        /// A comma or blank that parts no group of three digits: a decimal, or two numbers.
        case unclear
        /// A dash or word that says that there is no number.
        case nothing
    }

    /// Reads a number in the unit people write and gives it in the stored unit.
    ///
    /// Full-width digits, thousands separators and the unit's own name behind the number are
    /// understood; decimals must come out whole in the stored unit.
    /// - Parameter counter: what the field counts, where the catalogue says it.
    package static func measure(
        _ text: String, _ unit: MeasureUnit, counter: Wording? = nil
    ) throws(NumberFault) -> Int {
        // Nearly every number is a few digits.
        if (1...9).contains(text.utf8.count), let number = digits(text[...]) {
            return number * (unit.written.factor / unit.factor)
        }
        if isNothing(text) { throw .nothing }
        let (number, word, multiple) = UnitWords(unit, counter: counter)
            .parted(Folding.letters(WrittenCode.unguarded(text)))
        guard var digits = number?.trimmed else { throw .otherUnit(word) }
        if let sign = digits.first, "-−–—".contains(sign),
            digits.dropFirst().first?.isNumber == true
        {
            throw .negative
        }
        if digits.hasPrefix("+") { digits.removeFirst() }
        digits = try ungrouped(digits)
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, !whole.isEmpty,
            whole.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 })
        else { throw .notANumber }
        let factor = multiple ?? unit.written.factor / unit.factor
        guard parts.count == 1 || parts[1].utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else {
            throw .notANumber
        }
        guard let number = Int(whole),
            number <= limit * (unit.written.factor / unit.factor) / factor
        else { throw .tooLarge }
        guard parts.count == 2 else { return number * factor }
        var decimals = parts[1]
        while decimals.hasSuffix("0") { decimals = decimals.dropLast() }
        // A part of one comes out whole in the stored unit, or is refused.
        guard decimals.utf8.count <= places else { throw .tooManyDigits }
        let scale = (0..<decimals.utf8.count).reduce(1) { product, _ in product * 10 }
        let part = (Int(decimals) ?? 0) * factor
        guard part % scale == 0 else { throw .tooManyDigits }
        return number * factor + part / scale
    }

    /// A number without what parts its groups of three digits.
    private static func ungrouped(_ text: String) throws(NumberFault) -> String {
        guard text.contains(where: { ", ".contains($0) }) else { return text }
        guard text.allSatisfy({ $0.isASCII && ($0.isNumber || ", .".contains($0)) }) else {
            throw .notANumber
        }
        for sign in [",", " "] {
            let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            let groups = halves[0].split(
                separator: Character(sign), omittingEmptySubsequences: false)
            let isGrouped =
                groups.count > 1 && (1...3).contains(groups[0].count)
                && groups.dropFirst().allSatisfy { $0.count == 3 }
                && groups.allSatisfy { $0.allSatisfy(\.isNumber) }
                && (halves.count == 1 || halves[1].allSatisfy(\.isNumber))
            if isGrouped { return text.replacing(sign, with: "") }
        }
        throw .unclear
    }

    /// Yes or no in the words and signs that forms are ticked with.
    static func flag(_ text: String) -> Bool? {
        switch Folding.letters(text).lowercased() {
        case "是", "yes", "y", "true", "t", "1", "√", "✓", "✔", "☑", "对": true
        case "否", "no", "n", "false", "f", "0", "×", "✗", "✘", "☒", "不是": false
        default: nil
        }
    }

    /// A stored number as people write it, so that `measure` reads the same again.
    package static func written(_ value: Int, _ unit: MeasureUnit) -> String {
        value.decimal(per: unit.written.factor / unit.factor)
    }

    /// The most decimals of a number.
    private static let places = 6

    /// The largest number that may be written: a hundred thousand million.
    private static let limit = 100_000_000_000

    /// Several names or codes in one cell, parted by a sign or a line end.
    package static func list(_ text: String) -> [String] {
        text.split(whereSeparator: { ";；、､,，﹐﹔".contains($0) || $0.isNewline })
            .map { $0.trimmed }.filter { !$0.isEmpty }
    }
}

extension StringProtocol {
    /// Without white space at either end, the ideographic space included.
    package var trimmed: String {
        func isInk(_ scalar: Unicode.Scalar?) -> Bool {
            guard let value = scalar?.value else { return true }
            return (0x21...0x7E).contains(value) || (0x4E00...0x9FFF).contains(value)
        }
        if isInk(unicodeScalars.first), isInk(unicodeScalars.last) { return String(self) }
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
