import Core
import Figures

/// A number as a text writes it: in Chinese or Arabic digits, wide or narrow, in tens of thousands
/// or in hundredths, whole or as at least so many.
package struct WrittenNumber: Sendable, Hashable {
    /// As it stands there: 90余, 百分之六十二, 1.2万.
    package let text: String
    /// Where it stands in its sentence, in characters.
    package let range: Range<Int>
    /// The value is `amount` over `scale`.
    package let amount: Int
    package let scale: Int
    /// How coarse it is, in the units of `amount`: 1.2万 is coarse to 1000.
    package let grain: Int
    package let isPercent: Bool
    /// Whether it says that there were at least so many: 90余, 超过200.
    package let isAtLeast: Bool

    /// The numbers of a sentence that may be figures: neither days and years nor the numbers of
    /// documents, headings and ordinals.
    package static func all(in sentence: String) -> [WrittenNumber] {
        var scan = Scan(Array(sentence))
        return scan.all()
    }
}

/// Goes through a sentence from number to number.
private struct Scan {
    private let letters: [Character]
    private var index = 0

    init(_ letters: [Character]) { self.letters = letters.map(Self.narrow) }

    private static let digits: [Character: Int] = [
        "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
        "八": 8, "九": 9,
    ]
    private static let tens: [Character: Int] = ["十": 10, "百": 100, "千": 1_000]
    private static let large: [Character: Int] = ["万": 10_000, "亿": 100_000_000]
    /// What is counted: a Chinese digit before anything else is part of a word.
    private static let counters = Set("个名人次项家处所条件场期批户支节堂元间座篇份类天周")
    /// What follows a number that is a day, a year, an hour or an edition.
    private static let calendar = Set("年月日号时点届")

    private static func narrow(_ letter: Character) -> Character {
        guard let scalar = letter.unicodeScalars.first, letter.unicodeScalars.count == 1 else {
            return letter
        }
        switch scalar.value {
        case 0xFF10...0xFF19, 0xFF0E, 0xFF05:
            return Unicode.Scalar(scalar.value - 0xFEE0).map(Character.init) ?? letter
        default: return letter
        }
    }

    mutating func all() -> [WrittenNumber] {
        var found: [WrittenNumber] = []
        while index < letters.count {
            let start = index
            if let number = percentInWords() ?? arabic() ?? chinese() {
                if isFigure(number, from: start) { found.append(number) }
            } else {
                index = start + 1
            }
        }
        return found
    }

    private func letter(_ at: Int) -> Character? {
        letters.indices.contains(at) ? letters[at] : nil
    }

    private func isArabic(_ at: Int) -> Bool {
        letter(at).map { ("0"..."9").contains($0) } ?? false
    }

    /// Whether it is no day, no ordinal and no number of a document.
    private func isFigure(_ number: WrittenNumber, from start: Int) -> Bool {
        let end = number.range.upperBound
        if let next = letter(end), Self.calendar.contains(next) { return false }
        if let next = letter(end), "〕]】、.．）".contains(next), start == 0 { return false }
        guard let before = letter(start - 1) else { return true }
        if "第〔[【（(".contains(before), letter(end).map({ "〕]】）)".contains($0) }) ?? true {
            return false
        }
        if before == "第" || before == "-" { return false }
        return !(before.isLetter && before.isASCII)
    }

    // MARK: Arabic digits

    private mutating func arabic() -> WrittenNumber? {
        guard isArabic(index), !isArabic(index - 1), letter(index - 1) != "." else { return nil }
        let start = index
        var end = index
        var whole = ""
        while isArabic(end) || (letter(end) == "," && isThousand(end)) {
            if letter(end) != "," { whole.append(letters[end]) }
            end += 1
        }
        var decimals = ""
        if letter(end) == ".", isArabic(end + 1) {
            end += 1
            while isArabic(end) {
                decimals.append(letters[end])
                end += 1
            }
        }
        index = end
        guard whole.count <= 12, decimals.count <= 4, let value = Int(whole + decimals) else {
            return nil
        }
        return finished(value, scale: power(10, decimals.count), from: start)
    }

    /// Whether a comma parts thousands: three digits follow, and no fourth.
    private func isThousand(_ at: Int) -> Bool {
        (1...3).allSatisfy { isArabic(at + $0) } && !isArabic(at + 4)
    }

