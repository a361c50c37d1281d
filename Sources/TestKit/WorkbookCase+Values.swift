/// What cells hold: days, numbers, identifiers and texts.
extension WorkbookCase {
    static let days: [WorkbookCase] = {
        let day = ["A": number("A2", "42064", 1)]
        let builtIn = [14, 15, 16, 17, 22, 27, 28, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]
        let codes = [
            "yyyy\\-mm\\-dd", "[$-804]yyyy\"年\"m\"月\"d\"日\";@",
            "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"",
            "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "[$-x-sysdate]dddd, mmmm dd, yyyy",
            "yyyy年m月d日",
            "m/d/yy h:mm", "[$-404]e/m/d", "aaaa", "yyyy/m/d;@", "[Red]yyyy-mm-dd", "m\"月\"d\"日\"",
            "YYYY-MM-DD", "[$-804]上午/下午h\"时\"mm\"分\" yyyy-m-d",
        ]
        var all: [WorkbookCase] = builtIn.map {
            kept("day in format \($0)", book(day, builtIn: $0))
        }
        all += codes.map { kept("day as \($0)", book(day, format: $0)) }
        all += [
            kept(
                "day with a time", book(["A": number("A2", "42064.604166667", 1)], builtIn: 22)
            ),
            kept(
                "day with a time that is not shown",
                book(["A": number("A2", "42064.604166667", 1)], builtIn: 14)),
            kept("ISO day", ["A": "<c r=\"A2\" t=\"d\"><v>2015-03-01</v></c>"]),
            kept(
                "ISO day and time", ["A": "<c r=\"A2\" t=\"d\"><v>2015-03-01T00:00:00</v></c>"]),
            kept(
                "ISO day and hour", ["A": "<c r=\"A2\" t=\"d\"><v>2015-03-01T14:30:00Z</v></c>"]
            ),
            kept("day in digits", ["A": number("A2", "20150301")]),
        ]
        all += ["0", "false"].map { value in
            kept(
                "not of 1904: \(value)",
                book(day, builtIn: 14).replacing(
                    "xl/workbook.xml", "<workbookPr/>", "<workbookPr date1904=\"\(value)\"/>"))
        }
        all += ["1", "true"].map { value in
            kept(
                "of 1904: \(value)",
                book(["A": number("A2", "40602", 1)], builtIn: 14).replacing(
                    "xl/workbook.xml", "<workbookPr/>", "<workbookPr date1904=\"\(value)\"/>"))
        }
        all += [
            refused(
                "serial number", book(["A": number("A2", "42064")]), "A2", "（即 2015-03-01）"),
            refused(
                "day that never was", book(["A": number("A2", "60", 1)], builtIn: 14), "A2",
                "不是日期"),
            refused(
                "day before the calendar", book(["A": number("A2", "-5", 1)], builtIn: 14),
                "A2", "不是日期"),
            refused(
                "time only", book(["A": number("A2", "0.5", 1)], builtIn: 20), "A2",
                "“12:00”不是日期"),
            refused(
                "month 13", book(["A": SmallWorkbook.text("A2", "2015-13-01")]), "A2", "不是日期"),
            kept(
                "time in a text",
                book(["F": number("F2", "0.604166666666667", 1)], builtIn: 20),
                ["species": "14:30"]),
            kept(
                "length of time", book(["F": number("F2", "1.25", 1)], format: "[h]:mm"),
                ["species": "30:00"]),
            kept(
                "day and time in a text",
                book(
                    ["F": number("F2", "42064.604166667", 1)], format: "yyyy-mm-dd hh:mm:ss.000"
                ),
                ["species": "2015-03-01 14:30"]),
        ]
        return all
    }()

