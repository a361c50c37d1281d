import Core

/// A chart as every page frames it, for the partial `chart`: what it finds, what is shown and in
/// what unit, the drawing, where it comes from, and the ways to take it away.
///
///     ChartFrame("course", finding: finding, what: what, chart.picture, site.takeAway, words)
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

    /// - Parameters:
    ///   - name: letters only, told apart from other pictures of the page.
    ///   - narrow: the picture for a phone, where the other would be too wide.
    package init(
        _ name: String, finding: String, what: String, _ picture: Picture,
        narrow: Picture? = nil, data: TableFile? = nil, _ takeAway: TakeAway, _ words: Words
    ) {
        self.name = name
        self.finding = finding
        self.what = what
        self.picture = picture
        self.data = data
        source = words["chart_source", ["day": takeAway.day.description]]
        wideHTML = picture.svg()
        narrowHTML = narrow?.svg()
        csvHref = data == nil ? nil : takeAway.picture(name, as: .csv).text
        svgHref = takeAway.picture(name, as: .svg).text
        pngHref = takeAway.picture(name, as: .png).text
    }
}

/// A page whose charts can be taken away one by one.
package protocol Pictured: Page {
    var frames: [ChartFrame] { get }
}
