import Core
import Ledger
import Testing
import Web

/// Tables as they are taken away: what stands in a file is what stood on the page.
struct TableFileTests {
    private static let columns: [TableFile.Column] = [
        .text("编号"), .day("日期"), .number("面积"), .text("说明"),
    ]

    private func table(_ rows: [[TableCell]], note: String? = nil) throws -> TableFile {
        var table = TableFile("各社区用房：2015/上[半]年", Self.columns, note: note)
        for row in rows { try table.add(row) }
        return table
    }

    private func csv(_ table: TableFile) throws -> String {
        String(decoding: try table.bytes(as: .csv), as: UTF8.self)
    }

    /// What a spreadsheet program would find in the cells of the rows.
    private func cells(_ table: TableFile) throws -> [[String]] {
        try ImportTable(name: "table.xlsx", bytes: try table.bytes(as: .xlsx)).rows.map(\.values)
    }

    @Test func aFileForSpreadsheetsBeginsWithItsMarkAndQuotesWhatItMust() throws {
        let text = try csv(
            table([
                [.text("0012"), .day(Day(2015, 3, 30)), .exact("1250.50"), .text("甲,乙\"丙\"\n丁")],
                [.text("410102199001011234"), .empty, .exact("-7"), .withheld("数值较小，不予公开")],
            ]))
        #expect(
            text == "\u{FEFF}编号,日期,面积,说明\r\n"
                + "0012,2015-03-30,1250.50,\"甲,乙\"\"丙\"\"\n丁\"\r\n"
                + "410102199001011234,,-7,数值较小，不予公开\r\n")
    }

    @Test(
        arguments: [
            "=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u{200B}=1", "＝1",
            "-7",
        ])
    func noTextIsAFormulaInEitherForm(_ text: String) throws {
        let table = try table([[.text(text), .empty, .empty, .withheld(text)]])
        let lines = try csv(table).split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines[1].hasPrefix("'") || lines[1].hasPrefix("\"'"), "\(lines[1])")
        let cells = try cells(table)
        #expect(cells[0][0].hasPrefix("'"), "\(cells)")
        // What poses as a number without being one is text as well.
        let posing = try self.table([[.empty, .empty, .exact("=1+1"), .exact("-1+2")]])
        #expect(try csv(posing).hasSuffix(",,'=1+1,'-1+2\r\n"))
        #expect(try self.cells(posing)[0].suffix(2) == ["'=1+1", "'-1+2"])
    }

    @Test func numbersStayNumbersAndCodesStayTextInAWorkbook() throws {
        let found = try cells(
            table([
                [.text("0012"), .day(Day(2015, 3, 30)), .exact("1250.5"), .text("a\nb")],
                [.text("410102199001011234"), .empty, .exact("-7"), .withheld("–")],
                [.text("甲"), .empty, .exact("12345678901234567890"), .empty],
            ]))
        #expect(
            found == [
                ["0012", "2015-03-30", "1250.5", "a\nb"], ["410102199001011234", "", "-7", "–"],
                ["甲", "", "12345678901234567890", ""],
            ])
    }

    @Test func whatTheFileIsForStandsAboveTheHeadings() throws {
        let table = try table(
            [[.text("1"), .empty, .number(3), .empty]], note: "第1号 · 接收方：=甲")
        #expect(try csv(table).hasPrefix("\u{FEFF}第1号 · 接收方：=甲\r\n编号,"))
        let book = try ImportTable(name: "t.xlsx", bytes: try table.bytes(as: .xlsx))
        #expect(book.headings.first == "第1号 · 接收方：=甲" || book.headings.first == "编号")
    }

    @Test func theTermsStandOnASheetBehindTheTableAndInNoLineOfIt() throws {
        var table = try table([[.text("1"), .empty, .number(3), .empty]])
        let plain = try table.bytes(as: .csv)
        table.licence = TableLicence(
            "数据许可", [["数据许可", "=开放许可"]], address: "https://example.org/a")
        #expect(try table.bytes(as: .csv) == plain)
        #expect(table.licence?.link == "<https://example.org/a>; rel=\"license\"")
        let book = try ImportTable(name: "t.xlsx", bytes: try table.bytes(as: .xlsx))
        #expect(book.headings == ["编号", "日期", "面积", "说明"])
        for address in ["https://example.org/a\r\nX: y", "https://example.org/许可", "https://a>b"] {
            #expect(TableLicence("许可", [], address: address).link == nil, "\(address)")
        }
    }

    @Test func aTableWithoutRowsIsItsHeadings() throws {
        let table = try table([])
        #expect(try csv(table) == "\u{FEFF}编号,日期,面积,说明\r\n")
        #expect(Workbook.isOne(try table.bytes(as: .xlsx)))
    }

    @Test func aTableIsRefusedAndNotCutPastItsLimit() throws {
        var table = TableFile("甲", [.number("n")])
        for number in 0..<Limits.tableRows { try table.add([.number(number)]) }
        let no = #expect(throws: Refusal.self) { try table.add([.number(0)]) }
        #expect(no?.text(.zh).contains("超过 100,000 行") == true)
        #expect(table.rows.count == Limits.tableRows)
    }
}
