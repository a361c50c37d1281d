/// Where the parts of a row stand: shares of the width, and heights in letters.
struct RowLayout {
    /// The field of the marks.
    let (left, right): (Double, Double)
    let labelAt: Double
    let labelLetters: Int
    let valueAt: Double
    /// Where it is written what a number is made of; nil where there is no room for it.
    let noteAt: Double?
    let top: Double
    let rowHeight: Double
    /// The foot of the words, and the middle of the mark, below the top of a row.
    let (words, mark): (Double, Double)
    /// Whether a row takes two lines, and the field the whole width.
    let isTight: Bool
    /// How many letters the drawing is wide where it is narrowest.
    private let width: Double

    /// Drawings of whole rows are shown from this width on, drawings for phones from that.
    private static let (page, phone) = (42.0, 21.0)
    /// The longest label of a whole row, in Latin letters.
    private static let longestLabel = 24
    static let lineHeight = 1.3

    init(wide chart: RowChart) {
        width = Self.page
        isTight = false
        func longest(_ texts: [String]) -> Int { texts.map(TextWidth.letters).max() ?? 0 }
        labelLetters = min(Self.longestLabel, longest(chart.rows.map(\.label)))
        let labels = Self.width(labelLetters) + 1
        let values = Self.width(longest(chart.rows.map(\.text))) + 1.2
        let notes = longest(chart.rows.map(\.note))
        let noteWidth = notes > 0 ? Self.width(notes) + 1 : 0
        left = 100 / width * labels
        right = 100 - 100 / width * (values + noteWidth)
        labelAt = left - 100 / width * 0.7
        valueAt = right + 100 / width * values
        noteAt = notes > 0 ? valueAt + 100 / width * 0.7 : nil
        top = Self.top(chart)
        (rowHeight, words, mark) = (1.75, 1.2, 0.87)
    }

    init(narrow chart: RowChart) {
        width = Self.phone
        isTight = true
        let values = chart.rows.map { TextWidth.letters($0.text) }.max() ?? 0
        labelLetters = max(8, Int(Self.phone / Self.letter) - values - 2)
        // A mark at either end keeps within the drawing.
        (left, right) = (2, 98)
        (labelAt, valueAt, noteAt) = (0, 100, nil)
        top = Self.top(chart)
        (rowHeight, words, mark) = (2.7, 1.1, 1.9)
    }

    /// What stands above the rows: what the marks are, and a line of words for each line.
    private static func top(_ chart: RowChart) -> Double {
        (chart.names == nil ? 0 : 1.7) + Double(chart.lines.count) * lineHeight + 0.5
    }

    /// How wide a Latin letter is, in the size of the letters.
    private static let letter = 0.54

    static func width(_ text: String) -> Double { width(TextWidth.letters(text)) }

    private static func width(_ letters: Int) -> Double { Double(letters) * letter }

    /// So many of the letters as a share of the width.
    func share(_ letters: Double) -> Double { letters * 100 / width }

    /// Whether a number of the axis is written: on a phone the ends and the middle only.
    func labelsAxis(_ place: Int, of axis: [ColumnChart.Tick]) -> Bool {
        let ends = place == 0 || place == axis.count - 1
        return ends || !isTight || axis.count <= 3 || (axis.count == 5 && place == 2)
    }
}
