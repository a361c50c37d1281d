import Core
import Web

/// A paper as one page of HTML that needs nothing from anywhere: what the PDF is made of, and what
/// a browser prints alike.
package struct PaperSheet {
    package let html: String

    package init(_ paper: Paper) {
        let text = Text(paper: paper)
        html =
            "<!DOCTYPE html>\n<html lang=\"\(paper.words.tag)\"><head><meta charset=\"utf-8\">"
            + "<title>\(Markup.escape(paper.title))</title><style>\(Self.style)</style></head>"
            + "<body>\n\(text.body)</body></html>\n"
    }

    private static func points(_ value: Double) -> String {
        "\(Int((value * 100).rounded()).decimal(per: 100))pt"
    }

    private static func family(_ face: PaperFace) -> String {
        "font-family:" + face.families.map { "'\($0)'" }.joined(separator: ",") + ",serif"
    }

    private static var style: String {
        let pitch = points(PaperMeasure.pitch)
        func millimeters(_ value: Double) -> String { "\(Int(value))mm" }
        let number =
            "content:'— ' counter(page) ' —';\(family(.song));"
            + "font-size:\(points(PaperMeasure.small));line-height:1;vertical-align:top;"
            + "padding-top:\(millimeters(PaperMeasure.numberGap))"
        let small = points(PaperMeasure.small)
        return """
            @page{size:\(millimeters(PaperMeasure.width)) \(millimeters(PaperMeasure.height));\
            margin:\(millimeters(PaperMeasure.top)) \(millimeters(PaperMeasure.right)) \
            \(millimeters(PaperMeasure.bottom)) \(millimeters(PaperMeasure.left))}
            @page:right{@bottom-right{\(number);text-align:right;padding-right:\(small)}}
            @page:left{@bottom-left{\(number);text-align:left;padding-left:\(small)}}
            body{margin:0;font-size:\(points(PaperMeasure.body));line-height:\(pitch);\
            letter-spacing:-\(points(PaperMeasure.tightening));orphans:1;widows:1;\
            \(family(.fang))}
            p,h1,h2{margin:0;font-weight:normal;font-size:inherit}
            p{text-align:justify;overflow-wrap:anywhere}
            .indent{text-indent:2em}.center{text-align:center}.right{text-align:right}
            .head{color:#f00;text-align:center;white-space:nowrap;margin-top:\(pitch);\
            font-weight:bold;letter-spacing:0;\(family(.titleSong));line-height:1.4}
            .number{text-align:center;margin-top:\(points(PaperMeasure.pitch * 2));\
            padding-bottom:4mm;border-bottom:1.5pt solid #f00;letter-spacing:0;line-height:1.2}
            h1{text-align:center;font-size:\(points(PaperMeasure.title));font-weight:bold;\
            line-height:\(points(PaperMeasure.pitch * 1.5));letter-spacing:0;\
            \(family(.titleSong));margin-bottom:\(pitch)}
            .below{margin-top:\(points(PaperMeasure.pitch * 2))}
            .hei{\(family(.hei))}.kai{\(family(.kai))}
            h2,.first{break-after:avoid}
            .note,.source{font-size:\(small);letter-spacing:0;text-align:left}
            .gap{margin-top:\(pitch)}.cut{text-align:center;white-space:nowrap;overflow:hidden}
            table{border-collapse:collapse;width:100%;font-size:\(small);line-height:1.4;\
            letter-spacing:0;margin:6pt 0}
            td,th{border:.5pt solid #000;padding:2pt 4pt;text-align:center;font-weight:normal}
            th{\(family(.hei))}tr{break-inside:avoid}
            .last{break-inside:avoid}
            .foot{position:absolute;bottom:0;left:0;right:0;border-top:1pt solid #000;\
            border-bottom:1pt solid #000;font-size:\(small);letter-spacing:0}
            .foot p+p{border-top:.75pt solid #000}.foot p{padding:0 1em}
            """
    }

    /// The marks around the words of a paper.
    private struct Text {
        let paper: Paper

        var body: String {
            let notes = paper.blocks.filter { $0.style == .note }
            let text = paper.blocks.filter { $0.style != .note }
            return head + title + recipients + text.map(block).joined() + annexes + closing
                + notes.map(block).joined() + source + lastLines
        }

        private var head: String {
            guard let issuer = paper.issuer else { return "" }
            let size = PaperSheet.points(Paper.headSize(issuer))
            return "<p class=\"head\" style=\"font-size:\(size)\">"
                + Markup.escape(issuer) + "</p>\n<p class=\"number\">"
                + Markup.escape(paper.number?.text ?? "\u{A0}") + "</p>\n"
        }

        private var title: String {
            "<h1\(paper.issuer == nil ? "" : " class=\"below\"")>"
                + paper.titleLines.map(Markup.escape).joined(separator: "<br>") + "</h1>\n"
        }

        private var recipients: String {
            guard !paper.recipients.isEmpty else { return "" }
            let isChinese = paper.words == .zh
            let text = paper.recipients.joined(separator: isChinese ? "、" : ", ")
            return "<p>\(Markup.escape(text))\(isChinese ? "：" : ":")</p>\n"
        }

        private func block(_ block: Paper.Block) -> String {
            switch block.style {
            case .table: return table(block.rows)
            case .cut: return "<p class=\"cut\">\(String(repeating: "…", count: 27))</p>\n"
            case .first: return "<h2 class=\"indent hei\">\(Markup.escape(block.text))</h2>\n"
            default:
                let shape =
                    switch block.style {
                    case .center: "center"
                    case .right: "right"
                    case .plain: ""
                    case .note: "indent note"
                    default: "indent"
                    }
                let text = block.runs.map { run in
                    run.face == .fang
                        ? Markup.escape(run.text)
                        : "<span class=\"\(run.face.rawValue)\">\(Markup.escape(run.text))</span>"
                }.joined()
                return "<p class=\"\(shape)\">\(text)</p>\n"
            }
        }

        private func table(_ rows: [[String]]) -> String {
            let lines: [String] = rows.enumerated().map { index, row in
                let cell = index == 0 ? "th" : "td"
                return "<tr>"
                    + row.map { "<\(cell)>\(Markup.escape($0))</\(cell)>" }.joined() + "</tr>"
            }
            return "<table>" + lines.joined() + "</table>\n"
        }

        private var annexes: String {
            paper.annexes.enumerated().map { index, name in
                let label = index == 0 ? Paper.Label.annex[paper.words] : "　　　"
                let number = paper.annexes.count > 1 ? "\(index + 1). " : ""
                return "<p class=\"indent\(index == 0 ? " gap" : "")\">"
                    + Markup.escape(label + number + name) + "</p>\n"
            }.joined()
        }

        private var closing: String {
            let indents = paper.closing
            let lines = [(paper.signature, indents.signature), (paper.day, indents.day)]
            return lines.compactMap { text, letters in text.map { ($0, letters) } }.enumerated()
                .map { index, line in
                    "<p class=\"right\(index == 0 ? " gap" : "")\" "
                        + "style=\"padding-right:\(line.1)em\">\(Markup.escape(line.0))</p>\n"
                }.joined()
        }

        private var source: String {
            guard let source = paper.source else { return "" }
            return "<p class=\"source\">"
                + Markup.escape(Paper.Label.source[paper.words] + source) + "</p>\n"
        }

        /// At the foot of the page, with as much room kept free in the text above.
        private var lastLines: String {
            let lines = paper.lastLines
            guard !lines.isEmpty else { return "" }
            let height = PaperSheet.points(PaperMeasure.pitch * Double(lines.count) + 4)
            return "<div class=\"last\"><div class=\"foot\">"
                + lines.map { "<p>\(Markup.escape($0))</p>" }.joined()
                + "</div><div style=\"height:\(height)\"></div></div>\n"
        }
    }
}
