import Core

/// A chart as every page frames it, for the partial `chart`: what it finds, what is shown and in
/// what unit, the drawing, where it comes from, and the ways to take it away.
///
///     ChartFrame("months", finding: finding, what: what, chart.drawings, site.takeAway, words)
package struct ChartFrame: Sendable {
    /// What the picture is called in the page's address.
    package let name: String
    package let finding: String
    package let what: String
    let source: String
    let wideHTML: String
    /// The same drawn for a phone, where one drawing does not fit both.
    let narrowHTML: String?
    let csvHref: String?
    let svgHref: String
    let pngHref: String
    package let picture: Picture
    /// The numbers that are drawn, for whoever takes them away.
    package let data: TableFile?
    /// Where the finding leads, on a page that only shows the picture and takes none away.
    package private(set) var headHref: String?

    /// The same as it stands on another page than its own.
    package func leading(to href: String) -> ChartFrame {
        var frame = self
        frame.headHref = href
        return frame
    }

    /// - Parameter name: letters only, told apart from other pictures of the page.
    package init(
        _ name: String, finding: String, what: String, _ drawings: Drawings,
        data: TableFile? = nil, _ takeAway: TakeAway, _ words: Words
    ) {
        self.name = name
        self.finding = finding
        self.what = what
        picture = drawings.picture
        self.data = data
        source = words["chart_source", ["day": takeAway.day.description]]
        wideHTML = drawings.html ?? drawings.picture.svg()
        narrowHTML = drawings.narrow?.svg()
        csvHref = data == nil ? nil : takeAway.picture(name, as: .csv).text
        svgHref = takeAway.picture(name, as: .svg).text
        pngHref = takeAway.picture(name, as: .png).text
    }
}

extension ChartFrame {
    /// A chart as it is drawn for different places.
    package struct Drawings: Sendable {
        /// As it is taken away, and set in a page unless something else is.
        let picture: Picture
        /// The same for a phone, where the other would be too wide.
        var narrow: Picture?
        /// How a page sets it, where that is not the picture as it is taken away.
        var html: String?
    }
}

extension Chart {
    /// One drawing that fits everywhere.
    package var drawings: ChartFrame.Drawings { ChartFrame.Drawings(picture: picture) }
}

extension NarrowChart {
    /// One drawing for a page and another for a phone.
    package var drawings: ChartFrame.Drawings {
        ChartFrame.Drawings(picture: picture, narrow: narrow)
    }
}

/// A page whose charts can be taken away one by one.
package protocol Pictured: Page {
    var frames: [ChartFrame] { get }
}
