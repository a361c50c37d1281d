import Catalogue
import Core
import Ledger

/// One figure as a row of a file expects it: the question, and what the answer should be.
///
/// A row says either a value or, under `state`, why there is none. Nothing in it is passed over:
/// what cannot be read is a fault of the row, since a row that was not checked must not look as if
/// it had been.
struct ExpectedFigure {
    private let values: [String: String]

    init(_ row: CSV.Row, of table: ImportTable) {
        var values: [String: String] = [:]
        for (heading, value) in zip(table.headings, row.values) { values[heading] = value.trimmed }
        self.values = values
    }

    func text(_ column: String) -> String { values[column] ?? "" }

    /// The whole number in a column; nil where it is empty or no number.
    private func number(_ column: String) -> Int? { Int(text(column)) }

    /// What is expected, as a person reads it.
    var said: String {
        text("state").isEmpty ? text("value") + " " + text("counting_unit") : text("state")
    }

    /// - Throws: `Refusal.invalid` beside the part that cannot be read.
    func question(_ reading: Figures.Reading) throws -> Question {
        try reading.question(
            text("indicator"), unit: text("unit"), period: text("period"),
            structure: Question.Standpoint(rawValue: text("structure")) ?? .then)
    }

    /// The qualifiers a row may name; an empty one is `exact`.
    private enum Qualifier: String, CaseIterable {
        case exact, each, over
        case moreThan = "more-than"
    }

    private var qualifier: Qualifier? {
        let said = text("qualifier").replacing("_", with: "-")
        return said.isEmpty ? .exact : Qualifier(rawValue: said)
    }

    private var state: Answer.State? { Answer.State(rawValue: text("state")) }

    /// What of the row cannot be read.
    var faults: [Wording] {
        var faults = numberFaults
        if qualifier == nil {
            let known = Qualifier.allCases.map(\.rawValue)
            faults.append(unknown("qualifier", known: known))
        }
        if !text("structure").isEmpty, Question.Standpoint(rawValue: text("structure")) == nil {
            let known = Question.Standpoint.allCases.map(\.rawValue)
            faults.append(unknown("structure", known: known))
        }
        let absences = Answer.State.allCases.filter { $0 != .value }.map(\.rawValue)
        if !text("state").isEmpty {
            if !absences.contains(text("state")) {
                faults.append(unknown("state", known: absences))
            }
            if ["value", "numerator", "denominator"].contains(where: { !text($0).isEmpty }) {
                faults.append(
                    Wording(
                        zh: "state 说没有数值，value、numerator、denominator 应留空",
                        en: "state says that there is no value: leave value, numerator and "
                            + "denominator empty"))
            }
        } else if text("value").isEmpty {
            faults.append(
                Wording(
                    zh: "请填 value；没有数值的，在 state 写明原因，例如 no_data",
                    en: "give the value, or say under state why there is none, such as no_data"))
        }
        return faults
    }

    private var numberFaults: [Wording] {
        var faults = ["value", "numerator", "denominator"].compactMap { column in
            text(column).isEmpty || number(column) != nil
                ? nil
                : Wording(
                    zh: "\(column)“\(text(column))”不是整数",
                    en: "\(column) “\(text(column))” is not a whole number")
        }
        if !text("step").isEmpty, (number("step") ?? 0) < 1 {
            faults.append(
                Wording(
                    zh: "step“\(text("step"))”应是1或更大的整数",
                    en: "step “\(text("step"))” is not a whole number from 1 upwards"))
        }
        return faults
    }

    private func unknown(_ column: String, known: [String]) -> Wording {
        Wording(
            zh: "不认识 \(column)“\(text(column))”，可以写：\(known.joined(separator: "、"))",
            en: "\(column) “\(text(column))” is not known: write \(known.joined(separator: ", "))")
    }

    /// What differs between the expected figure and an answer.
    func mismatches(
        _ answer: Answer, _ indicator: Indicator, _ phrase: Wording
    ) -> [Wording] {
        if let state {
            if answer.state == state { return [] }
            let found = answer.hasValue ? phrase : Phrase.absence(answer.state)
            return [Wording(zh: "实为\(found.zh)", en: "it is \(found.en)")]
        }
        guard answer.hasValue, let value = number("value") else {
            return [Phrase.absence(answer.state)]
        }
        var list = valueMismatches(answer, indicator, value)
        for (column, found) in [
            ("numerator", answer.numerator), ("denominator", answer.denominator),
        ] {
            if let number = number(column), number != found {
                list.append(
                    Wording(
                        zh: "\(column) 应为 \(number)，实为 \(found)",
                        en: "\(column) \(number) expected, \(found) found"))
            }
        }
        if !text("phrase").isEmpty, text("phrase") != phrase.zh {
            list.append(Wording(zh: "文字是“\(phrase.zh)”", en: "the phrase is “\(phrase.zh)”"))
        }
        if !text("counting_unit").isEmpty, text("counting_unit") != indicator.unit {
            list.append(
                Wording(
                    zh: "计量单位是“\(indicator.unit)”", en: "the counting unit is “\(indicator.unit)”"))
        }
        return list
    }

    private func valueMismatches(
        _ answer: Answer, _ indicator: Indicator, _ value: Int
    ) -> [Wording] {
        var list: [Wording] = []
        let differs = Wording(
            zh: "实为 \(answer.rounded(indicator))", en: "it is \(answer.rounded(indicator))")
        switch qualifier {
        case .exact, .each, nil:
            if answer.rounded(indicator) != value { list.append(differs) }
            if qualifier == .each, answer.count == 0 {
                list.append(Wording(zh: "没有成员", en: "there are no members"))
            }
        case .over, .moreThan:
            if !answer.isAbove(value, indicator) {
                list.append(Wording(zh: "没有超过 \(value)", en: "it is not above \(value)"))
            }
            let floor = answer.floor(to: number("step") ?? 1, indicator)
            if floor != value {
                list.append(
                    Wording(zh: "按步长取整是 \(floor)", en: "the step below it is \(floor)"))
            }
        }
        return list
    }
}
