/// A drawn chart, before it is known where it stands: in a page, which brings its colors and
/// letters, or in a file of its own.
package struct Picture: Sendable {
    /// How large it is where it stands.
    package enum Size: Sendable {
        /// As wide as its place, and so many of its own letters high.
        case letters(Double)
        /// A field of its own units, scaled to its place.
        case field(x: Double, y: Double, width: Double, height: Double)
        /// The same, drawn out to whatever its place is.
        case stretched(width: Double, height: Double)
    }

    let kind: String
    package let title: String
    package let description: String
    let size: Size
    let parts: [String]

    /// The picture in a page, with its title and what it shows for those who do not see it.
    ///
    /// Nobody reaches links inside an `img`; without a role a picture is a document of its own.
    package func svg() -> String {
        let role =
            parts.contains { $0.hasPrefix("<a ") }
            ? #"aria-label="\#(Markup.escape(title))""# : #"role="img""#
        return """
            <svg class="chart \(kind)" \(role) \(placed) xmlns="http://www.w3.org/2000/svg">
            <title>\(Markup.escape(title))</title>
            <desc>\(Markup.escape(description))</desc>
            \(parts.joined(separator: "\n"))
            </svg>
            """
    }

    private var placed: String {
        switch size {
        case .letters(let height): #"width="100%" height="\#(Drawing.number(height))em""#
        case .field: box
        case .stretched: box + #" preserveAspectRatio="none""#
        }
    }

    private var box: String {
        switch size {
        case .letters: ""
        case .field(let x, let y, let width, let height):
            #"viewBox="\#([x, y, width, height].map(Drawing.number).joined(separator: " "))""#
        case .stretched(let width, let height):
            #"viewBox="0 0 \#(Drawing.number(width)) \#(Drawing.number(height))""#
        }
    }

    /// How high it is in a place of a width where letters have a size.
    func height(in width: Double, letter: Double) -> Double {
        switch size {
        case .letters(let height): height * letter
        case .field(_, _, let own, let height): width * height / own
        case .stretched: letter * 4
        }
    }

    /// The picture within another drawing. What leads somewhere in a page leads nowhere there.
    func nested(x: Double, y: Double, width: Double, letter: Double) -> String {
        let ways = parts.map { part in
            part.hasPrefix("<a ") ? "<g>" : part == "</a>" ? "</g>" : part
        }
        let height = Drawing.number(height(in: width, letter: letter))
        return """
            <svg class="chart \(kind)" x="\(Drawing.number(x))" y="\(Drawing.number(y))" \
            width="\(Drawing.number(width))" height="\(height)" \(box)>
            \(ways.joined(separator: "\n"))
            </svg>
            """
    }
}

/// What can be drawn.
package protocol Chart: Sendable {
    var picture: Picture { get }
}

/// What is drawn otherwise for a phone.
package protocol NarrowChart: Chart {
    var narrow: Picture { get }
}

extension Chart {
    /// The picture as it stands in a page.
    package func svg() -> String { picture.svg() }
}
