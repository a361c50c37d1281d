/// How sheets and their parts are laid out.
extension WorkbookCase {
    static let layouts: [WorkbookCase] = {
        let second = SmallWorkbook.text("A3", "2015-13-01") + SmallWorkbook.text("B3", unit)
        let plain = book()
        var bare = plain
        bare.parts[SmallWorkbook.sheet] = plain.parts[SmallWorkbook.sheet]?
            .replacing(#/ r="[A-Z]+[0-9]+"/#, with: "").replacing(#/ r="[0-9]+"/#, with: "")
            .replacing("<c><v>5</v></c>", with: "<c><v>5</v></c><c/><c/>")
            .replacing("国槐</t></is></c>", with: "国槐</t></is></c><c/>")
        return [
            kept("no addresses", bare),
            kept(
                "rows without numbers",
                plain.replacing(SmallWorkbook.sheet, "<row r=\"2\">", "<row>")),
            kept(
                "lying dimension",
                plain.replacing(
                    SmallWorkbook.sheet, "<sheetData>", "<dimension ref=\"A1\"/><sheetData>")),
            kept(
                "wide dimension",
                plain.replacing(
                    SmallWorkbook.sheet, "<sheetData>",
                    "<dimension ref=\"A1:XFD1048576\"/><sheetData>")),
            kept(
                "styled cells without anything",
                book(
                    ["X": "<c r=\"X2\" s=\"1\"/><c r=\"XFD2\" s=\"1\"/>"],
                    more: "<row r=\"3\"><c r=\"A3\" s=\"1\"/></row><row r=\"1048576\"/>")),
            kept("blank text", book(["G": "<c r=\"G2\" t=\"inlineStr\"><is><t>  </t></is></c>"])),
            refused(
                "own row",
                book(
                    more:
                        "<row r=\"7\">\(second.replacing("3\"", with: "7\""))</row>"
                ), "A7", "不是日期"),
            refused(
                "row behind a cell of two lines",
                book(
                    ["F": SmallWorkbook.text("F2", "国槐\n白蜡")],
                    more: "<row r=\"3\">\(second)</row>"),
                "A3", "不是日期"),
            refused(
                "merged unit",
                book(
                    more:
                        "<row r=\"3\">" + SmallWorkbook.text("A3", "2015-03-02")
                        + "<c r=\"C3\"><v>3</v></c></row>"
                )
                .replacing(
                    SmallWorkbook.sheet, "</sheetData>",
                    "</sheetData><mergeCells><mergeCell ref=\"B2:B3\"/></mergeCells>"),
                "B3", "该格是合并单元格，请取消合并后逐行填写"),
            kept(
                "merged nothing",
                plain.replacing(
                    SmallWorkbook.sheet, "</sheetData>",
                    "</sheetData><mergeCells><mergeCell ref=\"D2:E2\"/></mergeCells>")),
            unread(
                "title",
                SmallWorkbook(
                    rows: "<row r=\"1\">\(SmallWorkbook.text("A1", "2015年植树登记表"))</row>"
                        + head.replacing(#/([A-I])1"/#) { "\($0.output.1)2\"" }.replacing(
                            "<row r=\"1\">", with: "<row r=\"2\">")
                        + "<row r=\"3\">\(cells([:]).replacing("2\"", with: "3\""))</row>"),
                "第1行像是表名，标题应在第1行；请删去表名行"),
            unread("no heading", book(["K": SmallWorkbook.text("K2", "x")]), "第K列有内容但没有标题"),
            unread("far cell", book(["K": SmallWorkbook.text("XFD2", "x")]), "第XFD列有内容但没有标题"),
        ]
    }()

    static let packaging: [WorkbookCase] = {
        let plain = book()
        let strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
        var strictly = plain
        for name in plain.parts.keys {
            strictly.parts[name] = plain.parts[name]?.replacing(SmallWorkbook.main, with: strict)
                .replacing(
                    SmallWorkbook.office,
                    with: "http://purl.oclc.org/ooxml/officeDocument/relationships")
        }
        var prefixed = plain
        prefixed.parts[SmallWorkbook.sheet] = plain.parts[SmallWorkbook.sheet]?
            .replacing("xmlns=", with: "xmlns:x=").replacing("</", with: "</x:")
            .replacing(#/<([a-z])/#) { "<x:\($0.output.1)" }
        var wide = plain
        wide.raw[SmallWorkbook.sheet] =
            [0xFF, 0xFE]
            + ("<?xml version=\"1.0\" encoding=\"UTF-16\"?>"
            + (plain.parts[SmallWorkbook.sheet] ?? ""))
            .utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        var hidden = plain.replacing(
            "xl/workbook.xml", "<sheets>",
            "<sheets><sheet name=\"字典\" sheetId=\"2\" state=\"hidden\" r:id=\"rId9\"/>"
        ).replacing(
            "xl/_rels/workbook.xml.rels", "</Relationships>",
            "<Relationship Id=\"rId9\" Type=\"\(SmallWorkbook.office)/worksheet\" "
                + "Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"
        )
        hidden.parts["xl/worksheets/sheet2.xml"] =
            "<worksheet xmlns=\"\(SmallWorkbook.main)\"><sheetData/></worksheet>"
        return [
            kept("strict form", strictly), kept("prefixed tags", prefixed), kept("UTF-16", wide),
            kept("hidden first sheet", hidden),
            kept(
                "path from the root",
                plain.replacing(
                    "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml",
                    "/xl/worksheets/sheet1.xml")),
            kept(
                "path with steps",
                plain.replacing(
                    "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml",
                    "../xl/./worksheets/sheet1.xml")),
            kept(
                "other cases",
                plain.replacing(
                    "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml",
                    "Worksheets/Sheet1.xml")),
        ]
    }()

    static let refusals: [WorkbookCase] = {
        let plain = book()
        let doctype = "<!DOCTYPE sst [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>"
        var nested = shared("<si><t>&b;</t></si>")
        nested.parts["xl/sharedStrings.xml"] =
            doctype + (nested.parts["xl/sharedStrings.xml"] ?? "")
        var deep = plain
        deep.parts[SmallWorkbook.sheet] = String(repeating: "<a>", count: 100_000)
        var all: [WorkbookCase] = [
            unread("entities", nested, "DTD"),
            unread(
                "entities in the sheet",
                plain.replacing(SmallWorkbook.sheet, "<worksheet", doctype + "<worksheet"),
                "DTD"),
            unread(
                "entities in the styles",
                plain.replacing("xl/styles.xml", "<styleSheet", doctype + "<styleSheet"),
                "DTD"),
        ]
        all += [
            unread("depth", deep, "无法读取"),
            unread("broken XML", plain.replacing(SmallWorkbook.sheet, "</sheetData>", ""), "无法读取"),
            unread(
                "text that is not there", book(["F": "<c r=\"F2\" t=\"s\"><v>9</v></c>"]), "无法读取"),
            unread(
                "a tag without end",
                plain.replacing(
                    SmallWorkbook.sheet, "<sheetData>",
                    "<sheetData a=\"\(String(repeating: "x", count: 3 << 20))\">"), "无法读取"),
        ]
        return all
    }()
}