    // MARK: Chinese digits

    private mutating func chinese() -> WrittenNumber? {
        let start = index
        guard let value = chineseValue() else { return nil }
        let isOne = index - start == 1
        let after = letter(index)
        let isCounted = after.map { Self.counters.contains($0) || "余多万亿".contains($0) } ?? false
        // “一个” is an article more often than a number.
        guard isCounted, !(isOne && letters[start] == "一") else { return nil }
        return finished(value, scale: 1, from: start)
    }

    /// The value of the Chinese digits from here on, and steps behind them.
    private mutating func chineseValue() -> Int? {
        var (total, digit, hasAny) = (0, 0, false)
        while let next = letter(index), total < 100_000 {
            if let value = Self.digits[next] {
                // Digits one after another are a row and not a sum: 三严三实.
                if digit != 0 { return nil }
                digit = value
            } else if let ten = Self.tens[next] {
                total += (digit == 0 ? 1 : digit) * ten
                digit = 0
            } else {
                break
            }
            hasAny = true
            index += 1
        }
        return hasAny ? total + digit : nil
    }

    /// 百分之六十二点六.
    private mutating func percentInWords() -> WrittenNumber? {
        let start = index
        guard letters[index...].starts(with: "百分之") else { return nil }
        index += 3
        if let number = arabic() {
            return WrittenNumber(
                text: String(letters[start..<index]), range: start..<index, amount: number.amount,
                scale: number.scale, grain: 1, isPercent: true, isAtLeast: number.isAtLeast)
        }
        guard let whole = chineseValue() else { return nil }
        var (amount, scale) = (whole, 1)
        if letter(index) == "点" {
            index += 1
            while let next = letter(index), let digit = Self.digits[next], scale < 10_000 {
                (amount, scale) = (amount * 10 + digit, scale * 10)
                index += 1
            }
        }
        return WrittenNumber(
            text: String(letters[start..<index]), range: start..<index, amount: amount,
            scale: scale, grain: 1, isPercent: true, isAtLeast: false)
    }

    // MARK: What stands behind

    /// The number with what follows it: 余, 万, %.
    private mutating func finished(_ value: Int, scale: Int, from start: Int) -> WrittenNumber {
        var (amount, scale, grain, isAtLeast) = (value, scale, 1, isLed(by: start))
        func more() -> Bool { letter(index).map { "余多".contains($0) } ?? false }
        if more() {
            isAtLeast = true
            index += 1
        }
        if let next = letter(index), let factor = Self.large[next] {
            index += 1
            grain = max(1, factor / scale)
            amount = scale <= factor ? amount * (factor / scale) : amount
            scale = scale <= factor ? 1 : scale / factor
            if more() {
                isAtLeast = true
                index += 1
            }
        }
        let isPercent = letter(index) == "%"
        if isPercent { index += 1 }
        if isAtLeast, grain == 1 { grain = Self.step(of: amount) }
        return WrittenNumber(
            text: String(letters[start..<index]), range: start..<index, amount: amount,
            scale: scale, grain: grain, isPercent: isPercent, isAtLeast: isAtLeast)
    }

    private func isLed(by start: Int) -> Bool {
        ["超过", "逾", "至少", "不少于"].contains { word in
            start >= word.count && letters[(start - word.count)..<start].elementsEqual(word)
        }
    }

    /// The largest power of ten that divides a round number: 90余 is less than 100.
    private static func step(of amount: Int) -> Int {
        var step = 1
        while amount > 0, amount % (step * 10) == 0 { step *= 10 }
        return step
    }
}

extension WrittenNumber {
    /// Whether a value of the ledger is what the text says, as coarsely as it says it.
    ///
    /// - Parameters:
    ///   - value: the value in parts.
    ///   - parts: how many parts make a whole.
    package func agrees(with value: Int, of parts: Int) -> Bool {
        // Both over one denominator; nothing is divided.
        let (said, found) = (amount * parts, value * scale)
        if isAtLeast { return found >= said && found < said + grain * parts }
        if grain > 1 { return 2 * abs(found - said) <= grain * parts }
        return scale >= parts ? found == said : 2 * abs(found - said) <= parts
    }
}
