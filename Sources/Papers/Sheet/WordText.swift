import Core
import Web

/// The text of a paper in the language of Word.
struct WordText {
    private let paper: Paper

    init(_ paper: Paper) { self.paper = paper }

    static let red = "FF0000"
    private static let line = PaperMeasure.twips(PaperMeasure.pitch)
    /// What is drawn from between two letters of the text, so that 28 stand in a line.
    private static let tight = -PaperMeasure.twips(PaperMeasure.tightening + 0.049)

    var document: String {
        var parts = [head, title, recipients]
        parts += paper.blocks.filter { $0.style != .note }.map(block)
        parts += [annexes, closing]
        parts += paper.blocks.filter { $0.style == .note }.map(block)
        if let source = paper.source {
            parts.append(
                paragraph(
                    [PaperRun(text: Paper.Label.source[paper.words] + source, face: .fang)],
                    size: PaperMeasure.small, Setting(indent: 0, align: "left")))
        }
        parts.append(lastLines)
        return WordParts.head
            + "<w:document xmlns:w=\"\(WordParts.space)\" xmlns:r="
            + "\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>"
            + parts.joined() + section + "</w:body></w:document>"
    }

    // MARK: Above

    /// The issuer in red, the number, and the red line.
    private var head: String {
        guard let issuer = paper.issuer else { return "" }
        let size = Paper.headSize(issuer)
        var setting = Setting(indent: 0, align: "center")
        setting.line = PaperMeasure.twips(size * 1.4)
        setting.before = 2 * Self.line
        let name = paragraph(
            [PaperRun(text: issuer, face: .titleSong)], size: size, setting, color: Self.red)
        var below = Setting(indent: 0, align: "center")
        below.before = 2 * Self.line
        below.isLined = true
        let number = paragraph(
            [PaperRun(text: paper.number?.text ?? "", face: .fang)], size: PaperMeasure.body,
            below)
        return name + number
    }

    private var title: String {
        var setting = Setting(indent: 0, align: "center")
        setting.line = PaperMeasure.twips(PaperMeasure.title * 1.5)
        setting.before = paper.issuer == nil ? 0 : 2 * Self.line
        setting.after = Self.line
        return paragraph(
            paper.titleLines.map { PaperRun(text: $0, face: .titleSong) },
            size: PaperMeasure.title, setting, between: "<w:br/>")
    }

    private var recipients: String {
        guard !paper.recipients.isEmpty else { return "" }
        let text = paper.recipients.joined(separator: paper.words == .zh ? "、" : ", ")
        return paragraph(
            [PaperRun(text: text + (paper.words == .zh ? "：" : ":"), face: .fang)],
            size: PaperMeasure.body, Setting(indent: 0))
    }

    // MARK: The text

    private func block(_ block: Paper.Block) -> String {
        switch block.style {
        case .table: return table(block.rows)
        case .cut:
            return paragraph(
                [PaperRun(text: String(repeating: "…", count: 26), face: .fang)],
                size: PaperMeasure.body, Setting(indent: 0, align: "center"))
        default:
            let size = block.style == .note ? PaperMeasure.small : PaperMeasure.body
            let align =
                switch block.style {
                case .center: "center"
                case .right: "right"
                default: "both"
                }
            var setting = Setting(indent: block.isIndented ? 2 : 0, align: align)
            setting.keepsNext = [.first, .second].contains(block.style)
            return paragraph(block.runs, size: size, setting)
        }
    }

    /// A table with the grid by which WPS knows its columns. Lines in it are as high as they need.
    private func table(_ rows: [[String]]) -> String {
        guard let columns = rows.map(\.count).max(), columns > 0 else { return "" }
        let width = PaperMeasure.twips(millimeters: PaperMeasure.typeWidth) / columns
        let grid = String(repeating: "<w:gridCol w:w=\"\(width)\"/>", count: columns)
        let edges: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map {
            "<w:\($0) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"
        }.joined()
        let lines: String = rows.enumerated().map { index, row in
            let cells: String = (0..<columns).map { column in
                let run = PaperRun(
                    text: column < row.count ? row[column] : "", face: index == 0 ? .hei : .fang)
                return "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/>"
                    + "<w:vAlign w:val=\"center\"/></w:tcPr>"
                    + paragraph(
                        [run], size: PaperMeasure.small,
                        Setting(indent: 0, align: "center", line: nil)) + "</w:tc>"
            }.joined()
            let head = index == 0 ? "<w:tblHeader/>" : ""
            return "<w:tr><w:trPr><w:cantSplit/>\(head)</w:trPr>\(cells)</w:tr>"
        }.joined()
        return "<w:tbl><w:tblPr><w:tblW w:w=\"\(width * columns)\" w:type=\"dxa\"/>"
            + "<w:tblBorders>\(edges)</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr>"
            + "<w:tblGrid>\(grid)</w:tblGrid>\(lines)</w:tbl>"
    }

    // MARK: Below

    private var annexes: String {
        guard !paper.annexes.isEmpty else { return "" }
        return paper.annexes.enumerated().map { index, name in
            let label = index == 0 ? Paper.Label.annex[paper.words] : "　　　"
            let number = paper.annexes.count > 1 ? "\(index + 1). " : ""
            var setting = Setting(indent: 2)
            setting.before = index == 0 ? Self.line : 0
            return paragraph(
                [PaperRun(text: label + number + name, face: .fang)], size: PaperMeasure.body,
                setting)
        }.joined()
    }

    private var closing: String {
        let indents = paper.closing
        let lines = [(paper.signature, indents.signature), (paper.day, indents.day)]
        return lines.compactMap { text, letters in text.map { ($0, letters) } }.enumerated()
            .map { index, line in
                var setting = Setting(indent: 0, align: "right")
                setting.right = line.1
                setting.before = index == 0 ? Self.line : 0
                return paragraph(
                    [PaperRun(text: line.0, face: .fang)], size: PaperMeasure.body, setting)
            }.joined()
    }

