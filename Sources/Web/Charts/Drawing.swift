/// The pieces that every chart is written with. A chart is text: the same on a page and on paper.
///
/// Colors and letters come from classes in the style sheet, because the content policy refuses
/// styles inside a page. Sizes are in `em`, so a chart grows with the reader's letters.
package struct Drawing {
    private var parts: [String] = []

    mutating func rectangle(
        _ kind: String, x: String, y: String, width: String, height: String
    ) {
        parts.append(
            #"<rect class="\#(kind)" x="\#(x)" y="\#(y)" width="\#(width)" height="\#(height)"/>"#)
    }

    mutating func line(_ kind: String, x1: String, y1: String, x2: String, y2: String) {
        parts.append(
            #"<line class="\#(kind)" x1="\#(x1)" y1="\#(y1)" x2="\#(x2)" y2="\#(y2)"/>"#)
    }

    mutating func circle(_ kind: String, x: String, y: String, radius: String) {
        parts.append(#"<circle class="\#(kind)" cx="\#(x)" cy="\#(y)" r="\#(radius)"/>"#)
    }

    mutating func text(_ kind: String, x: String, y: String, _ text: String) {
        parts.append(
            #"<text class="\#(kind)" x="\#(x)" y="\#(y)">\#(Markup.escape(text))</text>"#)
    }

    mutating func add(_ markup: String) { parts.append(markup) }

    /// The whole picture, with its title and what it shows for those who do not see it.
    ///
    /// Nobody reaches links inside an `img`; without a role a picture is a document of its own.
    func svg(_ kind: String, title: String, description: String, size: String) -> String {
        let role = parts.contains { $0.hasPrefix("<a ") } ? "" : #"role="img""#
        return """
            <svg class="chart \(kind)" \(role) \(size) xmlns="http://www.w3.org/2000/svg">
            <title>\(Markup.escape(title))</title>
            <desc>\(Markup.escape(description))</desc>
            \(parts.joined(separator: "\n"))
            </svg>
            """
    }

    /// A length or share with at most two digits after the point, without a needless tail.
    package static func number(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let whole = hundredths.magnitude / 100
        let rest = hundredths.magnitude % 100
        let sign = hundredths < 0 ? "-" : ""
        if rest == 0 { return "\(sign)\(whole)" }
        return rest % 10 == 0
            ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    static func percent(_ part: Int, of whole: Int) -> String {
        whole > 0 ? number(Double(part) / Double(whole) * 100) + "%" : "0%"
    }
}
