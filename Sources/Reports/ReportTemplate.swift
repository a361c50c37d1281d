import Catalogue
import Core
import Figures

/// A report as text with figures in it: what a catalogue folder holds under `reports/`.
package struct ReportTemplate: Sendable, Codable {
    package let id: String
    /// What lists call it; without one, its title.
    let name: Words?
    package let title: Words
    /// The forms of unit it is written for. Nil in the text of a report that was issued before
    /// templates said so: such a text is printed whole, as it was.
    package let forms: [String]?
    /// The periods it is written for, each as `ReportSpan` reads it.
    package let periods: [String]?
    package let sections: [Section]
    /// The file and the line of each slot, by its key; nothing that an issued report keeps.
    var places: [String: Place] = [:]

    struct Place: Sendable {
        let file: String
        let line: Int
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, title, forms, periods, sections
    }

    package struct Section: Sendable, Codable {
        package let heading: Words
        package let paragraphs: [Paragraph]
    }

    /// The same text in both languages, as it is kept with an issued report.
    package struct Words: Sendable, Codable {
        package let zh: String
        package let en: String

        package subscript(language: Language) -> String { language == .zh ? zh : en }
    }

    /// Every slot of the Chinese text, in order; the English text has the same ones.
    package var slots: [Slot] { sentences.flatMap(\.slots) }

    private var sentences: [Sentence] {
        sections.flatMap(\.paragraphs).flatMap(\.sentences)
    }

    package var spans: [ReportSpan] { (periods ?? []).compactMap(ReportSpan.init) }

    /// A fingerprint of the text, pinned with each report that was issued from it.
    package var version: String {
        let parts =
            [id, title.zh, title.en] + (forms ?? []) + (periods ?? [])
            + sections.flatMap { section in
                [section.heading.zh, section.heading.en] + section.paragraphs.flatMap(\.parts)
            }
        return String(Fingerprint(parts).text.prefix(12))
    }
}

extension ReportTemplate {
    /// The report as plain text, each slot filled with its pin's phrase.
    package func text(_ pins: [Pin], _ language: Language) -> String {
        let bySlot = Dictionary(pins.map { ($0.slot, $0) }) { first, _ in first }
        var lines = [title[language], ""]
        for section in told(bySlot, hidden: []) {
            lines.append(section.heading[language])
            for paragraph in section.paragraphs {
                let sentences = paragraph.map { words in
                    Piece.read(words[language]).map { piece in
                        switch piece {
                        case .text(let text): text
                        case .slot(let slot): slot.printed(bySlot[slot.key], language)
                        }
                    }.joined()
                }
                lines.append(sentences.joined(separator: Paragraph.gap(language)))
            }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }
}
