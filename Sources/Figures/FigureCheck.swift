import Catalogue
import Core
import Ledger
import Storage

/// Checks printed figures against the ledger: a file of expected values, row by row. It knows no
/// row by itself.
package struct FigureCheck: Sendable {
    package struct Row: Sendable {
        package let id: String
        package let indicator: String
        package let expected: String
        package let computed: String
        package let phrase: String
        package let mismatches: [String]

        package var matched: Bool { mismatches.isEmpty }
    }

    package let rows: [Row]

    package var matched: Int { rows.filter(\.matched).count }

    /// The columns a file of figures has; `computed_from` and `printed` are for people.
    package static let columns = [
        "id", "indicator", "unit", "period", "value", "qualifier", "step", "counting_unit",
        "phrase", "numerator", "denominator",
    ]

    init(_ table: ImportTable, _ reading: Figures.Reading) throws {
        let missing = Self.columns.filter { !table.headings.contains($0) }
        guard missing.isEmpty else {
            throw Refusal.invalid(
                "标题", zh: "缺少标题：\(missing.joined(separator: "、"))。",
                en: "Headings are missing: \(missing.joined(separator: ", ")).")
        }
        rows = table.rows.map { row in
            Row(Expectation(row, of: table), reading)
        }
    }
}

extension Figures {
    /// Compares a file of expected figures with the ledger as it stands.
    ///
    /// - Throws: `Refusal.invalid` with the headings that are missing.
    package func check(_ table: ImportTable) async throws -> FigureCheck {
        let questions = try await district.database.read { db in
            let reading = try reading(db)
            return table.rows.compactMap { row in
                let expected = Expectation(row, of: table)
                // A question that cannot be asked is named with its row, below.
                return try? reading.question(
                    expected.text("indicator"), unit: expected.text("unit"),
                    period: expected.text("period"))
            }
        }
        try await prepare(questions)
        return try await district.database.read { db in
            try FigureCheck(table, try reading(db))
        }
    }
}

/// One expected figure, as its row says it.
private struct Expectation {
    let values: [String: String]

    init(_ row: CSV.Row, of table: ImportTable) {
        var values: [String: String] = [:]
        for (heading, value) in zip(table.headings, row.values) { values[heading] = value }
        self.values = values
    }

    func text(_ key: String) -> String { values[key] ?? "" }
    func number(_ key: String) -> Int? { Int(text(key)) }
}

extension FigureCheck.Row {
    fileprivate init(_ expected: Expectation, _ reading: Figures.Reading) {
        id = expected.text("id")
        indicator = expected.text("indicator")
        self.expected = expected.text("value") + " " + expected.text("counting_unit")
        do {
            let question = try reading.question(
                indicator, unit: expected.text("unit"), period: expected.text("period"))
            let definition = try reading.reckoner.indicator(indicator)
            let answer = try reading.answer(question)
            phrase = Phrase(answer, definition, .zh).text
            computed = answer.text(definition)
            mismatches = expected.mismatches(answer, definition, phrase)
        } catch {
            computed = "–"
            phrase = "–"
            mismatches = [(error as? Refusal)?.text(.en) ?? "\(error)"]
        }
    }
}

extension Expectation {
    /// What differs between the expected figure and an answer, in words.
    fileprivate func mismatches(
        _ answer: Answer, _ indicator: Indicator, _ phrase: String
    ) -> [String] {
        guard answer.hasValue else { return [Phrase.absence(answer.state).en] }
        var list: [String] = []
        guard let value = number("value") else { return ["the expected value is not a number"] }
        let qualifier = text("qualifier")
        switch qualifier {
        case "exact", "each":
            if answer.rounded(indicator) != value { list.append("value") }
            if qualifier == "each", answer.count == 0 { list.append("no members") }
        case "over", "more-than":
            let step = number("step") ?? 1
            if !answer.isAbove(value, indicator) { list.append("not above \(value)") }
            if answer.floor(to: step, indicator) != value { list.append("floor") }
        default: list.append("the qualifier “\(qualifier)” is not known")
        }
        if let numerator = number("numerator"), answer.numerator != numerator {
            list.append("numerator \(answer.numerator)")
        }
        if let denominator = number("denominator"), answer.denominator != denominator {
            list.append("denominator \(answer.denominator)")
        }
        if !text("phrase").isEmpty, text("phrase") != phrase { list.append("phrase") }
        if !text("counting_unit").isEmpty, text("counting_unit") != indicator.unit {
            list.append("counting unit \(indicator.unit)")
        }
        return list
    }
}

extension Answer {
    /// The value in figures: `57/91`, `2310 30/60` or `7`, for terminals and files.
    package func text(_ indicator: Indicator) -> String {
        guard hasValue else { return state.rawValue }
        if isRatio { return "\(numerator)/\(denominator) = \(rounded(indicator))" }
        return "\(rounded(indicator))"
    }
}
