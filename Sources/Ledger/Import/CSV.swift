import Core

/// Reads comma-separated values (RFC 4180) and says exactly where a file is broken.
///
/// A comma, tab, semicolon or full-width comma parts the values: whichever gives headings that
/// are known, or else the most columns. Quoted values may hold all of these, quotes and line ends.
/// A line without any value is skipped, and so is Excel's line that names the separator.
package struct CSV {
    package static let columnLimit = 200
    /// The most characters of one value.
    package static let cellLimit = 10_000

    private let bytes: [UInt8]
    private var separator: [UInt8] = separators[0]
    /// The first byte of the separator: every byte of a file is compared with it.
    private var lead: UInt8 = separators[0][0]
    private var index = 0
    private var line = 1

    private static let separators: [[UInt8]] = [
        Array(",".utf8), Array("\t".utf8), Array(";".utf8), Array("，".utf8),
    ]

    /// One row with the line it begins on.
    package struct Row: Sendable {
        package let line: Int
        package let values: [String]
        /// What the cells of a workbook are, beside their text; empty for a file of text.
        package var kinds: [Cell.Kind] = []
    }

    /// - Parameter knows: whether a text is one of the headings that the table may have.
    package init(_ bytes: [UInt8], knows: (String) -> Bool = { _ in false }) {
        self.bytes = bytes
        skipMarks()
        skipSeparatorLine()
        let start = self
        var best = (known: -1, columns: 0)
        for candidate in Self.separators {
            var trial = start
            trial.part(by: candidate)
            let merit: (known: Int, columns: Int)
            do {
                guard let head = try trial.next() else { continue }
                merit = (head.values.count(where: knows), head.values.count)
            } catch {
                // A row that is too long is told so, and not taken for a row of one value.
                guard error.cause == .tooManyColumns else { continue }
                merit = (0, Self.columnLimit)
            }
            if merit > best {
                best = merit
                part(by: candidate)
            }
        }
    }

    private mutating func part(by separator: [UInt8]) {
        self.separator = separator
        lead = separator[0]
    }

    /// Marks of the order of bytes, which some programs write more than once.
    private mutating func skipMarks() {
        while bytes[index...].starts(with: [0xEF, 0xBB, 0xBF]) { index += 3 }
    }

    /// `sep=;` is a word to Excel and no row.
    private mutating func skipSeparatorLine() {
        let head = bytes[index...].prefix { $0 != 10 && $0 != 13 }
        let word = String(decoding: head, as: UTF8.self).filter { $0 != "\"" }.lowercased()
        guard word.hasPrefix("sep="), word.count <= 6 else { return }
        index += head.count
        if index < bytes.count, bytes[index] == 13 { index += 1 }
        if index < bytes.count, bytes[index] == 10 { index += 1 }
        line += 1
        skipMarks()
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
            if atSeparator {
                index += separator.count
                if index == bytes.count {
                    values.append("")
                    return values
                }
                continue
            }
            let byte = bytes[index]
            index += 1
            if byte == 13, index < bytes.count, bytes[index] == 10 { index += 1 }
            line += 1
            return values
        }
    }

    private var atSeparator: Bool {
        index < bytes.count && bytes[index] == lead
            && (separator.count == 1 || bytes[index...].starts(with: separator))
    }

    /// Reads one value and stops before the separator or line end behind it.
    private mutating func readValue() throws(RowBreak) -> String {
        if index < bytes.count, bytes[index] == 34 { return try readQuoted() }
        // Excel is told to keep a text as it is by a formula: ="00123".
        if index + 1 < bytes.count, bytes[index] == 61, bytes[index + 1] == 34 {
            index += 1
            return try readQuoted()
        }
        let start = index
        while index < bytes.count {
            let byte = bytes[index]
            if atSeparator || byte == 10 || byte == 13 { break }
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
        var isTooLong = false
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == 34 {
                if index < bytes.count, bytes[index] == 34 {
                    value.append(34)
                    index += 1
                    continue
                }
                if index < bytes.count, !atSeparator, bytes[index] != 10, bytes[index] != 13 {
                    throw RowBreak(line, .strayQuote)
                }
                if isTooLong { throw RowBreak(start, .tooLong) }
                return try text(value[...])
            }
            if byte == 0 { throw RowBreak(line, .binary) }
            if byte == 10 { line += 1 }
            // A value past the limit is read on, unkept, to say truly whether its quote is closed.
            if value.count <= Self.cellLimit * 4 { value.append(byte) } else { isTooLong = true }
        }
        throw RowBreak(start, .unclosedQuote)
    }

    private func text(_ slice: ArraySlice<UInt8>) throws(RowBreak) -> String {
        if slice.count(where: { $0 & 0xC0 != 0x80 }) > Self.cellLimit {
            throw RowBreak(line, .tooLong)
        }
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
                zh: "第\(line)行有一格超过\(CSV.cellLimit)个字符。",
                en: "A value on line \(line) is longer than \(CSV.cellLimit) characters.")
        }
    }
}
