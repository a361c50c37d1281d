import Core

extension ReportTemplate {
    /// Sentences that follow one another. One alone is kept as it always was, without a list.
    package struct Paragraph: Sendable, Codable {
        /// What it is about, told before whichever of its sentences is told first.
        package let head: Words?
        package let sentences: [Sentence]

        package init(head: Words? = nil, sentences: [Sentence]) {
            self.head = head
            self.sentences = sentences
        }

        private enum CodingKeys: String, CodingKey { case head, sentences }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            head = try container.decodeIfPresent(Words.self, forKey: .head)
            if container.contains(.sentences) {
                sentences = try container.decode([Sentence].self, forKey: .sentences)
            } else {
                sentences = [try Sentence(from: decoder)]
            }
        }

        package func encode(to encoder: any Encoder) throws {
            if head == nil, sentences.count == 1, let only = sentences.first {
                try only.encode(to: encoder)
            } else {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encodeIfPresent(head, forKey: .head)
                try container.encode(sentences, forKey: .sentences)
            }
        }

        /// What the fingerprint of a template covers.
        var parts: [String] {
            let texts = (head.map { [$0.zh, $0.en] } ?? []) + sentences.flatMap(\.parts)
            return sentences.count == 1 ? texts : [String(sentences.count)] + texts
        }

        /// What stands between two sentences.
        static func gap(_ language: Language) -> String { language == .zh ? "" : " " }
    }

    /// What is printed, or left out, as a whole: a stump is worse than silence.
    package struct Sentence: Sendable, Codable {
        package let zh: String
        package let en: String
        /// What is said instead when a figure is zero; without it, `otherwise`.
        package let zero: Words?
        /// What is said instead when a figure has no value or may not be told; without it, nothing.
        package let otherwise: Words?
        /// How large a figure has to be for the sentence to be told at all.
        package let condition: SentenceCondition?

        private enum CodingKeys: String, CodingKey {
            case zh, en, zero, condition
            case otherwise = "else"
        }

        package init(
            words: Words, zero: Words? = nil, otherwise: Words? = nil,
            condition: SentenceCondition? = nil
        ) {
            (zh, en) = (words.zh, words.en)
            self.zero = zero
            self.otherwise = otherwise
            self.condition = condition
        }

        package var words: Words { Words(zh: zh, en: en) }

        /// What it prints, and what decides whether it is told.
        package var slots: [Slot] { printed + (condition?.slot.map { [$0] } ?? []) }

        private var printed: [Slot] { Piece.read(zh).compactMap(\.slot) }

        var parts: [String] {
            [zh, en] + [zero, otherwise].flatMap { $0.map { [$0.zh, $0.en] } ?? [] }
                + (condition?.parts ?? [])
        }

        /// Whether a figure without a value, or one of zero, silences the sentence although its
        /// condition would let it be told, since nothing was written for that: the stump that
        /// whoever issues a report has to know of.
        package func isMissing(_ pins: [String: Pin], hidden: Set<String>) -> Bool {
            told(pins, hidden: hidden) == nil
                && condition?.holds(slots, pins, hidden: hidden) ?? true
        }

        /// What is told of the sentence; nil leaves it out.
        package func told(_ pins: [String: Pin], hidden: Set<String>) -> Words? {
            if let condition, !condition.holds(slots, pins, hidden: hidden) { return nil }
            var isZero = false
            for slot in printed where slot.form != .change {
                guard let pin = pins[slot.key], pin.answer.hasValue, !hidden.contains(slot.key)
                else { return otherwise }
                if slot.zero == nil, pin.saysNone { isZero = true }
            }
            return isZero ? zero ?? otherwise : words
        }
    }
}

extension ReportTemplate {
    /// A section with what is told of its paragraphs, sentence by sentence.
    package struct ToldSection {
        package let heading: Words?
        package let paragraphs: [[Words]]
        package let isNote: Bool
    }

    /// The text as these figures let it be told: without sentences that would say nothing, and
    /// without paragraphs and sections of which nothing is left.
    ///
    /// - Parameter hidden: the slots whose numbers the reader may not know.
    package func told(_ pins: [String: Pin], hidden: Set<String>) -> [ToldSection] {
        let told = sections.compactMap { section -> ToldSection? in
            let paragraphs = section.paragraphs.compactMap { paragraph -> [Words]? in
                let sentences = paragraph.sentences.compactMap {
                    forms == nil ? $0.words : $0.told(pins, hidden: hidden)
                }
                if sentences.isEmpty, !paragraph.sentences.isEmpty { return nil }
                return (paragraph.head.map { [$0] } ?? []) + sentences
            }
            if paragraphs.isEmpty, !section.paragraphs.isEmpty { return nil }
            return ToldSection(
                heading: section.heading, paragraphs: paragraphs, isNote: section.isNote)
        }
        return numbered(told)
    }
}

extension Pin {
    /// Whether it prints that there was none. A share of nothing is a number: 0%.
    var saysNone: Bool { answer.hasValue && answer.numerator == 0 && !isShare }
}
