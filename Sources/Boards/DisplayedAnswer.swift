import Catalogue
import Core
import Figures
import Web

/// An answer as a public page prints it: the phrase, and the value for machines.
struct DisplayedAnswer: Sendable {
    /// What stands in `data-value`: whole printed units, or why there is no number.
    let data: String
    let phrase: String
    /// Why no number stands here, as a sentence.
    let remark: String?

    init(_ answer: Answer, _ told: Disclosure, _ indicator: Indicator, _ words: Words) {
        let language = words.language
        switch told {
        // Which of the numbers that are not told is the small one is not told either.
        case .small, .withheld:
            phrase = words["figure_withheld"]
            data = "withheld"
            remark = words["figure_withheld_text"]
        case .open:
            phrase = Phrase(answer, indicator, language).text
            data = DisplayedAnswer.data(answer, indicator)
            remark = DisplayedAnswer.remark(answer.state, words)
        }
    }

    private static func data(_ answer: Answer, _ indicator: Indicator) -> String {
        guard answer.hasValue else { return answer.state.rawValue }
        return answer.rounded(indicator)
            .decimal(per: power(10, indicator.round), keepsZeros: true)
    }

    private static func remark(_ state: Answer.State, _ words: Words) -> String? {
        switch state {
        case .value: nil
        case .noData: words["figure_no_data_text"]
        case .notComparable: words["figure_not_comparable_text"]
        case .notOnTree: words["figure_not_on_tree_text"]
        case .differs: words["figure_differs_text"]
        case .tie: words["figure_tie_text"]
        case .notAPart: words["figure_not_a_part_text"]
        }
    }
}

extension Answer {
    /// `57 ÷ 91`, or nothing where the answer is one number.
    func fraction(_ told: Disclosure) -> String? {
        guard hasValue, isRatio, told == .open else { return nil }
        return "\(numerator.grouped) ÷ \(denominator.grouped)"
    }
}
