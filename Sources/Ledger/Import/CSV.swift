import Core

/// Reads comma-separated values (RFC 4180) and says exactly where a file is broken.
///
/// A comma or, when the first line has none, a tab parts the values. Quoted values may hold
/// commas, quotes and line ends. A line without any value is skipped.
package struct CSV {
    package static let columnLimit = 200
    package static let cellLimit = 10_000

    private let bytes: [UInt8]
    private let separator: UInt8
    private var index = 0
    private var line = 1

    /// One row with the line it begins on.
    package struct Row: Sendable {
        package let line: Int
        package let values: [String]
        /// What the cells of a workbook are, beside their text; empty for a file of text.
        package var kinds: [Cell.Kind] = []
    }

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let head = bytes.prefix { $0 != 10 && $0 != 13 }
        separator = !head.contains(44) && head.contains(9) ? 9 : 44
    }

    /// The next row; nil at the end of the file.
    ///
    /// - Throws: `RowFault` for an unclosed quote, text behind a quote, a NUL byte, a value or a
    ///   row past its limit.
    package mutating func next() throws(RowBreak) -> Row? {
        while index < bytes.count {
            let start = line
            let values = try readRow()
            if values.contains(where: { !$0.isEmpty }) { return Row(line: start, values: values) }
        }
        return nil
    }

    private mutating func readRow() throws(RowBreak) -> [String] {
        var values: [String] = []
        while true {
            values.append(try readValue())
            if values.count > Self.columnLimit { throw RowBreak(line, .tooManyColumns) }
            guard index < bytes.count else { return values }
            let byte = bytes[index]
            index += 1
            if byte == separator {
                if index == bytes.count {
                    values.append("")
                    return values
                }
                continue
            }
            if byte == 13, index < bytes.count, bytes[index] == 10 { index += 1 }
            line += 1
            return values
        }
    }

    /// Reads one value and stops before the separator or line end behind it.
    private mutating func readValue() throws(RowBreak) -> String {
        if index < bytes.count, bytes[index] == 34 { return try readQuoted() }
        let start = index
        while index < bytes.count {
            let byte = bytes[index]
            if byte == separator || byte == 10 || byte == 13 { break }
            if byte == 0 { throw RowBreak(line, .binary) }
            if byte == 34 { throw RowBreak(line, .strayQuote) }
            index += 1
        }
        return try text(bytes[start..<index])
    }

    private mutating func readQuoted() throws(RowBreak) -> String {
        let start = line
        index += 1
        var value: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == 34 {
                if index < bytes.count, bytes[index] == 34 {
                    value.append(34)
                    index += 1
                    continue
                }
                if index < bytes.count, bytes[index] != separator, bytes[index] != 10,
                    bytes[index] != 13
                {
                    throw RowBreak(line, .strayQuote)
                }
                return try text(value[...])
            }
            if byte == 0 { throw RowBreak(line, .binary) }
            if byte == 10 { line += 1 }
            value.append(byte)
            if value.count > Self.cellLimit { throw RowBreak(start, .unclosedQuote) }
        }
        throw RowBreak(start, .unclosedQuote)
    }

    private func text(_ slice: ArraySlice<UInt8>) throws(RowBreak) -> String {
        if slice.count > Self.cellLimit { throw RowBreak(line, .tooLong) }
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw RowBreak(line, .binary)
        }
        return text.trimmed
    }
}

/// Where and how a file stops being a table.
package struct RowBreak: Error, Sendable, Hashable {
    package enum Cause: Sendable, Hashable {
        case unclosedQuote, strayQuote, binary, tooManyColumns, tooLong
    }

    package let line: Int
    package let cause: Cause

    init(_ line: Int, _ cause: Cause) {
        self.line = line
        self.cause = cause
    }

    package var words: Wording {
        switch cause {
        case .unclosedQuote:
            Wording(
                zh: "第\(line)行的引号没有配对。", en: "The quote opened on line \(line) is never closed.")
        case .strayQuote:
            Wording(
                zh: "第\(line)行的引号位置不对；值内的引号要写两个。",
                en: "Line \(line) has a stray quote; write a quote inside a value twice.")
        case .binary:
            Wording(
                zh: "第\(line)行不是文本，文件可能已损坏。", en: "Line \(line) is not text: the file is damaged.")
        case .tooManyColumns:
            Wording(
                zh: "第\(line)行超过\(CSV.columnLimit)列。",
                en: "Line \(line) has more than \(CSV.columnLimit) columns.")
        case .tooLong:
            Wording(
                zh: "第\(line)行有一格超过\(CSV.cellLimit)字节。",
                en: "A value on line \(line) is longer than \(CSV.cellLimit) bytes.")
        }
    }
}
