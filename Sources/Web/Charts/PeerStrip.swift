/// Where one value lies among others like it: a mark for each of them, its own filled, and the
/// middle of all as a line. No other is named.
package struct PeerStrip: Chart {
    package let title: String
    /// In words: its own, the lowest, the middle and the highest.
    package let words: String
    /// Shares of the width.
    package let own: Double
    package let others: [Double]
    package let middle: Double

    package init(title: String, words: String, own: Double, others: [Double], middle: Double) {
        self.title = title
        self.words = words
        self.own = own
        self.others = others
        self.middle = middle
    }

    /// The picture, as wide as its frame. A mark at either end keeps within it.
    package var picture: Picture {
        func x(_ share: Double) -> String { Drawing.percent(3 + share * 94) }
        let across = "0.95em"
        var drawing = Drawing()
        drawing.line("peer-line", x1: x(0), y1: across, x2: x(1), y2: across)
        for share in others {
            drawing.circle("peer-other", x: x(share), y: across, radius: "0.3em")
        }
        drawing.line("chart-median", x1: x(middle), y1: "0.2em", x2: x(middle), y2: "1.7em")
        drawing.circle("peer-own", x: x(own), y: across, radius: "0.48em", title: words)
        return drawing.picture(
            "peer-strip", title: title, description: words, size: .letters(1.9))
    }
}