    /// The last lines, behind everything else: a table that floats to the foot of the page stands
    /// elsewhere in every program.
    private var lastLines: String {
        let lines = paper.lastLines
        guard !lines.isEmpty else { return "" }
        let width = PaperMeasure.twips(millimeters: PaperMeasure.typeWidth)
        let rows: String = lines.enumerated().map { index, text in
            func edge(_ side: String, _ size: Int) -> String {
                "<w:\(side) w:val=\"single\" w:sz=\"\(size)\" w:space=\"0\" w:color=\"000000\"/>"
            }
            let edges =
                edge("top", index == 0 ? 8 : 6)
                + edge("bottom", index == lines.count - 1 ? 8 : 6)
            return "<w:tr><w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/>"
                + "<w:tcBorders>\(edges)</w:tcBorders></w:tcPr>"
                + paragraph(
                    [PaperRun(text: text, face: .fang)], size: PaperMeasure.small,
                    Setting(indent: 0, align: "left", line: nil)) + "</w:tc></w:tr>"
        }.joined()
        return "<w:tbl><w:tblPr><w:tblW w:w=\"\(width)\" w:type=\"dxa\"/>"
            + "<w:tblLayout w:type=\"fixed\"/></w:tblPr>"
            + "<w:tblGrid><w:gridCol w:w=\"\(width)\"/></w:tblGrid>\(rows)</w:tbl>"
            // A table asks for a paragraph behind it: one of a point, which opens no page.
            + "<w:p><w:pPr><w:snapToGrid w:val=\"0\"/>"
            + "<w:spacing w:line=\"20\" w:lineRule=\"exact\"/>"
            + "<w:rPr><w:sz w:val=\"2\"/></w:rPr></w:pPr></w:p>"
    }

    /// The page, its edges, its grid of 22 lines and 28 letters, and where its number stands.
    private var section: String {
        func size(_ millimeters: Double) -> Int { PaperMeasure.twips(millimeters: millimeters) }
        let number = size(PaperMeasure.bottom - PaperMeasure.numberGap) - 360
        let tightening = Int(PaperMeasure.tightening * 4_096)
        return "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/>"
            + "<w:footerReference w:type=\"even\" r:id=\"rId5\"/>"
            + "<w:pgSz w:w=\"\(size(PaperMeasure.width))\" w:h=\"\(size(PaperMeasure.height))\"/>"
            + "<w:pgMar w:top=\"\(size(PaperMeasure.top))\" "
            + "w:right=\"\(size(PaperMeasure.right))\" w:bottom=\"\(size(PaperMeasure.bottom))\" "
            + "w:left=\"\(size(PaperMeasure.left))\" w:header=\"851\" w:footer=\"\(number)\" "
            + "w:gutter=\"0\"/><w:docGrid w:type=\"lines\" w:linePitch=\"\(Self.line)\" "
            + "w:charSpace=\"-\(tightening)\"/></w:sectPr>"
    }

    // MARK: Paragraphs

    /// How a paragraph is set: its indents in letters, its distances in twentieths of a point.
    private struct Setting {
        var indent: Int
        var align = "both"
        /// From line to line; nil for as much as the letters need.
        var line: Int? = WordText.line
        var before = 0
        var after = 0
        var right = 0
        /// Whether the red line stands below.
        var isLined = false
        /// Whether it stays on the page of what follows, as a heading does.
        var keepsNext = false
    }

    private func paragraph(
        _ runs: [PaperRun], size: Double, _ setting: Setting, color: String? = nil,
        between mark: String = ""
    ) -> String {
        let spacing =
            (setting.before > 0 ? " w:before=\"\(setting.before)\"" : "")
            + (setting.after > 0 ? " w:after=\"\(setting.after)\"" : "")
            + (setting.line.map { " w:line=\"\($0)\" w:lineRule=\"exact\"" } ?? "")
        let letter = PaperMeasure.twips(size)
        let indent =
            (setting.indent > 0
                ? " w:firstLineChars=\"\(setting.indent * 100)\""
                    + " w:firstLine=\"\(setting.indent * letter)\"" : "")
            + (setting.right > 0
                ? " w:rightChars=\"\(setting.right * 100)\""
                    + " w:right=\"\(setting.right * letter)\"" : "")
        let border =
            setting.isLined
            ? "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"11\" "
                + "w:color=\"\(Self.red)\"/></w:pBdr>" : ""
        let isBody = size == PaperMeasure.body
        let letters: String = runs.enumerated().map { index, run in
            "<w:r>"
                + WordParts.properties(
                    run.face, size, color: color, spacing: isBody ? Self.tight : 0)
                + (index > 0 ? mark : "")
                + "<w:t xml:space=\"preserve\">\(Markup.escape(run.text))</w:t></w:r>"
        }.joined()
        return "<w:p><w:pPr>" + (setting.keepsNext ? "<w:keepNext/>" : "") + border
            // Numbers stand close, and no mark hangs over the edge: 28 letters are 28 letters.
            + "<w:overflowPunct w:val=\"0\"/><w:autoSpaceDE w:val=\"0\"/>"
            + "<w:autoSpaceDN w:val=\"0\"/>"
            + (setting.line == nil ? "<w:snapToGrid w:val=\"0\"/>" : "")
            + (spacing.isEmpty ? "" : "<w:spacing\(spacing)/>")
            + (indent.isEmpty ? "" : "<w:ind\(indent)/>")
            + "<w:jc w:val=\"\(setting.align)\"/></w:pPr>\(letters)</w:p>"
    }
}
