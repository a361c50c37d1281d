import Catalogue
import Core
import Figures
import Ledger
import Web

// The tables of pages as files: row by row what stands on the page, and nothing that does not.

extension TableCell {
    /// A value as a page prints it: the number itself, or why there is none.
    fileprivate static func printed(_ data: String, _ phrase: String) -> TableCell {
        data.contains(where: \.isNumber) ? .exact(data) : .withheld(phrase)
    }
}

extension KindsPage {
    func table(_ words: Words) throws -> TableFile {
        var table = TableFile(
            title,
            [
                .text(words["kind_name"]), .text(words["kind_visibility"]),
                .text(words["kind_shape"]), .text(words["kind_says"]),
                .text(words["kind_persons"]),
            ])
        for group in groups {
            for row in group.rows {
                try table.add(
                    [row.name, group.visibility, row.shape, row.says, row.keepsPersons].map {
                        .text($0)
                    })
            }
        }
        return table
    }
}

extension FiguresPage {
    func table(_ words: Words) throws -> TableFile {
        var table = TableFile(
            title,
            [
                .text(words["figure_area"]), .text(words["figure_name"]),
                .text(words["figure_definition"]), .text(words["figure_counting_unit"]),
            ])
        for area in areas {
            for row in area.rows {
                try table.add(
                    [area.areaName, row.name, row.definition, row.unit].map { .text($0) })
            }
        }
        return table
    }
}

extension RulesPage {
    func table(_ words: Words) throws -> TableFile {
        var table = TableFile(
            title,
            [
                .text(words["rule_name"]), .text(words["rule_value"]),
                .text(words["rule_days"]), .text(words["rule_source"]),
                .text(words["rule_verify"]), .text(words["rule_notes"]),
            ])
        for row in rules {
            let notes = [row.scope, row.reference].compactMap { $0 } + row.insteadOf
            try table.add([
                .text(row.name), .text(row.value), .text(row.days), .text(row.source),
                .optional(row.mark), .text(notes.joined(separator: "\n")),
            ])
        }
        return table
    }
}

extension UnitsPage {
    func table(_ words: Words) throws -> TableFile {
        var table = TableFile(
            title,
            [
                .text(words["units_code"]), .text(words["unit_name"]),
                .text(words["unit_form"]), .text(words["unit_tree"]),
                .number(words["units_below"]),
            ])
        for group in groups {
            for row in group.rows {
                try table.add([
                    .text(row.code), .text(row.name), .text(row.form), .text(group.axis),
                    .exact(row.below.filter(\.isNumber)),
                ])
            }
        }
        return table
    }
}

extension ThemePage {
    func table(_ words: Words) throws -> TableFile {
        var table = TableFile(
            title,
            [
                .text(words["figure_name"]), .text(words["figure_ask_period"]),
                .number(words["figure_value"]), .text(words["table_printed"]),
                .text(words["theme_lowest"]), .text(words["theme_middle"]),
                .text(words["theme_highest"]), .text(words["theme_range"]),
            ])
        for line in lines?.each ?? [] {
            try table.add([
                .text(line.name), .text(line.when), .printed(line.data, line.phrase),
                .text(line.phrase), .optional(line.range?.lowest),
                .optional(line.range?.middle), .optional(line.range?.highest),
                .optional(line.range.map { $0.level.filter { !"：:".contains($0) }.trimmed }),
            ])
        }
        return table
    }
}

extension Snapshot {
    /// A figure of a unit, and by the units directly below it.
    func table(_ question: Question, _ indicator: Indicator) throws -> TableFile {
        var table = TableFile(
            indicator.name[language],
            [
                .text(words["units_code"]), .text(words["unit_name"]),
                .text(words["unit_form"]), .number(words["figure_value"]),
                .text(words["table_printed"]), .text(words["table_fraction"]),
                .text(words["figure_ask_period"]),
            ])
        let told = try disclosures.disclosure(question)
        let answer = try reading.answer(question)
        let version = structure.nearestVersion(question.unit, on: question.mapDay)
        var own = BreakdownPart.Row(
            name: version?.name ?? "–",
            form: version.flatMap { catalogue.forms[$0.form]?.name[language] } ?? "",
            DisplayedAnswer(answer, told, indicator, words), fraction: answer.fraction(told),
            words)
        own.code = version?.code
        let parts =
            indicator.from == .rule
            ? nil
            : try BreakdownPart(question, indicator, self, limit: Limits.tableRows)
        for row in [own] + (parts?.rows ?? []) {
            try table.add([
                .optional(row.code), .text(row.name), .text(row.form),
                .printed(row.rowData, row.rowPhrase), .text(row.rowPhrase),
                row.rowFraction.isEmpty ? .empty : .text(row.rowFraction),
                .text(question.period.words[language]),
            ])
        }
        return table
    }
}
