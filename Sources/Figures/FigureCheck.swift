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
        package let phrase: Wording
        /// What differs, or why the row cannot be checked; empty for a row that matches.
        package let mismatches: [Wording]

        package var matched: Bool { mismatches.isEmpty }
    }

    package let rows: [Row]

    package var matched: Int { rows.filter(\.matched).count }

    /// The columns a file of figures has; others, such as `computed_from`, are for people.
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
            Row(ExpectedFigure(row, of: table), reading)
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
            // A question that cannot be asked is named with its row, below.
            return table.rows.compactMap { try? ExpectedFigure($0, of: table).question(reading) }
        }
        try await prepare(questions)
        return try await district.database.read { db in
            try FigureCheck(table, try reading(db))
        }
    }
}

extension FigureCheck.Row {
    fileprivate init(_ expected: ExpectedFigure, _ reading: Figures.Reading) {
        id = expected.text("id")
        indicator = expected.text("indicator")
        self.expected = expected.said
        var found: (computed: String, phrase: Wording) = ("–", Wording(zh: "–", en: "–"))
        var differences = expected.faults
        do {
            let question = try expected.question(reading)
            let definition = try reading.reckoner.indicator(indicator)
            let answer = try reading.answer(question)
            found.computed = answer.text(definition)
            found.phrase = Wording(
                zh: Phrase(answer, definition, .zh).text, en: Phrase(answer, definition, .en).text)
            // A row that cannot be read cannot be said to match in part.
            if differences.isEmpty {
                differences = expected.mismatches(answer, definition, found.phrase)
            }
        } catch {
            let words = { (language: Language) in
                (error as? Refusal)?.text(language) ?? "\(error)"
            }
            differences.append(Wording(zh: words(.zh), en: words(.en)))
        }
        (computed, phrase) = found
        mismatches = differences
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
