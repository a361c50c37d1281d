import Catalogue
import Core
import Foundation
import Ledger

/// A report as text with figures in it: what `Catalogue/reports/` holds.
package struct ReportTemplate: Sendable, Codable {
    package let id: String
    package let title: Words
    package let sections: [Section]

    package struct Section: Sendable, Codable {
        package let heading: Words
        package let paragraphs: [Words]
    }

    /// The same text in both languages, as it is kept with an issued report.
    package struct Words: Sendable, Codable {
        package let zh: String
        package let en: String

        package subscript(language: Language) -> String { language == .zh ? zh : en }
    }

    /// Every slot of the Chinese text, in order; the English text has the same ones.
    package var slots: [Slot] {
        sections.flatMap(\.paragraphs).flatMap { Piece.read($0.zh) }.compactMap(\.slot)
    }

    /// A fingerprint of the text, pinned with each report that was issued from it.
    package var version: String {
        let parts =
            [id, title.zh, title.en]
            + sections.flatMap { section in
                [section.heading.zh, section.heading.en]
                    + section.paragraphs.flatMap { [$0.zh, $0.en] }
            }
        return String(Fingerprint(parts).text.prefix(12))
    }
}

/// A place in the text where a figure prints: `[[indicator|unit|period|zero sentence]]`.
package struct Slot: Sendable, Hashable {
    package let indicator: String
    /// The unit's code; nil is the unit of the report.
    package let unit: String?
    package let period: String
    /// What is printed when the figure is zero; nil prints “无” with its unit.
    package let zero: String?

    init?(_ text: Substring) {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
        guard let indicator = parts.first, !indicator.isEmpty, parts.count <= 4 else { return nil }
        func part(_ index: Int) -> String? {
            index < parts.count && !parts[index].isEmpty ? parts[index] : nil
        }
        self.indicator = indicator
        unit = part(1)
        period = part(2) ?? ""
        zero = part(3)
    }

    /// The slot's period as it is asked for, given the period of the report.
    ///
    /// Nothing is the report's own period, `@` its last day, `..` to date, `Q1` and `06` a part
    /// of its year; anything else stands for itself.
    package func period(in report: Period) -> String {
        switch period {
        case "": report.text
        case "@": "@\(report.lastDay)"
        case "..": "..\(report.lastDay)"
        case _ where period.utf8.count == 2: "\(report.from.year)-\(period)"
        default: period
        }
    }

    /// What tells the question of a slot; the zero sentence differs between languages.
    package var key: String { [indicator, unit ?? "", period].joined(separator: "|") }
}

/// A stretch of text, or a slot.
package enum Piece: Sendable {
    case text(String)
    case slot(Slot)

    package var slot: Slot? {
        if case .slot(let slot) = self { return slot }
        return nil
    }

    /// Cuts a paragraph into text and slots.
    package static func read(_ paragraph: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = Substring(paragraph)
        while let open = rest.range(of: "[["), let close = rest.range(of: "]]"),
            open.upperBound <= close.lowerBound
        {
            if open.lowerBound > rest.startIndex {
                pieces.append(.text(String(rest[..<open.lowerBound])))
            }
            let inside = rest[open.upperBound..<close.lowerBound]
            pieces.append(Slot(inside).map(Piece.slot) ?? .text(String(inside)))
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        return pieces
    }
}

extension ReportTemplate {
    /// Reads `reports/*.yaml` of each catalogue folder; a later one overrides or adds.
    ///
    /// - Throws: `BrokenCatalogue` with each fault: an unknown indicator, a slot that the two
    ///   languages do not share, an unknown key.
    static func load(folders: [String], catalogue: Catalogue) throws -> [String: ReportTemplate] {
        let faults = FaultList()
        var templates: [String: ReportTemplate] = [:]
        for folder in folders {
            for (name, node) in documents(folder, "reports", faults) {
                guard let file = Mapping(node, file: name, faults: faults) else { continue }
                for (id, mapping) in file.entries() {
                    templates[id] = ReportTemplate(id, mapping, catalogue)
                }
            }
        }
        guard faults.faults.isEmpty else { throw BrokenCatalogue(faults: faults.faults) }
        return templates
    }

    private init(_ id: String, _ mapping: Mapping, _ catalogue: Catalogue) {
        self.id = id
        title = Words(mapping.wording("title"))
        _ = mapping.words("serves")
        sections = mapping.items("sections").map { section in
            let heading = Words(section.wording("heading"))
            _ = section.text("area")
            let paragraphs = section.items("paragraphs").map { paragraph in
                let words = Words(
                    zh: paragraph.requiredText("zh"), en: paragraph.requiredText("en"))
                let zh = Piece.read(words.zh).compactMap(\.slot?.key)
                let en = Piece.read(words.en).compactMap(\.slot?.key)
                if zh.sorted() != en.sorted() {
                    paragraph.fault("the two languages have different figures: \(zh) and \(en)")
                }
                for slot in Piece.read(words.zh).compactMap(\.slot)
                where catalogue.indicators[slot.indicator] == nil {
                    paragraph.fault("the indicator “\(slot.indicator)” is not known")
                }
                paragraph.close()
                return words
            }
            section.close()
            return Section(heading: heading, paragraphs: paragraphs)
        }
        mapping.close()
    }
}

extension ReportTemplate.Words {
    init(_ wording: Wording) { self.init(zh: wording.zh, en: wording.en) }
}

extension ReportTemplate {
    /// The report as plain text, each slot filled with its pin's phrase.
    package func text(_ pins: [Pin], _ language: Language) -> String {
        let bySlot = Dictionary(pins.map { ($0.slot, $0) }) { first, _ in first }
        var lines = [title[language], ""]
        for section in sections {
            lines.append(section.heading[language])
            for paragraph in section.paragraphs {
                let pieces = Piece.read(paragraph[language]).map { piece in
                    switch piece {
                    case .text(let text): text
                    case .slot(let slot): slot.printed(bySlot[slot.key], language)
                    }
                }
                lines.append(pieces.joined())
            }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }
}

extension Slot {
    /// What the slot prints: its pin's phrase, or the sentence the template gives for zero.
    package func printed(_ pin: Pin?, _ language: Language) -> String {
        guard let pin else { return Wording(zh: "无数据", en: "no data")[language] }
        if let zero, pin.answer.hasValue, pin.answer.numerator == 0 { return zero }
        return pin.phrase(language)
    }
}
