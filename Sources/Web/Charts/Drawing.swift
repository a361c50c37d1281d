/// The pieces that every chart is written with. A chart is text: the same on a page and on paper.
///
/// Colors and letters come from classes in the style sheet, because the content policy refuses
/// styles inside a page. Sizes are in `em`, so a chart grows with the reader's letters.
package struct Drawing {
    private var parts: [String] = []

    /// - Parameter title: what the mark says to whoever points at it.
    mutating func rectangle(
        _ kind: String, x: String, y: String, width: String, height: String,
        title: String? = nil
    ) {
        parts.append(
            #"<rect class="\#(kind)" x="\#(x)" y="\#(y)" width="\#(width)" height="\#(height)""#
                + Self.end("rect", title))
    }

    mutating func line(_ kind: String, x1: String, y1: String, x2: String, y2: String) {
        parts.append(
            #"<line class="\#(kind)" x1="\#(x1)" y1="\#(y1)" x2="\#(x2)" y2="\#(y2)"/>"#)
    }

    mutating func circle(
        _ kind: String, x: String, y: String, radius: String, title: String? = nil
    ) {
        parts.append(
            #"<circle class="\#(kind)" cx="\#(x)" cy="\#(y)" r="\#(radius)""#
                + Self.end("circle", title))
    }

    private static func end(_ element: String, _ title: String?) -> String {
        title.map { "><title>\(Markup.escape($0))</title></\(element)>" } ?? "/>"
    }

    mutating func text(_ kind: String, x: String, y: String, _ text: String) {
        parts.append(
            #"<text class="\#(kind)" x="\#(x)" y="\#(y)">\#(Markup.escape(text))</text>"#)
    }

    mutating func add(_ markup: String) { parts.append(markup) }

    /// The whole picture.
    func picture(
        _ kind: String, title: String, description: String, size: Picture.Size
    ) -> Picture {
        Picture(kind: kind, title: title, description: description, size: size, parts: parts)
    }

    /// A place or a length as a share of the width.
    static func percent(_ value: Double) -> String { number(value) + "%" }

    /// A place or a length in the letters of the chart.
    static func em(_ value: Double) -> String { number(value) + "em" }

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
