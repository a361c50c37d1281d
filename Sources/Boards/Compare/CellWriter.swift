import Catalogue
import Core
import Figures
import Organization
import Web

/// Writes the cells of a comparison: each a number that leads to its figure, with a bar under it
/// where there is one period, or in a shade where there are several.
struct CellWriter {
    private let table: FigureTable
    private let chosen: ChosenTable
    private let snapshot: Snapshot
    private let largest: [Int]
    private let isCut: Bool
    /// What stands before and behind the code of a unit in the addresses of each column.
    private let heads: [String]
    private let tails: [String]

    /// How many shades there are above none.
    static let shades = 4

    init(_ table: FigureTable, _ chosen: ChosenTable, _ snapshot: Snapshot) {
        self.table = table
        self.chosen = chosen
        self.snapshot = snapshot
        isCut = chosen.periods.count > 1
        let structure = chosen.asked.structure
        heads = table.columns.map { column in
            Markup.escape(Address("figures", column.indicator.id).text + "?unit=")
        }
        tails = table.columns.map { column in
            let map = structure == .then ? "" : "&structure=\(structure.rawValue)"
            return Markup.escape("&period=\(Address.encode(column.period.text))\(map)")
        }
        largest = zip(table.largest(), chosen.indicators).map { most, indicator in
            max(most, indicator.wholeShare ?? 0)
        }
    }

    func html(_ row: FigureTable.Row, bars: Bool) -> String {
        var html = ""
        for (place, cell) in row.cells.enumerated() {
            let column = table.columns[place]
            let said = ComparedNumber(cell, column.indicator, snapshot.words)
            let share = largest[column.figure]
            let value = cell.hasNumber ? max(0, cell.answer.rounded(column.indicator)) : 0
            html += "<td"
            if isCut, cell.hasNumber, share > 0, value > 0 {
                html += " class=\"shade-\((value * Self.shades + share - 1) / share)\""
            }
            html += "><a href=\""
            html += href(row.unit, place)
            html += "\" data-value=\"\(said.data)\">\(Markup.escape(said.text))</a>"
            if bars, cell.hasNumber {
                html += bar(share > 0 ? Double(min(value, share)) / Double(share) : 0)
            }
            html += "</td>"
        }
        return html
    }

    private func bar(_ share: Double) -> String {
        "<svg class=\"cell-bar\" aria-hidden=\"true\"><rect width=\""
            + Drawing.number(share * 100) + "%\" height=\"100%\"/></svg>"
    }

    /// The address of a cell's figure. There are many, so what all cells of a column share is
    /// written once; a code that has passed to another unit is looked up as everywhere.
    private func href(_ unit: UnitVersion, _ place: Int) -> String {
        let column = table.columns[place]
        let day = chosen.asked.structure == .now ? snapshot.today : column.period.lastDay
        guard snapshot.structure.unit(code: unit.code, nearest: day)?.unit == unit.unit else {
            return Markup.escape(
                snapshot.figure(
                    column.indicator, unit, column.period, chosen.asked.structure
                ).text)
        }
        return heads[place] + Markup.escape(Address.encode(unit.code)) + tails[place]
    }

    func html(medians: [Answer?]) -> String {
        zip(table.columns, medians).map { column, answer in
            let text = answer.map {
                ComparedNumber($0, column.indicator, snapshot.words).text
            }
            return "<td>\(Markup.escape(text ?? "–"))</td>"
        }.joined()
    }
}

/// A number where its unit stands at the head of the column: exact, so that two can be compared.
struct ComparedNumber {
    let text: String
    /// The same with its unit, for a sentence.
    let phrase: String
    /// What stands in `data-value`.
    let data: String

    init(_ cell: FigureTable.Cell, _ indicator: Indicator, _ words: Words) {
        let said = DisplayedAnswer(cell.answer, cell.told, indicator, words)
        data = said.data
        guard cell.hasNumber else {
            (text, phrase) = (said.phrase, said.phrase)
            return
        }
        // A share that is not whole is never printed as whole, and one of something never as none.
        guard indicator.unit != "%" else {
            (text, phrase) = (said.phrase.replacing("%", with: ""), said.phrase)
            return
        }
        text = cell.answer.rounded(indicator)
            .decimal(per: power(10, indicator.round), keepsZeros: true, \.grouped)
        phrase = words.exactly(cell.answer, indicator)
    }

    /// Of a number that everybody may know.
    init(_ answer: Answer, _ indicator: Indicator, _ words: Words) {
        self.init(FigureTable.Cell(answer: answer, told: .open), indicator, words)
    }
}

extension Words {
    /// A number in a sentence: Chinese ones have plain digits, English ones part the thousands.
    func digits(_ number: Int, per size: Int = 1, keepsZeros: Bool = false) -> String {
        number.decimal(per: size, keepsZeros: keepsZeros) {
            language == .zh ? String($0) : $0.grouped
        }
    }

    /// An exact number with its unit, as a figure prints it: 2266人次, 1.1亿元.
    func exactly(_ answer: Answer, _ indicator: Indicator) -> String {
        guard [.exact, .over, .moreThan].contains(indicator.qualifier) else {
            return amount(
                digits(
                    answer.rounded(indicator), per: power(10, indicator.round), keepsZeros: true),
                indicator)
        }
        return Phrase(exactly: answer, indicator, language).text
    }

    /// A number with what the figure counts: 96节, 96 lectures.
    func amount(_ number: String, _ indicator: Indicator) -> String {
        let unit = CountingUnit.words(indicator.unit)[language]
        return self["compare_amount", ["number": number, "unit": unit]]
    }
}
