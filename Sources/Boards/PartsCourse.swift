import Catalogue
import Core
import Figures
import Web

/// What a figure was made of, month by month: the largest parts by a field of its records, and the
/// rest as one more.
struct PartsCourse {
    let frame: ChartFrame

    /// Nil for what does not add up, for fewer than two months, and where the parts of a month may
    /// not be told.
    init?(
        _ question: Question, _ indicator: Indicator, by field: Kind.Field, _ snapshot: Snapshot
    ) throws {
        guard indicator.addsUp, !indicator.isOfDay else { return nil }
        let months = ThemeReader(snapshot: snapshot).months(question, indicator)
        guard months.count >= FigureCourse.fewest, months.count <= Self.monthLimit else {
            return nil
        }
        guard let found = try Self.months(months, question, indicator, snapshot) else {
            return nil
        }
        var sums: [String?: Int] = [:]
        for own in found { sums.merge(own, uniquingKeysWith: +) }
        let ranked = sums.filter { $0.value > 0 }
            .sorted { ($1.value, $0.key ?? "") < ($0.value, $1.key ?? "") }.map(\.key)
        guard ranked.count > 1 else { return nil }
        let words = snapshot.words
        let hasRest = ranked.count > StackedChart.partLimit
        let shown = Array(ranked.prefix(hasRest ? StackedChart.partLimit - 1 : ranked.count))
        let names =
            shown.map { value in
                value.map { id in
                    field.options.first { $0.id == id }?.name[words.language] ?? id
                } ?? words["parts_not_given"]
            } + (hasRest ? [words["parts_rest"]] : [])
        let size = power(10, indicator.round)
        let steps = zip(months, found).map { month, own in
            let values = shown.map { own[$0] ?? 0 }
            let all = own.values.reduce(0, +)
            return StackedChart.Step(
                month.shortWords(words),
                hasRest ? values + [all - values.reduce(0, +)] : values,
                text: words.short(all, per: size))
        }
        let most = steps.map { $0.values.reduce(0, +) }.max() ?? 0
        let chart = StackedChart(
            title: words["parts_course", ["field": field.label[words.language]]], parts: names,
            steps: steps, axis: ColumnChart.ticks(to: most) { words.short($0, per: size) })
        frame = ChartFrame(
            "composition",
            finding: words[
                "parts_course_finding",
                ["name": names.first ?? "", "field": field.label[words.language]]],
            what: words[
                "course_what",
                [
                    "figure": indicator.name[words.language],
                    "unit": snapshot.structure.nearestVersion(
                        question.unit, on: question.mapDay)?.name ?? "",
                    "counted": CountingUnit.words(indicator.unit)[words.language],
                ]], chart.drawings,
            data: try Self.data(chart, months, per: size, words), snapshot.takeAway, words)
    }

    /// What each month is made of; nil where that may not be told of one of them.
    private static func months(
        _ months: [Period], _ question: Question, _ indicator: Indicator, _ snapshot: Snapshot
    ) throws -> [[String?: Int]]? {
        var found: [[String?: Int]] = []
        for month in months {
            let asked = question.asking(period: month)
            guard try snapshot.disclosures.disclosure(asked) == .open,
                try snapshot.disclosures.tellsParts(asked)
            else { return nil }
            var own: [String?: Int] = [:]
            for part in try snapshot.reading.parts(asked) where part.answer.hasValue {
                own[part.value, default: 0] += part.answer.rounded(indicator)
            }
            found.append(own)
        }
        return found
    }

    private static func data(
        _ chart: StackedChart, _ months: [Period], per size: Int, _ words: Words
    ) throws -> TableFile {
        var table = TableFile(
            chart.title, [.text(words["course_month"])] + chart.parts.map { .number($0) })
        for (month, step) in zip(months, chart.steps) {
            try table.add(
                [.text(month.words[words.language])]
                    + step.values.map { .exact($0.decimal(per: size)) })
        }
        return table
    }

    /// The most months of one picture.
    static let monthLimit = 12
}
