import Catalogue
import Core
import Figures
import Web

/// A figure by what one field of its records says, such as honors by their level.
struct FieldParts: Sendable {
    let partsTitle: String
    let partsLabel: String
    /// Whether the parts add up, or why some are not told.
    let partsNote: String?
    let partsHTML: String?
    let partRows: [Row]

    /// The most values of one table.
    static let limit = 40

    struct Row: Sendable {
        let name: String
        let phrase: String
        let data: String
    }

    /// Nil where the indicator names no field, or its records give only one value.
    init?(_ question: Question, _ indicator: Indicator, _ snapshot: Snapshot) throws {
        let (words, language) = (snapshot.words, snapshot.language)
        let parts = try snapshot.reading.reckoner.parts(question)
        guard parts.count > 1, let by = indicator.by,
            let field = indicator.kind.flatMap({ snapshot.catalogue.kinds[$0]?.field(by) })
        else { return nil }
        let told =
            snapshot.catalogue.protects(indicator)
            ? Suppression.disclose(parts.map(\.answer.numerator)) : parts.map { _ in .open }
        partsLabel = field.label[language]
        partsTitle = words["parts_title", ["field": field.label[language]]]
        var rows: [Row] = []
        var shares: [ShareStrip.Part] = []
        for (part, may) in zip(parts, told).prefix(Self.limit) {
            let said = Said(part.answer, may, indicator, words)
            let name =
                part.value.map { value in
                    field.options.first { $0.id == value }?.name[language] ?? value
                } ?? words["parts_not_given"]
            rows.append(Row(name: name, phrase: said.phrase, data: said.data))
            shares.append(
                ShareStrip.Part(
                    name, may == .open ? part.answer.numerator : 0, text: said.phrase))
        }
        partRows = rows
        let isWhole = indicator.addsUp && told.allSatisfy { $0 == .open }
        partsHTML =
            isWhole && shares.count <= Self.shareLimit
            ? ShareStrip(title: partsTitle, parts: shares).svg() : nil
        if told.contains(where: { $0 != .open }) {
            partsNote = words["breakdown_hidden", ["limit": String(Suppression.threshold)]]
        } else if indicator.addsUp {
            let sum = parts.reduce(0) { $0 + $1.answer.numerator }
            let whole = try snapshot.reading.answer(question).numerator
            partsNote = words[sum == whole ? "parts_add_up" : "parts_do_not"]
        } else {
            partsNote = words["parts_overlap"]
        }
    }

    /// More parts than there are colors are told by the table alone.
    private static let shareLimit = 6
}
