/// A chart that stands alone: what it finds, what it shows, the drawing, and where it comes from,
/// in one drawing that needs no page, no style sheet and no font of ours.
package struct PictureFile: Sendable {
    let frame: ChartFrame
    /// Where the numbers come from and how far they go.
    let source: String
    let sheet: ChartSheet

    /// In points, as are the letters.
    private static let (width, margin) = (760.0, 24.0)
    private static let letter = 14.0
    /// How many Latin letters fit into a line of each size.
    private static let (findingLetters, plainLetters, smallLetters) = (60, 88, 100)

    /// The element that holds the rules of a drawing.
    private static let rules = "style"

    package init(frame: ChartFrame, source: String, sheet: ChartSheet) {
        self.frame = frame
        self.source = source
        self.sheet = sheet
    }

    package func svg() -> String {
        let (left, inner) = (Drawing.number(Self.margin), Self.width - 2 * Self.margin)
        var y = Self.margin
        var parts: [String] = []
        func add(_ text: String, _ most: Int, size: Double, _ kind: String) {
            for line in TextWidth.lines(text, of: most) {
                y += size * 1.4
                parts.append(
                    #"<text class="\#(kind)" x="\#(left)" y="\#(Drawing.number(y))">"#
                        + Markup.escape(line) + "</text>")
            }
        }
        add(frame.finding, Self.findingLetters, size: 20, "file-finding")
        add(frame.what, Self.plainLetters, size: 14, "file-what")
        y += 16
        parts.append(
            frame.picture.nested(x: Self.margin, y: y, width: inner, letter: Self.letter))
        y += frame.picture.height(in: inner, letter: Self.letter) + 8
        add(source, Self.smallLetters, size: 12, "file-source")
        let (width, height) = (Drawing.number(Self.width), Drawing.number(y + Self.margin))
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" role="img">
            <title>\(Markup.escape(frame.finding))</title>
            <desc>\(Markup.escape(frame.picture.description))</desc>
            <\(Self.rules)>
            text{font-family:\(Self.faces);fill:#26221d}
            \(sheet.text)
            .chart{font-size:\(Drawing.number(Self.letter))px;font-family:\(Self.faces)}
            .file-finding{font-size:20px;font-weight:700}
            .file-what{font-size:14px;fill:#625a50}
            .file-source{font-size:12px;fill:#625a50}
            </\(Self.rules)>
            <rect width="100%" height="100%" fill="#ffffff"/>
            \(parts.joined(separator: "\n"))
            </svg>
            """
    }

    /// The face of the pages first, then what comes with other systems, then any without serifs.
    private static let faces = """
        "Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC",\
        "Microsoft YaHei","WenQuanYi Zen Hei",sans-serif
        """
}
