import Catalogue
import Core
import Figures
import Web

/// A figure by what one field of its records says, such as honors by their level.
struct FieldParts: Sendable {
    let partsTitle: String
    let partsLabel: String
    /// Whether the parts add up.
    let partsNote: String?
    let frame: ChartFrame?
    /// The same month by month.
    let composition: ChartFrame?
    let partRows: [Row]

    /// The most values of one table.
    static let limit = 40

    struct Row: Sendable {
        let name: String
        let phrase: String
        let data: String
    }

    /// Nil where the indicator names no field, or its records give only one value.
    ///
    /// Parts of a number of persons are told all together, or not at all.
    init?(_ question: Question, _ indicator: Indicator, _ snapshot: Snapshot) throws {
        guard try snapshot.disclosures.tellsParts(question) else { return nil }
        let (words, language) = (snapshot.words, snapshot.language)
        let parts = try snapshot.reading.parts(question)
        guard parts.count > 1, let by = indicator.by,
            let field = indicator.kind.flatMap({ snapshot.catalogue.kinds[$0]?.field(by) })
        else { return nil }
        partsLabel = field.label[language]
        partsTitle = words["parts_title", ["field": field.label[language]]]
        var rows: [Row] = []
        var shares: [ShareStrip.Part] = []
        for part in parts.prefix(Self.limit) {
            let said = DisplayedAnswer(part.answer, .open, indicator, words)
            let name =
                part.value.map { value in
                    field.options.first { $0.id == value }?.name[language] ?? value
                } ?? words["parts_not_given"]
            rows.append(Row(name: name, phrase: said.phrase, data: said.data))
            shares.append(ShareStrip.Part(name, part.answer.numerator, text: said.phrase))
        }
        partRows = rows
        frame =
            indicator.addsUp && shares.count <= Self.shareLimit
            ? try FieldParts.frame(partsTitle, shares, question, indicator, snapshot) : nil
        composition = try PartsCourse(question, indicator, by: field, snapshot)?.frame
        if indicator.addsUp {
            let sum = parts.reduce(0) { $0 + $1.answer.numerator }
            let whole = try snapshot.reading.answer(question).numerator
            partsNote = words[sum == whole ? "parts_add_up" : "parts_do_not"]
        } else {
            partsNote = words["parts_overlap"]
        }
    }

    /// The parts as one strip; the first of them is the largest.
    private static func frame(
        _ title: String, _ shares: [ShareStrip.Part], _ question: Question,
        _ indicator: Indicator, _ snapshot: Snapshot
    ) throws -> ChartFrame {
        let words = snapshot.words
        var table = TableFile(title, [.text(title), .number(words["figure_value"])])
        for share in shares { try table.add([.text(share.label), .exact(String(share.value))]) }
        let largest = shares.max { $0.value < $1.value }
        return ChartFrame(
            "parts",
            finding: words[
                "parts_finding",
                ["name": largest?.label ?? "", "amount": largest?.text ?? ""]],
            what: words[
                "breakdown_what",
                [
                    "figure": indicator.name[words.language],
                    "counted": CountingUnit.words(indicator.unit)[words.language],
                    "period": question.period.words(today: snapshot.today)[words.language],
                ]],
            ShareStrip(title: title, parts: shares).drawings, data: table, snapshot.takeAway, words)
    }

    /// More parts than there are colors are told by the table alone.
    private static let shareLimit = 6
}
