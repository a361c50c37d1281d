import Core
import Foundation

/// A number as a workbook stores it: binary, with up to 17 digits of which 15 mean something.
struct StoredNumber {
    private let value: Double
    /// The number in plain digits, rounded to 15 significant ones: `57.7`, never `5.77E+1`.
    let text: String

    /// Nil when it is not written as a number.
    init?(_ written: String) {
        guard let value = Double(written), value.isFinite,
            written.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) })
        else { return nil }
        self.value = value
        let isPlain =
            written.utf8.count <= 15 && written.utf8.allSatisfy { (48...57).contains($0) }
            && (written.utf8.first != 48 || written.utf8.count == 1)
        text = isPlain ? written : Self.plain(value)
    }

    /// As a count of days, in seconds; nil for what no calendar holds.
    var seconds: Int? {
        value >= 0 && value < Double(SerialCalendar.lastSerial + 1)
            ? Int((value * 86_400).rounded()) : nil
    }

    /// The number times a hundred, in plain digits.
    var hundredfold: String { Self.plain(value * 100) }

    /// More digits before the point than a spreadsheet keeps.
    var isLong: Bool { abs(value) >= 1e15 }

    private static func plain(_ value: Double) -> String {
        let written = String(format: "%.14e", value)
        guard value != 0, let mark = written.firstIndex(of: "e"),
            let exponent = Int(written[written.index(after: mark)...])
        else { return "0" }
        var digits = written[..<mark].filter { $0.isNumber }
        while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
        let sign = value < 0 ? "-" : ""
        if exponent < 0 {
            return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
        }
        let whole = exponent + 1
        if digits.count <= whole {
            return sign + digits + String(repeating: "0", count: whole - digits.count)
        }
        return sign + digits.prefix(whole) + "." + digits.dropFirst(whole)
    }
}
