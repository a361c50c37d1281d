import Catalogue
import Core
import Figures

/// A report as text with figures in it: what a catalogue folder holds under `reports/`.
package struct ReportTemplate: Sendable, Codable {
    package let id: String
    /// What lists call it; without one, its title.
    package let name: Words?
    package let title: Words
    /// The forms of unit it is written for. Nil in the text of a report that was issued before
    /// templates said so: such a text is printed whole, as it was.
    package let forms: [String]?
    /// The periods it is written for, each as `ReportSpan` reads it.
    package let periods: [String]?
    /// Who signs it, below the text with the day of issue.
    package let issuer: Words?
    package let sections: [Section]
    /// The file and the line of each slot, by its key; nothing that an issued report keeps.
    var places: [String: Place] = [:]

    struct Place: Sendable {
        let file: String
        let line: Int
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, title, forms, periods, issuer, sections
    }

    package struct Section: Sendable, Codable {
        /// None above what opens a report.
        package let heading: Words?
        package let paragraphs: [Paragraph]
        /// Whether it stands below the signature, in smaller letters: how things were counted.
        let notes: Bool?

        package init(heading: Words?, paragraphs: [Paragraph], notes: Bool?) {
            self.heading = heading
            self.paragraphs = paragraphs
            self.notes = notes
        }

        package var isNote: Bool { notes ?? false }
    }

    /// The same text in both languages, as it is kept with an issued report.
    package struct Words: Sendable, Codable {
        package let zh: String
        package let en: String

        package init(zh: String, en: String) {
            self.zh = zh
            self.en = en
        }

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
            + (issuer.map { [$0.zh, $0.en] } ?? [])
            + sections.flatMap { section in
                (section.heading.map { [$0.zh, $0.en] } ?? [])
                    + section.paragraphs.flatMap(\.parts) + (section.isNote ? ["notes"] : [])
            }
        return String(Fingerprint(parts).text.prefix(12))
    }
}

extension ReportTemplate {
    /// A template that stands in no file, such as one that is written at a desk.
    package init(
        id: String, title: Words, for forms: [String], in periods: [String], issuer: Words?,
        _ sections: [Section]
    ) {
        self.init(
            id: id, name: nil, title: title, forms: forms, periods: periods, issuer: issuer,
            sections: sections)
    }

    /// The report as plain text, each slot filled with its pin's phrase.
    ///
    /// - Parameter day: when it was issued; nil is a draft, which nobody has signed.
    package func text(_ pins: [Pin], _ language: Language, on day: Day? = nil) -> String {
        let bySlot = Dictionary(pins.map { ($0.slot, $0) }) { first, _ in first }
        let told = told(bySlot, hidden: [])
        var lines = [title[language], ""]
        lines += text(told.filter { !$0.isNote }, bySlot, language)
        if let issuer, let day { lines += [issuer[language], day.written(language), ""] }
        lines += text(told.filter(\.isNote), bySlot, language)
        return lines.joined(separator: "\n")
    }

    private func text(
        _ told: [ToldSection], _ bySlot: [String: Pin], _ language: Language
    ) -> [String] {
        var lines: [String] = []
        for section in told {
            if let heading = section.heading { lines.append(heading[language]) }
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
        return lines
    }
}

extension Day {
    /// The day as a report is dated.
    func written(_ language: Language) -> String { language == .zh ? chinese : description }
}
