import Catalogue
import Core
import Figures

/// An issued report as it stands on paper: what everybody may read of it, with each number as it
/// was printed.
package struct ReportOnPaper: Sendable {
    package let title: String
    package let sections: [Section]
    /// Who signs it.
    package let issuer: String?

    /// A part of the report, as far as it is told.
    package struct Section: Sendable {
        package let heading: String?
        package let paragraphs: [String]
        /// Whether it stands below the signature: how things were counted.
        package let isNote: Bool
    }
}

extension IssuedReport {
    /// What everybody may read of it, without a number that is too small to be told.
    ///
    /// - Parameter small: what is printed in the place of such a number.
    package func onPaper(
        _ language: Language, small: String, _ reading: Figures.Reading
    ) -> ReportOnPaper {
        let bySlot = Dictionary(pins.map { ($0.slot, $0) }) { first, _ in first }
        let hidden = Set(pins.filter { reading.hides($0.question, $0.answer) }.map(\.slot))
        func printed(_ words: ReportTemplate.Words) -> String {
            Piece.read(words[language]).map { piece in
                switch piece {
                case .text(let text): return text
                case .slot(let slot):
                    guard hidden.contains(slot.key) else {
                        return slot.printed(bySlot[slot.key], language)
                    }
                    return slot.form == .change ? "" : small
                }
            }.joined()
        }
        return ReportOnPaper(
            title: template.title[language],
            sections: template.told(bySlot, hidden: hidden).map { section in
                ReportOnPaper.Section(
                    heading: section.heading?[language],
                    paragraphs: section.paragraphs.map { paragraph in
                        paragraph.map(printed)
                            .joined(separator: ReportTemplate.Paragraph.gap(language))
                    }, isNote: section.isNote)
            }, issuer: template.issuer?[language])
    }
}
