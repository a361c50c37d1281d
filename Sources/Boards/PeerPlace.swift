import Catalogue
import Figures
import Web

/// Where a unit lies among units like it in one figure.
///
/// No other unit is named: a page tells how a unit stands, and a table of all is one click away.
struct PeerPlace: Sendable {
    enum Side: Sendable { case above, same, below }

    let side: Side
    let lowest: String
    let middle: String
    let highest: String
    private let own: (share: Double, text: String)
    private let others: [Double]
    private let middleShare: Double

    /// Nil where there are too few to compare.
    init?(_ answer: Answer, among answers: [Answer], _ indicator: Indicator, _ words: Words) {
        let sorted = answers.sorted { $0.isLess(than: $1) }
        guard sorted.count >= ThemeReader.fewest, let middle = sorted.lowerMiddle else {
            return nil
        }
        side = middle.isLess(than: answer) ? .above : answer.isLess(than: middle) ? .below : .same
        func phrase(_ answer: Answer) -> String {
            ComparedNumber(answer, indicator, words).phrase
        }
        let values = sorted.map { Double($0.rounded(indicator)) }
        let whole = indicator.wholeShare.map(Double.init) ?? 0
        let (from, to) = (min(0, values.first ?? 0), max(whole, values.last ?? 0))
        func share(_ value: Int) -> Double {
            to > from ? (Double(value) - from) / (to - from) : 0
        }
        own = (share(answer.rounded(indicator)), phrase(answer))
        others = Set(sorted.map { $0.rounded(indicator) }).sorted().map(share)
        middleShare = share(middle.rounded(indicator))
        (lowest, highest) = (phrase(sorted[0]), phrase(sorted[sorted.count - 1]))
        self.middle = phrase(middle)
    }

    /// The strip, drawn.
    func strip(_ name: String) -> PeerStrip {
        PeerStrip(
            title: name, words: "\(name) \(own.text) · \(lowest) – \(middle) – \(highest)",
            own: own.share, others: others, middle: middleShare)
    }
}