    static let numbers: [WorkbookCase] = {
        let codes = [
            "0.0\"m²\"", "0\"days\"", "0\\ \\d\\a\\y\\s", "G/通用格式\"天\"", "General\"米\"",
            "#,##0.00_ ;[Red]\\-#,##0.00\\ ",
            "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "[DBNum1]0", "0.00E+00",
            "0;0;\"none\"",
        ]
        var all: [WorkbookCase] = codes.map {
            kept("number as \($0)", book(["C": number("C2", "25", 1)], format: $0), ["trees": "25"])
        }
        all += [
            kept("noise of floats", ["E": number("E2", "57.699999999999996")], ["cost": "5770"]),
            kept("sum of floats", ["E": number("E2", "0.30000000000000004")], ["cost": "30"]),
            kept(
                "money of floats", ["E": number("E2", "1234567.889999999898")],
                ["cost": "123456789"]),
            kept("small exponent", ["E": number("E2", "1.5E-1")], ["cost": "15"]),
            kept("exponent", ["C": number("C2", "2.5E+1")], ["trees": "25"]),
            kept(
                "stored decimals", book(["D": number("D2", "1234.56", 1)], format: "0.0"),
                ["area": "123456"]),
            refused(
                "too many decimals", book(["D": number("D2", "12.346", 1)], format: "0.00"), "D2",
                "“12.346”小数位过多"),
            kept(
                "percent",
                book(["I": number("I2", "0.57", 1)], builtIn: 9), ["alive": "57"]),
            kept("number in text", ["C": SmallWorkbook.text("C2", "25")], ["trees": "25"]),
            kept(
                "text of a formula", ["F": "<c r=\"F2\" t=\"str\"><f>X</f><v>白蜡</v></c>"],
                ["species": "白蜡"]),
            kept(
                "number of a formula", ["C": "<c r=\"C2\"><f>1+1</f><v>2</v></c>"], ["trees": "2"]),
            kept("TRUE", ["G": "<c r=\"G2\" t=\"b\"><v>1</v></c>"], ["watered": "true"]),
            kept("FALSE", ["G": "<c r=\"G2\" t=\"b\"><v>false</v></c>"], ["watered": "false"]),
            kept("TRUE in a text", ["F": "<c r=\"F2\" t=\"b\"><v>1</v></c>"], ["species": "TRUE"]),
            refused(
                "#REF!", book(["F": "<c r=\"F2\" t=\"e\"><f>X</f><v>#REF!</v></c>"]), "F2",
                "F2格的公式出错（#REF!）"),
            refused(
                "#N/A as number", book(["H": "<c r=\"H2\" t=\"e\"><v>#N/A</v></c>"]), "H2",
                "H2格的公式出错（#N/A）"),
            refused(
                "#DIV/0! in a required number",
                book(["C": "<c r=\"C2\" t=\"e\"><v>#DIV/0!</v></c>"]), "C2", "C2格的公式出错（#DIV/0!）"),
        ]
        return all
    }()

    static let identifiers: [WorkbookCase] = {
        var all: [WorkbookCase] = [
            kept("number of 12 digits", ["B": number("B2", unit)]),
            kept(
                "number of 15 digits", ["H": number("H2", "123456789012345")],
                ["ref": "123456789012345"]),
            kept(
                "digits as text", ["H": SmallWorkbook.text("H2", "410102199003080011")],
                ["ref": "410102199003080011"]),
            kept("zeros as text", ["H": SmallWorkbook.text("H2", "00123")], ["ref": "00123"]),
            refused(
                "leading zeros", book(["H": number("H2", "123", 1)], format: "00000"), "H2",
                "设为“文本”"),
            refused(
                "day for a number", book(["H": number("H2", "42064", 1)], builtIn: 14), "H2",
                "设为“文本”"),
        ]
        all += ["4.1010219900307999E+17", "410102199003080000", "1E+20", "1234567890123456"].map {
            refused("number \($0)", book(["H": number("H2", $0)]), "H2", "末尾数字已丢失")
        }
        all += [
            refused(
                "unit of 18 digits", book(["B": number("B2", "410102001001000000")]), "B2",
                "末尾数字已丢失"),
            refused(
                "text of 18 digits", book(["F": number("F2", "410102199003080000")]), "F2",
                "末尾数字已丢失"),
        ]
        return all
    }()

    static let texts: [WorkbookCase] = [
        kept(
            "rich text in the sheet",
            [
                "F":
                    "<c r=\"F2\" t=\"inlineStr\"><is><r><rPr><b/></rPr><t>国槐</t></r>"
                    + "<r><t>和白蜡</t></r></is></c>"
            ],
            ["species": "国槐和白蜡"]),
        kept(
            "rich text that is shared",
            shared(
                "<si><r><rPr><b/></rPr><t>国槐</t></r><r><t xml:space=\"preserve\">和白蜡</t></r></si>"),
            ["species": "国槐和白蜡"]),
        kept(
            "guide to sounds",
            shared(
                "<si><t>国槐</t><rPh sb=\"0\" eb=\"2\"><t>guóhuái</t></rPh>"
                    + "<phoneticPr fontId=\"1\"/></si>"
            )),
        kept("line end of Excel", shared("<si><t>国槐_x000D_\n白蜡</t></si>"), ["species": "国槐\n白蜡"]),
        kept("escaped escape", shared("<si><t>国槐_x005F_x000D_</t></si>"), ["species": "国槐_x000D_"]),
        kept(
            "rare character in halves", shared("<si><t>_xD842__xDFB7_</t></si>"), ["species": "𠮷"]),
        kept("not an escape", shared("<si><t>a_x00_b_xyz</t></si>"), ["species": "a_x00_b_xyz"]),
        kept(
            "entities of XML", shared("<si><t>&lt;国槐&gt; &amp; &#x767D;蜡</t></si>"),
            ["species": "<国槐> & 白蜡"]),
        kept("CDATA", shared("<si><t><![CDATA[国槐]]></t></si>")),
    ]

    static func shared(_ texts: String) -> SmallWorkbook {
        var book = book(["F": "<c r=\"F2\" t=\"s\"><v>0</v></c>"])
        book.parts["xl/sharedStrings.xml"] = "<sst xmlns=\"\(SmallWorkbook.main)\">\(texts)</sst>"
        return book
    }
}
