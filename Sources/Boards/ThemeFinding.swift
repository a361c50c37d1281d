import Catalogue
import Core
import Figures
import Organization
import Web

/// What a theme found, in one sentence: what moved most, and what lacks most to its target.
struct ThemeFinding: Sendable {
    let text: String

    /// A figure of the theme with what may be said of it.
    struct Figure {
        let name: String
        let phrase: String
        let isShare: Bool
        let change: FigureChange?
        let target: TargetPart?
    }

    /// A share moves by a point at least to be spoken of, another number by a tenth.
    private static let least = 10

    /// Nil where nothing moved and no target is missed.
    init?(_ figures: [Figure], _ words: Words) {
        let moved = Self.moved(figures)
        let missed = figures.filter { $0.target?.lack != nil }
            .max { ($0.target?.lack ?? 0) < ($1.target?.lack ?? 0) }
        var clauses: [String] = []
        if let moved, let clause = moved.change?.clause {
            clauses.append(
                words["finding_compared", ["finding": Self.said(moved, words), "clause": clause]])
        }
        if let missed, let target = missed.target {
            // The same figure is not named twice.
            clauses.append(
                missed.name == moved?.name
                    ? words["theme_target_same", ["target": target.targetText]]
                    : words[
                        "theme_target",
                        ["finding": Self.said(missed, words), "target": target.targetText]])
        }
        guard !clauses.isEmpty else { return nil }
        text = clauses.joined(separator: words["clause_end"])
    }

    /// The share that moved by most points; where none did, the number that changed most against
    /// what it was.
    private static func moved(_ figures: [Figure]) -> Figure? {
        func most(_ figures: [Figure]) -> Figure? {
            figures.filter { ($0.change?.size ?? 0) >= least }
                .max { ($0.change?.size ?? 0) < ($1.change?.size ?? 0) }
        }
        return most(figures.filter(\.isShare)) ?? most(figures.filter { !$0.isShare })
    }

    private static func said(_ figure: Figure, _ words: Words) -> String {
        words[
            figure.phrase.first?.isNumber ?? false ? "finding_number" : "finding_word",
            ["figure": figure.name, "value": figure.phrase]]
    }
}

extension ThemeReader {
    /// A line as the finding of its theme needs it; of what is not told nothing is found.
    func figure(
        _ line: ThemeLine, _ question: Question, _ indicator: Indicator
    ) throws -> ThemeFinding.Figure? {
        let answer = try snapshot.reading.answer(question)
        guard !snapshot.catalogue.protects(indicator), indicator.from != .rule, answer.hasValue,
            let unit = snapshot.structure.nearestVersion(question.unit, on: question.mapDay)
        else { return nil }
        let words = snapshot.words
        return ThemeFinding.Figure(
            name: line.name,
            phrase: FigureNumber.exact(answer, .open, indicator, words) ?? line.phrase,
            isShare: indicator.unit == "%", change: line.movement,
            target: TargetPart(question, answer, unit, indicator, snapshot))
    }

    /// The small courses of several figures as one picture, with their numbers.
    func courses(_ lines: [ThemeLine], finding: String) throws -> ChartFrame? {
        let words = snapshot.words
        let drawn = lines.filter { $0.course != nil }
        guard !drawn.isEmpty else { return nil }
        var table = TableFile(
            finding,
            [
                .text(words["figure_name"]), .text(words["course_month"]),
                .text(words["figure_value"]),
            ])
        for line in drawn {
            for point in line.course?.points ?? [] {
                try table.add([line.name, point.label, point.text].map { .text($0) })
            }
        }
        return ChartFrame(
            "past", finding: finding, what: words["theme_past"],
            PictureGrid(
                title: finding,
                pictures: drawn.compactMap { line in
                    line.course.map { (name: "\(line.name) \(line.phrase)", picture: $0.picture) }
                }, columns: 2
            ).drawings, data: table, snapshot.takeAway, words)
    }
}
