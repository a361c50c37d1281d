import Catalogue
import Core
import Figures
import Hummingbird
import Ledger
import Organization
import Reports
import Storage
import Web

/// A text with its figures as they are now, as far as its reader may know them.
struct WritingReading {
    let found: FoundWriting
    /// The text with every figure open.
    let template: ReportTemplate
    /// Nil where it cannot be reckoned, which `faults` says.
    let draft: ReportDraft?
    let faults: [Fault]
    let untold: [String: String]
    let figures: Figures.Reading
    private let text: ReportText?
    private let pins: [String: Pin]
    private let language: Language

    init(
        _ found: FoundWriting, _ body: WritingBody, _ desk: WritingDesk, _ words: Words,
        _ db: Connection
    ) throws {
        self.found = found
        language = words.language
        figures = try desk.reports.figures.reading(db)
        let (template, wrong) = body.template(
            found.writing.id.text, desk.district.catalogue)
        self.template = template
        var faults = wrong.sorted { $0.key < $1.key }.flatMap(\.value)
        var draft: ReportDraft?
        if faults.isEmpty {
            do {
                let day = Period(found.writing.period)?.lastDay ?? figures.today
                let code =
                    figures.structure.nearestVersion(found.writing.unit, on: day)?.code ?? ""
                draft = try desk.reports.draft(
                    template, unit: code, period: found.writing.period, figures)
            } catch Refusal.invalid(let found) {
                faults += found
            }
        }
        self.draft = draft
        self.faults = faults
        let sight = found.sight
        let access = sight.holds(.read, in: found.writing.unit) ? sight.access : .none
        let (reading, pins) = (figures, draft?.pins ?? [])
        let untold = try desk.reports.untold(pins, access, reading, words)
        self.untold = untold
        text = draft.map { draft in
            ReportText(
                pins: draft.pins, today: [:], untold: untold, reading: reading, words: words)
        }
        self.pins = Dictionary(pins.map { ($0.slot, $0) }) { first, _ in first }
    }

    private var hidden: Set<String> { Set(untold.keys) }

    /// What the text is called, with unit and period in their places.
    var title: String { (draft?.template ?? template).title[language] }

    /// What is told of a section, by its place; nil where nothing is left of it.
    func told(_ place: Int) -> (heading: String?, paragraphs: [WritingParagraph])? {
        guard let draft, let text else { return nil }
        let all = draft.template.told(upTo: place + 1, pins, hidden)
        let before = draft.template.told(upTo: place, pins, hidden)
        guard all.count > before.count, let section = all.last else { return nil }
        return (
            section.heading?[language],
            section.paragraphs.map { sentences in
                WritingParagraph(
                    textHTML: sentences.map { text.html($0[language]) }
                        .joined(separator: language == .zh ? "" : " "))
            }
        )
    }

    /// The sentences of a section that say nothing because a figure is missing or zero and nothing
    /// was written for that: the place of each among the section's, and its words.
    func missing(_ place: Int) -> [(at: Int, text: String)] {
        guard let draft, draft.template.sections.indices.contains(place) else { return [] }
        return draft.template.sections[place].paragraphs.flatMap(\.sentences).enumerated()
            .filter { $1.isMissing(pins, hidden: hidden) }
            .map { ($0, $1.words[language].readable) }
    }

    /// A sentence of the text with its figures as they were at a position.
    func printed(_ sentence: ReportTemplate.Sentence, at position: Int) throws -> String {
        let told = sentence.words[language]
        return try Piece.read(told).map { piece in
            switch piece {
            case .text(let text): return text
            case .slot(let slot):
                guard let pin = pins[slot.key] else { return slot.printed(nil, language) }
                if let instead = untold[slot.key] { return instead }
                guard slot.form != .change else { return slot.printed(pin, language) }
                let then = try figures.pin(
                    slot.key,
                    pin.question.asking(at: position, today: try figures.today(at: position)))
                return slot.printed(then, language)
            }
        }.joined()
    }
}

/// A paragraph as a page shows it.
struct WritingParagraph: Sendable {
    let textHTML: String
}

extension ReportTemplate {
    /// What is told of its first sections, so that each keeps its number.
    fileprivate func told(
        upTo count: Int, _ pins: [String: Pin], _ hidden: Set<String>
    ) -> [ToldSection] {
        ReportTemplate(
            id: id, title: title, for: forms ?? [], in: periods ?? [], issuer: issuer,
            Array(sections.prefix(count))
        ).told(pins, hidden: hidden)
    }
}

extension String {
    /// A sentence with the place of each figure marked, for where it is only named.
    var readable: String {
        Piece.read(self).map { $0.text ?? "…" }.joined()
    }
}
