import Catalogue
import Figures
import Organization
import Web

/// What a figure comes to: its number, what it says in one sentence, how it changed and how far it
/// is from its target. Of a number that is not told, none of the others is told either.
struct FigureNumber: Sendable {
    /// The heading of the page: the finding with the exact number, or the name alone.
    let heading: String
    let data: String
    let phrase: String
    let remark: String?
    let fraction: String?
    /// The number in full, where a round one is printed.
    let exact: String?
    let changes: Listed<FigureChange>?
    let target: TargetPart?

    init(
        _ question: Question, _ answer: Answer, _ told: Disclosure, _ unit: UnitVersion,
        _ indicator: Indicator, _ snapshot: Snapshot
    ) throws {
        let words = snapshot.words
        let said = DisplayedAnswer(answer, told, indicator, words)
        data = said.data
        phrase = said.phrase
        remark = said.remark
        fraction = answer.fraction(told)
        exact = FigureNumber.exact(answer, told, indicator, words)
        guard told == .open, answer.hasValue else {
            heading = indicator.name[words.language]
            changes = nil
            target = nil
            return
        }
        let changes = try FigureChange.all(question, answer, unit, indicator, snapshot)
        heading = FigureNumber.finding(
            indicator, exact ?? said.phrase, changes.first(where: \.isCompared), words)
        self.changes = Listed(changes)
        target = TargetPart(question, answer, unit, indicator, snapshot)
    }

    /// The number, and how it differs from before where the two are compared.
    private static func finding(
        _ indicator: Indicator, _ phrase: String, _ change: FigureChange?, _ words: Words
    ) -> String {
        let isNumber = phrase.first?.isNumber ?? false
        let said = words[
            isNumber ? "finding_number" : "finding_word",
            ["figure": indicator.name[words.language], "value": phrase]]
        guard let clause = change?.clause else { return said }
        return words["finding_compared", ["finding": said, "clause": clause]]
    }

    /// 96节 where 90余节 is printed; nil where that is the same, or no number is told.
    static func exact(
        _ answer: Answer, _ told: Disclosure, _ indicator: Indicator, _ words: Words
    ) -> String? {
        let rounds = [Indicator.Qualifier.over, .moreThan].contains(indicator.qualifier)
        guard rounds, told == .open, answer.hasValue else { return nil }
        let full = words.exactly(answer, indicator)
        return full == DisplayedAnswer(answer, told, indicator, words).phrase ? nil : full
    }
}
