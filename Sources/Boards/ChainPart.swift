import Catalogue
import Core
import Figures
import Organization
import Web

/// What became of what a figure counts, step by step: found, solved, confirmed. The catalogue says
/// which figures follow each other.
struct ChainPart: Sendable {
    let frame: ChartFrame

    /// The most steps of one chain.
    static let limit = 6

    /// Nil for a figure of no chain, and where one of its steps is not told or has no number:
    /// from the others it could be found.
    init?(
        _ question: Question, _ unit: UnitVersion, _ indicator: Indicator, _ snapshot: Snapshot
    ) throws {
        guard let found = try Self.steps(question, indicator, snapshot), let first = found.first,
            let last = found.last, first.answer.numerator > 0
        else { return nil }
        let words = snapshot.words
        let chart = FunnelChart(
            title: words["chain_title"],
            steps: found.enumerated().map { place, step in
                let share = place > 0 ? Self.share(of: step, in: found[place - 1]) : nil
                return FunnelChart.Step(
                    step.name(words), step.answer.rounded(step.indicator), text: step.said(words),
                    note: share.map { words["chain_share", ["share": $0]] } ?? "",
                    href: snapshot.figure(
                        step.indicator, unit, question.period, question.structure
                    ).text)
            })
        var table = TableFile(
            words["chain_title"], [.text(words["figure_name"]), .number(words["figure_value"])])
        for step in found {
            let number = ComparedNumber(step.answer, step.indicator, words)
            try table.add([.text(step.name(words)), .exact(number.data)])
        }
        frame = ChartFrame(
            "chain",
            finding: words[
                "chain_finding",
                [
                    "first": first.name(words), "all": first.said(words),
                    "last": last.name(words), "rest": last.said(words),
                    "share": Self.share(of: last, in: first) ?? "–",
                ]],
            what: words[
                "chain_what",
                [
                    "unit": unit.name,
                    "period": question.period.words(today: snapshot.today)[words.language],
                ]], chart.drawings, data: table, snapshot.takeAway, words)
    }

    /// One of the figures with what it comes to.
    private struct Step {
        let indicator: Indicator
        let answer: Answer

        func name(_ words: Words) -> String { indicator.name[words.language] }
        func said(_ words: Words) -> String { ComparedNumber(answer, indicator, words).phrase }
    }

    /// The steps of the chain in which a figure stands; nil where one of them is not told.
    private static func steps(
        _ question: Question, _ indicator: Indicator, _ snapshot: Snapshot
    ) throws -> [Step]? {
        let ids = snapshot.catalogue.chain(of: indicator)
        let all = ids.compactMap { snapshot.catalogue.indicators[$0] }.filter(\.isPublic)
        guard ids.count > 1, all.count == ids.count else { return nil }
        var found: [Step] = []
        for step in all.prefix(limit) {
            let asked = question.asking(step.id)
            let answer = try snapshot.reading.answer(asked)
            guard try snapshot.disclosures.disclosure(asked) == .open, answer.hasValue else {
                return nil
            }
            found.append(Step(indicator: step, answer: answer))
        }
        return found
    }

    /// A share in hundredths; more than nothing is never 0 %, and less than all never 100 %.
    private static func share(of one: Step, in other: Step) -> String? {
        let (part, whole) = (one.answer, other.answer)
        let (over, under) = (
            part.numerator * whole.denominator, whole.numerator * part.denominator
        )
        guard under > 0 else { return nil }
        var hundredths = (200 * over + under) / (2 * under)
        if over < under { hundredths = min(99, hundredths) }
        if over > 0 { hundredths = max(1, hundredths) }
        return "\(hundredths)%"
    }
}

extension Catalogue {
    /// The figures of the chain in which a figure stands, the first one first; empty for one that
    /// stands in none.
    func chain(of indicator: Indicator) -> [String] {
        let heads = indicators.values.filter {
            !$0.chain.isEmpty && ($0.id == indicator.id || $0.chain.contains(indicator.id))
        }
        return heads.min { $0.id < $1.id }.map { [$0.id] + $0.chain } ?? []
    }
}
