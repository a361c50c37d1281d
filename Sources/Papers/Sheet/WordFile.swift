import Core

/// A paper as a Word file that opens in WPS, Word and LibreOffice alike: every run names its fonts,
/// tables have their grid, and there are neither text boxes nor theme fonts.
package struct WordFile {
    /// What a Word file is to whoever takes it along.
    package static let type =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    package let bytes: [UInt8]

    package init(_ paper: Paper) throws(Refusal) {
        var zip = ZipWriter()
        try zip.add("[Content_Types].xml", WordParts.types)
        try zip.add("_rels/.rels", WordParts.relations)
        try zip.add("word/_rels/document.xml.rels", WordParts.documentRelations)
        try zip.add("word/document.xml", WordText(paper).document)
        try zip.add("word/styles.xml", WordParts.styles)
        try zip.add("word/settings.xml", WordParts.settings)
        try zip.add("word/fontTable.xml", WordParts.fonts)
        try zip.add("word/footer1.xml", WordParts.footer(atRight: true))
        try zip.add("word/footer2.xml", WordParts.footer(atRight: false))
        bytes = zip.finished()
    }
}

/// The parts of a Word file that are the same for every paper.
enum WordParts {
    static let head = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"
    static let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    private static let relation =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let packaged = "http://schemas.openxmlformats.org/package/2006"
    private static let format =
        "application/vnd.openxmlformats-officedocument.wordprocessingml"

    static var types: String {
        let parts: String = [
            ("document", "document.main"), ("styles", "styles"), ("settings", "settings"),
            ("fontTable", "fontTable"), ("footer1", "footer"), ("footer2", "footer"),
        ].map { part, type in
            "<Override PartName=\"/word/\(part).xml\" ContentType=\"\(format).\(type)+xml\"/>"
        }.joined()
        return head + "<Types xmlns=\"\(packaged)/content-types\">"
            + "<Default Extension=\"rels\" "
            + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>" + parts + "</Types>"
    }

    static var relations: String { list([("officeDocument", "word/document.xml")]) }

    static var documentRelations: String {
        list([
            ("styles", "styles.xml"), ("settings", "settings.xml"),
            ("fontTable", "fontTable.xml"), ("footer", "footer1.xml"), ("footer", "footer2.xml"),
        ])
    }

    private static func list(_ parts: [(type: String, target: String)]) -> String {
        let lines: String = parts.enumerated().map { index, part in
            "<Relationship Id=\"rId\(index + 1)\" Type=\"\(relation)/\(part.type)\" "
                + "Target=\"\(part.target)\"/>"
        }.joined()
        return head + "<Relationships xmlns=\"\(packaged)/relationships\">\(lines)</Relationships>"
    }

    static var styles: String {
        head + "<w:styles xmlns:w=\"\(space)\"><w:docDefaults><w:rPrDefault>"
            + properties(.fang, PaperMeasure.body)
            + "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
            + "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\">"
            + "<w:name w:val=\"Normal\"/><w:qFormat/><w:pPr><w:widowControl w:val=\"0\"/>"
            + "<w:overflowPunct w:val=\"0\"/><w:autoSpaceDE w:val=\"0\"/>"
            + "<w:autoSpaceDN w:val=\"0\"/><w:jc w:val=\"both\"/></w:pPr>"
            + properties(.fang, PaperMeasure.body)
            + "</w:style></w:styles>"
    }

    /// Left and right pages have their own page number, and punctuation may be drawn together.
    static var settings: String {
        head + "<w:settings xmlns:w=\"\(space)\"><w:zoom w:percent=\"100\"/>"
            + "<w:evenAndOddHeaders/><w:drawingGridVerticalSpacing w:val=\"579\"/>"
            + "<w:characterSpacingControl w:val=\"doNotCompress\"/>"
            + "<w:compat><w:compatSetting w:name=\"compatibilityMode\" "
            + "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
            + "<w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>"
    }

    static var fonts: String {
        let fonts: String = PaperFace.allCases.map { face in
            "<w:font w:name=\"\(face.wordName)\"><w:charset w:val=\"86\"/>"
                + "<w:family w:val=\"auto\"/><w:pitch w:val=\"variable\"/></w:font>"
        }.joined()
        return head + "<w:fonts xmlns:w=\"\(space)\">\(fonts)</w:fonts>"
    }

    /// — 1 —, one letter from the edge: at the right of odd pages, at the left of even ones.
    static func footer(atRight: Bool) -> String {
        let side = atRight ? "right" : "left"
        let indent = PaperMeasure.twips(PaperMeasure.small)
        func run(_ inner: String) -> String {
            "<w:r>\(properties(.song, PaperMeasure.small))\(inner)</w:r>"
        }
        let field = ["begin", "separate", "end"].map {
            run("<w:fldChar w:fldCharType=\"\($0)\"/>")
        }
        return head + "<w:ftr xmlns:w=\"\(space)\"><w:p><w:pPr>"
            + "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"360\" w:lineRule=\"exact\"/>"
            + "<w:ind w:\(side)=\"\(indent)\"/><w:jc w:val=\"\(side)\"/></w:pPr>"
            + run("<w:t xml:space=\"preserve\">— </w:t>") + field[0]
            + run("<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>") + field[1]
            + run("<w:t>1</w:t>") + field[2]
            + run("<w:t xml:space=\"preserve\"> —</w:t>") + "</w:p></w:ftr>"
    }

    /// The properties of a run: all four fonts by name, so that none falls back to a theme, and the
    /// hint by which quotation marks and dashes are Chinese.
    static func properties(
        _ face: PaperFace, _ points: Double, color: String? = nil, spacing: Int = 0
    ) -> String {
        let name = face.wordName
        let latin = face == .hei ? name : "Times New Roman"
        return "<w:rPr><w:rFonts w:ascii=\"\(latin)\" w:hAnsi=\"\(latin)\" "
            + "w:eastAsia=\"\(name)\" w:cs=\"\(latin)\" w:hint=\"eastAsia\"/>"
            + (color.map { "<w:color w:val=\"\($0)\"/>" } ?? "")
            + (spacing == 0 ? "" : "<w:spacing w:val=\"\(spacing)\"/>")
            + "<w:sz w:val=\"\(Int(points * 2))\"/><w:szCs w:val=\"\(Int(points * 2))\"/>"
            + "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr>"
    }
}
