import Catalogue
import Core
import Figures
import Foundation
import Ledger
import Organization
import Storage

/// A figure as a report said it: the question, the definition's version, the exact answer, how
/// many records stood behind it with a fingerprint over them, and the words that were printed.
package struct Pin: Sendable {
    package let slot: String
    package let question: Question
    package let version: String
    package let answer: Answer
    package let count: Int
    package let hash: String
    package let zh: String
    package let en: String

    /// The same figure in other words.
    func saying(_ words: Wording) -> Pin {
        Pin(
            slot: slot, question: question, version: version, answer: answer, count: count,
            hash: hash, zh: words.zh, en: words.en)
    }

    package func phrase(_ language: Language) -> String { language == .zh ? zh : en }

    /// The phrase without its counting unit: “48 persons” is 48.
    func number(_ language: Language) -> String {
        let phrase = phrase(language)
        switch language {
        case .zh:
            guard let last = phrase.lastIndex(where: \.isNumber) else { return phrase }
            return String(phrase[...last])
        case .en:
            let words = phrase.split(separator: " ")
            guard words.count > 1, words.contains(where: { $0.contains(where: \.isNumber) })
            else { return phrase }
            return words.dropLast().joined(separator: " ")
        }
    }

    /// What the audit covers of one pin.
    var parts: [String?] {
        [
            slot, question.indicator, version, question.unit.text, question.period.text,
            question.structure.rawValue, String(question.position), answer.state.rawValue,
            String(answer.numerator), String(answer.denominator), String(count), hash, zh, en,
        ]
    }
}

extension Figures.Reading {
    /// Answers a question and notes everything that an issued report keeps of it.
    package func pin(_ slot: String, _ question: Question) throws -> Pin {
        let indicator = try reckoner.indicator(question.indicator)
        let answer = try answer(question)
        let grounds = try reckoner.grounds(question).map(\.members)
        return Pin(
            slot: slot, question: question, version: indicator.version, answer: answer,
            count: grounds.first?.count ?? 0, hash: memberHash(grounds.flatMap { $0 }),
            zh: phrase(slot, answer, indicator, .zh), en: phrase(slot, answer, indicator, .en))
    }

    /// What the slot of a key prints of an answer. The number that a change began from is said as
    /// any other.
    func phrase(
        _ key: String, _ answer: Answer, _ indicator: Indicator, _ language: Language
    ) -> String {
        Slot.form(of: key) == .exact
            ? Phrase(exactly: answer, indicator, language).text
            : Phrase(answer, indicator, language).text
    }
}

/// A fingerprint over members and what each adds, in their order.
package func memberHash(_ members: [(id: String, amount: Int?)]) -> String {
    var mark = Fingerprint()
    for member in members {
        mark.add(member.id)
        mark.add(member.amount.map(String.init))
    }
    return String(mark.text.prefix(32))
}

/// An issued report: the text as it was, and its pins by slot.
package struct IssuedReport: Sendable {
    package let id: String
    package let template: ReportTemplate
    package let templateVersion: String
    package let unit: OrgUnit.ID
    package let period: Period
    package let position: Int
    package let chainHash: String
    package let issuedAt: Moment
    package let issuedBy: String
    package let pins: [Pin]

    /// Whether another report has the same text and the same figures of the same records.
    func says(what other: IssuedReport) -> Bool {
        template.version == other.template.version && pins.count == other.pins.count
            && zip(pins, other.pins).allSatisfy { one, two in
                one.slot == two.slot && one.hash == two.hash && one.count == two.count
                    && one.version == two.version && one.answer.numerator == two.answer.numerator
                    && one.answer.denominator == two.answer.denominator && one.zh == two.zh
            }
    }

    /// What the audit covers of a report: its text and every pin.
    var digest: String {
        var mark = Fingerprint([
            id, template.version, unit.text, period.text, String(position), chainHash,
        ])
        for pin in pins { for part in pin.parts { mark.add(part) } }
        return mark.text
    }
}
