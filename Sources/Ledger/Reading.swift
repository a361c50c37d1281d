import Catalogue
import Core

/// How people write days and numbers, and what is said when they cannot be read.
package enum Reading {
    /// Reads `2015-03-01`, `2015/3/1`, `2015.3.1`, `2015年3月1日` and `20150301`.
    package static func day(_ text: String) -> Day? {
        if let day = Day(text) { return day }
        if text.utf8.count == 8, let number = digits(text[...]) {
            return Day(number / 10_000, number / 100 % 100, number % 100)
        }
        var head = Substring(text)
        // Excel writes a day with midnight behind it.
        if let space = head.firstIndex(of: " ") {
            guard head[space...].allSatisfy({ "0:. ".contains($0) }) else { return nil }
            head = head[..<space]
        }
        if head.hasSuffix("日") { head = head.dropLast() }
        let parts = head.split(
            omittingEmptySubsequences: false, whereSeparator: { "-/.年月".contains($0) })
        guard parts.count == 3, parts[0].utf8.count == 4, let year = digits(parts[0]),
            let month = digits(parts[1]), let day = digits(parts[2])
        else { return nil }
        return Day(year, month, day)
    }

    /// A number of nothing but digits: `Int` would take a sign as well.
    private static func digits(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } ? Int(text) : nil
    }

    package enum NumberFault: Error { case notANumber, negative, tooManyDigits, tooLarge }

    /// Reads a number in the unit people write and gives it in the stored unit.
    ///
    /// Full-width digits and thousands separators are understood; decimals must come out whole
    /// in the stored unit.
    package static func measure(_ text: String, _ unit: MeasureUnit) throws(NumberFault) -> Int {
        var digits = ""
        for scalar in text.unicodeScalars where scalar != "," && scalar != "，" && scalar != " " {
            let narrow =
                (0xFF01...0xFF5E).contains(scalar.value)
                ? Unicode.Scalar(scalar.value - 0xFEE0)! : scalar
            digits.unicodeScalars.append(narrow)
        }
        if digits.hasPrefix("-") || digits.hasPrefix("−") { throw .negative }
        if digits.hasPrefix("+") { digits.removeFirst() }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, !whole.isEmpty,
            whole.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 })
        else { throw .notANumber }
        let factor = unit.written.factor / unit.factor
        guard let number = Int(whole), number <= limit else { throw .tooLarge }
        guard parts.count == 2 else { return number * factor }
        var decimals = parts[1]
        guard decimals.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { throw .notANumber }
        while decimals.hasSuffix("0") { decimals = decimals.dropLast() }
        let places = String(factor).utf8.count - 1
        guard decimals.utf8.count <= places else { throw .tooManyDigits }
        let padded = decimals + String(repeating: "0", count: places - decimals.utf8.count)
        return number * factor + (Int(padded) ?? 0)
    }

    /// A stored number as people write it, so that `measure` reads the same again.
    package static func written(_ value: Int, _ unit: MeasureUnit) -> String {
        let factor = unit.written.factor / unit.factor
        guard value % factor != 0 else { return String(value / factor) }
        let places = String(factor).utf8.count - 1
        let rest = String(value % factor)
        var decimals = String(repeating: "0", count: places - rest.utf8.count) + rest
        while decimals.hasSuffix("0") { decimals.removeLast() }
        return "\(value / factor).\(decimals)"
    }

    /// The largest number that may be written: a hundred thousand million.
    private static let limit = 100_000_000_000

    /// Several names or codes in one cell.
    package static func list(_ text: String) -> [String] {
        text.split(whereSeparator: { ";；、".contains($0) })
            .map { $0.trimmed }.filter { !$0.isEmpty }
    }
}

extension StringProtocol {
    /// Without white space at either end, the ideographic space included.
    package var trimmed: String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
