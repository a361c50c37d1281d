import Core

/// A place in the text where a figure prints: `[[indicator|unit|period|zero sentence]]`, with
/// `number`, `exact` or `change` before the indicator where its phrase is not what is wanted.
package struct Slot: Sendable, Hashable {
    /// What is printed of the figure.
    package enum Form: String, Sendable, CaseIterable {
        case phrase
        /// The phrase without its counting unit, for a text that names what is counted.
        case number
        /// The number itself, where the phrase is round.
        case exact
        /// How it differs from the period before, or nothing at all.
        case change
    }

    package let form: Form
    package let indicator: String
    /// The unit's code; nil is the unit of the report.
    package let unit: String?
    package let period: String
    /// What is printed when the figure is zero; without it the sentence is not told.
    package let zero: String?

    init?(_ text: Substring) {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
        guard let indicator = parts.first, !indicator.isEmpty, parts.count <= 4 else { return nil }
        func part(_ index: Int) -> String? {
            index < parts.count && !parts[index].isEmpty ? parts[index] : nil
        }
        let words = indicator.split(separator: " ")
        if words.count == 2, let form = Form(rawValue: String(words[0])), form != .phrase {
            (self.form, self.indicator) = (form, String(words[1]))
        } else {
            (form, self.indicator) = (.phrase, indicator)
        }
        unit = part(1)
        period = part(2) ?? ""
        zero = part(3)
    }

    /// The slot's period as it is asked for, given the period of the report.
    ///
    /// Nothing is the report's own period, `@` its last day, `..` to date, `month 5`, `quarter 1`
    /// and `last month` a part of it, `Q1` and `06` a part of its year; anything else stands for
    /// itself.
    package func period(in report: Period) -> String {
        switch period {
        case "": report.text
        case "@": "@\(report.lastDay)"
        case "..": "..\(report.lastDay)"
        case _ where period.utf8.count == 2: "\(report.from.year)-\(period)"
        default: ReportPart(period)?.period(in: report)?.text ?? period
        }
    }

    /// The document whose day the slot asks for: `before:R1`, `after:R1`.
    var reorganization: String? {
        for prefix in ["before:", "after:"] where period.hasPrefix(prefix) {
            return String(period.dropFirst(prefix.count))
        }
        return nil
    }

    /// What tells the question of a slot; the zero sentence differs between languages.
    package var key: String {
        let asked =
            [.phrase, .number].contains(form) ? indicator : "\(form.rawValue) \(indicator)"
        return [asked, unit ?? "", period].joined(separator: "|")
    }

    /// The form in which the slot of a key prints.
    static func form(of key: String) -> Form { Slot(key[...])?.form ?? .phrase }

    /// What the slot prints: its pin's phrase, or the words the template gives for zero.
    package func printed(_ pin: Pin?, _ language: Language) -> String {
        guard let pin else {
            return form == .change ? "" : Wording(zh: "无数据", en: "no data")[language]
        }
        if let zero, pin.answer.hasValue, pin.answer.numerator == 0 { return zero }
        return form == .number ? pin.number(language) : pin.phrase(language)
    }
}

/// A stretch of text, or a slot.
package enum Piece: Sendable {
    case text(String)
    case slot(Slot)

    package var slot: Slot? {
        if case .slot(let slot) = self { return slot }
        return nil
    }

    package var text: String? {
        if case .text(let text) = self { return text }
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
