import Core
import Ledger
import TestKit
import Testing

struct CSVTests {
    @Test(
        arguments: [
            ("a,b\nc,\"d\ne,f\n", 2, RowBreak.Cause.unclosedQuote),
            ("a,b\n\"c\nd", 2, .unclosedQuote),
            ("a\nb\"c\n", 2, .strayQuote),
            ("a\n\"b\"c\n", 2, .strayQuote),
            ("a\nb\u{0}c", 2, .binary),
            ("a\n\n\"b\u{0}\"", 3, .binary),
            (row(of: CSV.columnLimit + 1), 1, .tooManyColumns),
            ("a\n" + String(repeating: "x", count: CSV.cellLimit + 1), 2, .tooLong),
        ])
    func aBrokenFileSaysOnWhichLineAndWhy(text: String, line: Int, cause: RowBreak.Cause) {
        let fault = #expect(throws: RowBreak.self) { try rows(text) }
        #expect(fault?.line == line)
        #expect(fault?.cause == cause)
        #expect(fault?.words.en.contains("\(line)") == true)
    }

    @Test func bytesThatAreNotTextAreNamed() {
        let fault = #expect(throws: RowBreak.self) {
            try read(Array("a\n".utf8) + [0xFF, 0xFE, 0x41])
        }
        #expect(fault?.cause == .binary)
        #expect(fault?.line == 2)
    }

    @Test(
        arguments: [
            "a,b\r\nc,d\r\n", "a,b\nc,d", "a,b\rc,d\r", "a\tb\nc\td\n", "\"a\",\"b\"\r\nc,\"d\"",
            "\n\na,b\n,\n\nc,d\n\n", " a , b \n\u{3000}c\u{3000},d\n",
        ])
    func theSameTableIsWrittenInManyWays(text: String) throws {
        #expect(try rows(text) == [["a", "b"], ["c", "d"]])
    }

    @Test func aQuotedValueHoldsCommasQuotesAndLineEnds() throws {
        #expect(try rows("\"a,b\",\"c\"\"d\",\"e\r\nf\"\n") == [["a,b", "c\"d", "e\r\nf"]])
        #expect(try rows("a,\"\"\n") == [["a", ""]])
    }

    @Test func anEmptyValueAtTheEndOfALineCounts() throws {
        #expect(try rows("a,b,\nc,,") == [["a", "b", ""], ["c", "", ""]])
    }

    @Test func aCommaInsideATabbedFileIsText() throws {
        #expect(try rows("a\tb\n1,5\tc\n") == [["a", "b"], ["1,5", "c"]])
    }

    @Test func aRowStandsOnTheLineItBeginsOn() throws {
        var reader = CSV(Array("a\n\"b\n\nb\"\n\nc\n".utf8))
        var lines: [Int] = []
        while let row = try reader.next() { lines.append(row.line) }
        #expect(lines == [1, 2, 6])
    }

    @Test func whatJustFitsIsRead() throws {
        #expect(try rows(row(of: CSV.columnLimit)).first?.count == CSV.columnLimit)
        let longest = String(repeating: "x", count: CSV.cellLimit)
        #expect(try rows("a\n" + longest) == [["a"], [longest]])
        #expect(try rows("a\n\"" + longest + "\"") == [["a"], [longest]])
    }

    @Test func whateverTableIsWrittenComesBack() throws {
        var chance = Dice(seed: 1)
        for _ in 0..<400 {
            let width = chance.roll(2...6)
            var table = [(0..<width).map { "h\($0)" }]
            for line in 0..<chance.roll(0...8) {
                var row = (1..<width).map { _ in cell(&chance) }
                row.insert("r\(line)", at: 0)
                table.append(row)
            }
            let text = write(table, &chance)
            #expect(try rows(text) == table, "\(text.debugDescription)")
        }
    }

    private func cell(_ chance: inout Dice) -> String {
        let pieces = ["a", "中", "😀", ",", "\"", "\n", "\r\n", "\t", " ", "é", "0", "'", ";"]
        return (0..<chance.roll(0...6)).map { _ in
            pieces.randomElement(using: &chance) ?? ""
        }.joined().trimmed
    }

    private func write(_ table: [[String]], _ chance: inout Dice) -> String {
        let end = chance.flip() ? "\r\n" : "\n"
        let separator = chance.flip() ? "," : "\t"
        var lines: [String] = []
        for row in table {
            var cells: [String] = []
            for cell in row {
                // "\r\n" is one character to Swift, so scalars are searched.
                let needsQuotes = cell.unicodeScalars.contains {
                    "\",\t\r\n".unicodeScalars.contains($0)
                }
                let isQuoted = needsQuotes || chance.roll(0...3) == 0
                cells.append(isQuoted ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell)
            }
            lines.append(cells.joined(separator: separator))
        }
        return lines.joined(separator: end) + (chance.flip() ? end : "")
    }
}

private func row(of columns: Int) -> String {
    (0..<columns).map { "c\($0)" }.joined(separator: ",") + "\n"
}

private func rows(_ text: String) throws -> [[String]] { try read(Array(text.utf8)) }

private func read(_ bytes: [UInt8]) throws -> [[String]] {
    var reader = CSV(bytes)
    var rows: [[String]] = []
    while let row = try reader.next() { rows.append(row.values) }
    return rows
}
