/// A map of areas, each in a shade by its value; what has no value is hatched. What the shades mean
/// stands below. A name is written where it touches no other.
package struct MapChart: NarrowChart {
    package let title: String
    package let areas: [Area]
    package let classes: MapClasses
    /// What the legend calls an area without a value.
    package let missing: String
    /// What the marks of the areas count; nil where there are none.
    package let marked: String?
    /// A value as it is written in the legend.
    package let written: @Sendable (Int) -> String

    package struct Area: Sendable {
        package let label: String
        /// Nil where nothing is told; the area then has no shade.
        package let value: Int?
        package let text: String
        package let href: String
        package let outline: Outline
        /// How many things lie in it, where a map shows them beside its shades.
        package let mark: String?

        package init(
            _ label: String, _ value: Int?, text: String, href: String, outline: Outline,
            mark: String? = nil
        ) {
            self.label = label
            self.value = value
            self.text = text
            self.href = href
            self.outline = outline
            self.mark = mark
        }
    }

    package init(
        title: String, areas: [Area], by way: MapClasses.Way = .equal, missing: String = "–",
        marked: String? = nil, written: @escaping @Sendable (Int) -> String
    ) {
        self.title = title
        self.areas = areas
        classes = MapClasses(way, of: areas.compactMap(\.value))
        self.missing = missing
        self.marked = marked
        self.written = written
    }

    private var isNarrow = false

    /// How wide the field is where letters have 20 of its units: on a page, and on a phone.
    private static let (page, phone) = (1000.0, 520.0)
    /// How wide a Latin letter is, and how high a line, in those units.
    private static let (letter, line) = (11.0, 25.0)

    package func svg() -> String { areas.isEmpty ? "" : picture.svg() }

    package var picture: Picture { drawn(Self.page) }

    /// The same in a narrower field, so that its letters stay as large.
    package var narrow: Picture {
        var other = self
        other.isNarrow = true
        return other.drawn(Self.phone)
    }

    private func drawn(_ width: Double) -> Picture {
        var drawing = Drawing()
        let corners = areas.flatMap(\.outline.corners)
        guard let left = corners.map(\.x).min(), let right = corners.map(\.x).max(),
            let top = corners.map(\.y).min(), let bottom = corners.map(\.y).max(), right > left
        else {
            return drawing.picture(
                "map-chart", title: title, description: "", size: .letters(0))
        }
        let scale = width / Double(right - left)
        let shapes = areas.map { area in
            DrawnArea(
                rings: area.outline.rings.map { ring in
                    ring.map { (Double($0.x - left) * scale, Double($0.y - top) * scale) }
                })
        }
        addHatch(&drawing)
        for (area, shape) in zip(areas, shapes) { add(area, shape, &drawing) }
        addWords(shapes, width, &drawing)
        let below = addLegend(under: Double(bottom - top) * scale + 18, width, &drawing)
        return drawing.picture(
            "map-chart", title: title,
            description: areas.map(\.words).joined(separator: "; "),
            size: .field(x: -4, y: -4, width: width + 8, height: below + 8))
    }

    /// The name of the hatch: a page may have several maps, and each of them twice.
    private var hatch: String {
        let number = (title + areas.map(\.text).joined()).unicodeScalars.reduce(5_381) {
            ($0 &* 33 &+ Int($1.value)) & 0xFFFF_FFFF
        }
        return "hatch-\(number)-\(areas.count)\(isNarrow ? "-narrow" : "")"
    }

    private func addHatch(_ drawing: inout Drawing) {
        guard areas.contains(where: { $0.value == nil }) else { return }
        drawing.add(
            #"<pattern id="\#(hatch)" width="10" height="10" patternUnits="userSpaceOnUse">"#
                + #"<path class="map-hatch" d="M0,10L10,0"/></pattern>"#)
    }

    /// What an area is filled with, where its shade is no color of the style sheet.
    private func fill(_ step: Int) -> String { step == 0 ? #" fill="url(#\#(hatch))""# : "" }

    private func add(_ area: Area, _ shape: DrawnArea, _ drawing: inout Drawing) {
        let step = classes.step(of: area.value)
        drawing.add(#"<a href="\#(Markup.escape(area.href))">"#)
        drawing.add(
            #"<path class="map-area map-step-\#(step)"\#(fill(step)) fill-rule="evenodd" "#
                + #"d="\#(shape.path)"><title>"#
                + Markup.escape(area.words) + "</title></path>")
        drawing.add("</a>")
    }

    /// The names and numbers of the areas, the largest first: what would touch another is written
    /// as its number alone, or is left to the title of its area and to the table.
    private func addWords(_ shapes: [DrawnArea], _ width: Double, _ drawing: inout Drawing) {
        var taken: [(left: Double, right: Double, top: Double, bottom: Double)] = []
        let order = areas.indices.sorted { shapes[$0].size > shapes[$1].size }
        for place in order {
            let (area, middle) = (areas[place], shapes[place].middle)
            let name = (kind: "map-label", text: TextWidth.shortened(area.label, to: 16))
            let own =
                [(kind: "map-value", text: area.text)]
                + (area.mark.map { [(kind: "map-mark", text: Self.mark + $0)] } ?? [])
            for lines in [[name] + own, own, Array(own.suffix(1))] {
                let longest = lines.map { TextWidth.letters($0.text) }.max() ?? 0
                let half = Double(longest) * Self.letter / 2 + 3
                let high = Double(lines.count) * Self.line / 2
                let x = min(max(middle.x, half), width - half)
                let box = (
                    left: x - half, right: x + half, top: middle.y - high,
                    bottom: middle.y + high
                )
                let isFree = taken.allSatisfy {
                    box.right <= $0.left || $0.right <= box.left || box.bottom <= $0.top
                        || $0.bottom <= box.top
                }
                guard isFree else { continue }
                taken.append(box)
                drawing.add(#"<a href="\#(Markup.escape(area.href))">"#)
                for (index, line) in lines.enumerated() {
                    drawing.text(
                        line.kind, x: Drawing.number(x),
                        y: Drawing.number(box.top + Self.line * (Double(index) + 0.8)), line.text)
                }
                drawing.add("</a>")
                break
            }
        }
    }

    /// What stands before the number of things in an area.
    private static let mark = "● "

    /// From where each shade begins, in as many rows as it takes; answers where the last one ends.
    private func addLegend(
        under top: Double, _ width: Double, _ drawing: inout Drawing
    ) -> Double {
        var entries = classes.bounds.enumerated().map { ($0 + 1, "≥ " + written($1)) }
        if areas.contains(where: { $0.value == nil }) { entries.append((0, missing)) }
        var (x, y) = (0.0, top)
        for (step, words) in entries {
            let needed = 46 + Double(TextWidth.letters(words)) * Self.letter
            if x > 0, x + needed > width { (x, y) = (0, y + 36) }
            drawing.add(
                #"<rect class="map-key map-step-\#(step)"\#(fill(step)) x="\#(Drawing.number(x))""#
                    + #" y="\#(Drawing.number(y))" width="30" height="26"/>"#)
            drawing.text(
                "map-legend", x: Drawing.number(x + 38), y: Drawing.number(y + 20), words)
            x += needed + 16
        }
        if let marked {
            let words = Self.mark + marked
            if x > 0, x + Double(TextWidth.letters(words)) * Self.letter > width {
                (x, y) = (0, y + 36)
            }
            drawing.text(
                "map-legend", x: Drawing.number(x), y: Drawing.number(y + 20), words)
        }
        return y + 34
    }
}

extension MapChart.Area {
    /// The area in words.
    fileprivate var words: String { "\(label) \(text)" + (mark.map { " (\($0))" } ?? "") }
}
