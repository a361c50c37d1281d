/// What was before on the left, what came after on the right, and a band between them for each that
/// went over: one color where a whole went into another, another where it was divided.
package struct FlowChart: NarrowChart {
    package let title: String
    package let before: [String]
    package let after: [String]
    package let bands: [Band]

    /// From one of those before to one of those after, by their places.
    package struct Band: Sendable {
        package let from: Int
        package let to: Int
        /// Whether the one before went to several.
        package let isPart: Bool

        package init(from: Int, to: Int, isPart: Bool) {
            self.from = from
            self.to = to
            self.isPart = isPart
        }
    }

    package init(title: String, before: [String], after: [String], bands: [Band]) {
        self.title = title
        self.before = before
        self.after = after
        self.bands = bands
    }

    /// How wide the field is where letters have 20 of its units: on a page, and on a phone.
    private static let (page, phone) = (1000.0, 520.0)
    /// How wide a Latin letter is, how high one band is, and how far two names are apart at least.
    private static let (letter, band, apart) = (11.0, 20.0, 12.0)

    package var picture: Picture { drawn(Self.page) }
    /// The same in a narrower field, so that its letters stay as large.
    package var narrow: Picture { drawn(Self.phone) }

    private func drawn(_ width: Double) -> Picture {
        var drawing = Drawing()
        let most = Int(width * 0.32 / Self.letter)
        let side = Double(min(most, (before + after).map(TextWidth.letters).max() ?? 0))
        let (left, right) = (side * Self.letter + 12, width - side * Self.letter - 12)
        let starts = places(before.indices.map { place in bands.filter { $0.from == place }.count })
        let ends = places(after.indices.map { place in bands.filter { $0.to == place }.count })
        var (fromUsed, toUsed) = (
            [Double](repeating: 0, count: before.count), [Double](repeating: 0, count: after.count)
        )
        for one in bands.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) })
        where before.indices.contains(one.from) && after.indices.contains(one.to) {
            let (y1, y2) = (
                starts[one.from].top + fromUsed[one.from], ends[one.to].top + toUsed[one.to]
            )
            fromUsed[one.from] += Self.band
            toUsed[one.to] += Self.band
            let middle = (left + right) / 2
            func at(_ x: Double, _ y: Double) -> String {
                "\(Drawing.number(x)),\(Drawing.number(y))"
            }
            let (low1, low2) = (y1 + Self.band - 2, y2 + Self.band - 2)
            let path = [
                "M", at(left, y1), "C", at(middle, y1), " ", at(middle, y2), " ", at(right, y2),
                "L",
                at(right, low2), "C", at(middle, low2), " ", at(middle, low1), " ", at(left, low1),
                "Z",
            ].joined()
            let words = Markup.escape("\(before[one.from]) → \(after[one.to])")
            let kind = one.isPart ? "flow-part" : "flow-whole"
            drawing.add(#"<path class="\#(kind)" d="\#(path)"><title>\#(words)</title></path>"#)
        }
        for (name, place) in zip(before, starts) {
            drawing.text(
                "flow-name chart-end", x: Drawing.number(left - 8),
                y: Drawing.number(place.middle + 7), TextWidth.shortened(name, to: most))
        }
        for (name, place) in zip(after, ends) {
            drawing.text(
                "flow-name chart-start", x: Drawing.number(right + 8),
                y: Drawing.number(place.middle + 7), TextWidth.shortened(name, to: most))
        }
        let height = max(starts.last?.bottom ?? 0, ends.last?.bottom ?? 0)
        return drawing.picture(
            "flow-chart", title: title,
            description: bands.filter {
                before.indices.contains($0.from) && after.indices.contains($0.to)
            }.map { "\(before[$0.from]) → \(after[$0.to])" }.joined(separator: "; "),
            size: .field(x: 0, y: 0, width: width, height: height + 8))
    }

    private typealias Stretch = (top: Double, middle: Double, bottom: Double)

    /// Where each name stands: as high as its bands, and no nearer to the next than letters need.
    private func places(_ counts: [Int]) -> [Stretch] {
        var top = 4.0
        return counts.map { count in
            let height = Double(max(1, count)) * Self.band
            defer { top += height + Self.apart }
            return (top, top + height / 2, top + height)
        }
    }
}
