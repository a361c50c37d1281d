import Catalogue
import Core
import Figures
import Hummingbird
import Reports
import Storage
import Web

/// GET …/sections/:section/figures?q=&term=&form=. For whoever may write the report: figures by
/// their name, each with what it says now for this report, number first, to be put into a sentence.
struct FindFigure: Sendable {
    let desk: WritingDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let asked = try AskedSection(context)
        let text = try query.text("q")
        let term = try query.text("term") ?? ""
        let shape = Slot.Form(rawValue: try query.text("form") ?? "") ?? .phrase
        let code = try query.text("unit")
        let words = desk.site.words(context)
        let (page, trail) = try await desk.database.read { [desk] db in
            let found = try desk.find(context, db)
            guard found.mayWrite, let key = asked.key, found.version.body.section(key) != nil
            else { throw Refusal.notFound }
            let address = Address.section(key, of: found.writing.id)
            let slots = text.map { desk.slots($0, term, shape, code) } ?? []
            let lines = try slots.map { slot, indicator in
                try Self.line(slot, indicator, found, address, desk, words, db)
            }
            let page = FoundFiguresPage(
                lines, asked: text, FoundFiguresPage.Choice(term: term, shape: shape, unit: code),
                at: address, found.version.body, words)
            return (page, desk.trail(words, found.writing, section: key))
        }
        return desk.site.show(page, context, trail: trail)
    }

    /// A figure with what it says now in a sentence of its own.
    private static func line(
        _ slot: String, _ indicator: Indicator, _ found: FoundWriting, _ address: Address,
        _ desk: WritingDesk, _ words: Words, _ db: Connection
    ) throws -> FoundFiguresPage.Line {
        var body = found.version.body
        body.sections = [
            WritingBody.Section(
                key: 1, heading: WritingBody.Said(zh: "", en: ""),
                text: WritingBody.Said(zh: "[[\(slot)]]", en: ""), isNote: false)
        ]
        let reading = try WritingReading(found, body, desk, words, db)
        let says =
            reading.told(0)?.paragraphs.first?.textHTML
            ?? Markup.escape(
                reading.faults.first?.words[words.language] ?? words["report_figure_silent"])
        return FoundFiguresPage.Line(
            name: indicator.name[words.language], saysHTML: says, slot: "[[\(slot)]]",
            href: address.below("sentence").with("slot", slot).text)
    }
}

extension WritingDesk {
    /// The slots of the figures that a text fits, those whose name begins with it first.
    fileprivate func slots(
        _ text: String, _ term: String, _ shape: Slot.Form, _ unit: String?
    ) -> [(String, Indicator)] {
        let key = Folding.key(text)
        let all = district.catalogue.indicators.values.filter { $0.visibility != .sealed }.inOrder
        let named = all.filter { indicator in
            indicator.id == text
                || [indicator.name.zh, indicator.name.en].contains {
                    Folding.key($0).contains(key)
                }
        }
        let first = named.filter { Folding.key($0.name.zh).hasPrefix(key) || $0.id == text }
        let rest = named.filter { one in !first.contains { $0.id == one.id } }
        return (first + rest).prefix(WritingLimits.found).map { indicator in
            let said = shape == .phrase ? indicator.id : "\(shape.rawValue) \(indicator.id)"
            return ([said, unit ?? "", term].joined(separator: "|").trimmingBars, indicator)
        }
    }
}

extension String {
    fileprivate var trimmingBars: String {
        var text = self
        while text.hasSuffix("|") { text.removeLast() }
        return text
    }
}

/// Figures that were found, each with what it says.
struct FoundFiguresPage: Page {
    static let template = "reportdesk/figures"

    let title: String
    let action: String
    let asked: String
    let unit: String
    let terms: Select
    let shapes: Select
    let lines: Listed<Line>?
    let none: String?

    struct Line: Sendable {
        let name: String
        let saysHTML: String
        let slot: String
        let href: String
    }

    /// Of which part of the report a figure is asked, how it prints, and of which unit.
    struct Choice {
        let term: String
        let shape: Slot.Form
        let unit: String?
    }

    init(
        _ lines: [Line], asked: String?, _ choice: Choice, at address: Address,
        _ body: WritingBody, _ words: Words
    ) {
        title = words["report_figure_title"]
        action = address.below("figures").text
        self.asked = asked ?? ""
        unit = choice.unit ?? ""
        let terms = ["", "@", "..", "last month", "last quarter"]
        self.terms = Select(
            name: "term", label: words["report_figure_term"], chosen: choice.term,
            options: terms.map { (value: $0, label: words["report_figure_term_\($0.termName)"]) })
        shapes = Select(
            name: "form", label: words["report_figure_form"], chosen: choice.shape.rawValue,
            options: words.options(Slot.Form.allCases, "report_figure_form"))
        self.lines = Listed(lines)
        none = asked != nil && lines.isEmpty ? words["report_figure_none"] : nil
    }
}

extension String {
    /// What a part of a report's period is called among the words.
    fileprivate var termName: String {
        switch self {
        case "": "own"
        case "@": "end"
        case "..": "to_date"
        default: replacing(" ", with: "_")
        }
    }
}
