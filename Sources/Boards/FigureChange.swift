import Catalogue
import Core
import Figures
import Organization
import Web

/// How a figure differs from the period before and from a year before, or why that is not said.
struct FigureChange: Sendable {
    let label: String
    let href: String
    let text: String
    /// The same within a sentence; nil where the two are not compared.
    let clause: String?
    /// How large the difference is: of shares in tenths of a point, of other numbers in hundredths
    /// of the older one; nil where the two are not compared, or the older one is nothing.
    let size: Int?

    /// Whether the two are compared, rather than why not.
    var isCompared: Bool { clause != nil }

    /// The two comparisons of a question, those that have a period to compare with.
    static func all(
        _ question: Question, _ answer: Answer, _ unit: UnitVersion, _ indicator: Indicator,
        _ snapshot: Snapshot
    ) throws -> [FigureChange] {
        guard indicator.from != .rule, answer.hasValue else { return [] }
        return try periods(question).map {
            try FigureChange($0, $1, question, answer, unit, indicator, snapshot)
        }
    }

    /// The first of them that is made; what comes after it is not asked.
    static func first(
        _ question: Question, _ answer: Answer, _ unit: UnitVersion, _ indicator: Indicator,
        _ snapshot: Snapshot
    ) throws -> FigureChange? {
        guard indicator.from != .rule, answer.hasValue else { return nil }
        for (word, period) in periods(question) {
            let change = try FigureChange(
                word, period, question, answer, unit, indicator, snapshot)
            if change.isCompared { return change }
        }
        return nil
    }

    /// The period before and that of the year before, each with its word.
    private static func periods(_ question: Question) -> [(word: String, period: Period)] {
        [("change_before", question.periodBefore), ("change_year", question.period.yearEarlier)]
            .compactMap { word, period in period.map { (word, $0) } }
    }

    private init(
        _ word: String, _ period: Period, _ question: Question, _ answer: Answer,
        _ unit: UnitVersion, _ indicator: Indicator, _ snapshot: Snapshot
    ) throws {
        let words = snapshot.words
        let asked = question.asking(period: period)
        let past = FigureTable.Cell(
            answer: try snapshot.reading.answer(asked),
            told: try snapshot.disclosures.disclosure(asked))
        label = words[word, ["period": period.words(today: snapshot.today)[words.language]]]
        href = snapshot.figure(indicator, unit, period, asked.structure).text
        let isKept =
            try past.hasNumber
            && snapshot.reading.isKept(asked, past.answer, beside: question, answer)
        let difference =
            isKept ? Difference(from: past.answer, to: answer, indicator, words) : nil
        text = Self.text(from: past, difference, indicator, words)
        let apart = abs(answer.distance(from: past.answer, indicator))
        let old = abs(past.answer.rounded(indicator))
        size =
            difference == nil
            ? nil : indicator.unit == "%" ? apart : old > 0 ? apart * 100 / old : nil
        clause = difference.map {
            words[
                "finding_\($0.word)",
                [
                    "period": period.words(today: snapshot.today)[words.language],
                    "change": $0.size,
                ]]
        }
    }

    /// A number of members says nothing where hardly any entry stands behind it: then it is left
    /// out of the words for why the two are not compared.
    private static func text(
        from past: FigureTable.Cell, _ difference: Difference?, _ indicator: Indicator,
        _ words: Words
    ) -> String {
        let said = ComparedNumber(past, indicator, words).phrase
        if let difference {
            return words["change_\(difference.word)", ["past": said, "change": difference.size]]
        }
        guard past.hasNumber else { return words["change_none", ["reason": said]] }
        if past.answer.count == 0 { return words["change_unkept"] }
        return indicator.per.isEmpty
            ? words["change_thin", ["past": said]] : words["change_thin_members"]
    }
}

/// What lies between two answers, in printed units; between shares, in hundredths of the whole with
/// one digit more.
private struct Difference {
    let word: String
    let size: String

    init(from past: Answer, to now: Answer, _ indicator: Indicator, _ words: Words) {
        let apart = now.distance(from: past, indicator)
        guard indicator.unit == "%" else {
            word = apart == 0 ? "same" : apart > 0 ? "more" : "less"
            size = words.exactly(
                Answer(numerator: abs(apart), denominator: power(10, indicator.round)), indicator)
            return
        }
        word = apart == 0 ? "same" : apart > 0 ? "up" : "down"
        size = words["change_points", ["number": abs(apart).decimal(per: 10, keepsZeros: true)]]
    }
}

extension Question {
    /// What the period asked for is first compared with: the period before, or for a day the end
    /// of the half-year before.
    var periodBefore: Period? {
        period.shape == .day ? period.lastDay.previousHalfEnd.map(Period.day) : period.previous
    }
}

extension Day {
    /// The last day of the half-year before the one in which this day lies.
    fileprivate var previousHalfEnd: Day? {
        let end = Period.half(of: self).from - 1
        return end > Day.first ? end : nil
    }
}
