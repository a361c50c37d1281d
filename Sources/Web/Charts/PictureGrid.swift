/// Small pictures beside each other under their names, as one picture to be taken away; a page
/// sets them in its own columns.
package struct PictureGrid: Chart {
    package let title: String
    package let pictures: [(name: String, picture: Picture)]
    /// How many stand beside each other.
    package let columns: Int

    package init(
        title: String, pictures: [(name: String, picture: Picture)], columns: Int = 3
    ) {
        self.title = title
        self.pictures = pictures
        self.columns = columns
    }

    /// As wide as a picture in a file, so that letters keep their size.
    private static let (width, gap, letter) = (712.0, 26.0, 14.0)
    /// How wide a letter of a name is, which is bold.
    private static let nameLetter = 8.4

    private var cell: Double {
        (Self.width - Self.gap * Double(columns - 1)) / Double(columns)
    }

    package var picture: Picture {
        var drawing = Drawing()
        let heights = pictures.map { $0.picture.height(in: cell, letter: Self.letter) }
        let row = (heights.max() ?? 0) + 36
        for (place, one) in pictures.enumerated() {
            let x = Double(place % columns) * (cell + Self.gap)
            let y = Double(place / columns) * row
            drawing.text(
                "chart-name", x: Drawing.number(x), y: Drawing.number(y + 15),
                TextWidth.shortened(one.name, to: Int(cell / Self.nameLetter)))
            drawing.add(
                one.picture.nested(x: x, y: y + 20, width: cell, letter: Self.letter))
        }
        let rows = (pictures.count + columns - 1) / columns
        return drawing.picture(
            "picture-grid", title: title,
            description: pictures.map { "\($0.name): \($0.picture.description)" }
                .joined(separator: "; "),
            size: .field(
                x: 0, y: 0, width: Self.width, height: max(1, Double(rows) * row)))
    }

    /// The pictures in the columns of a page, each leading somewhere.
    package func drawings(_ hrefs: [String]) -> ChartFrame.Drawings {
        ChartFrame.Drawings(picture: picture, html: html(hrefs))
    }

    /// The pictures as a page sets them, each under a link.
    private func html(_ hrefs: [String]) -> String {
        let figures = zip(pictures, hrefs).map { one, href in
            "<figure><figcaption><a href=\"\(Markup.escape(href))\">\(Markup.escape(one.name))"
                + "</a></figcaption>\(one.picture.svg())</figure>"
        }
        return "<div class=\"multiples\">\(figures.joined(separator: "\n"))</div>"
    }
}
