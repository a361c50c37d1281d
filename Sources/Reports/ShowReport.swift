import Core
import Figures
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /reports/:id. For everybody: an issued report as it was; where a figure would print
/// something else today, it says so beside the number.
struct ShowReport: Sendable {
    let reports: Reports
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.word("id")
        let words = site.words(context)
        let prepare: @Sendable () async throws -> Void = { [reports] in
            let questions = try await reports.figures.district.database.read { db in
                let reading = try reports.figures.reading(db)
                return try reports.find(id, reading, db).pins.map {
                    $0.question.asking(at: reading.position, today: reading.today)
                }
            }
            try await reports.figures.prepare(questions)
        }
        return try await site.show(context, prepare: prepare) { [reports, site] db in
            let reading = try reports.figures.reading(db)
            let report = try reports.find(id, reading, db)
            let disclosures = Disclosures(reading, today: site.now().day)
            var today: [String: String] = [:]
            for pin in report.pins {
                let now = try reading.answer(
                    pin.question.asking(at: reading.position, today: reading.today))
                guard let indicator = try? reading.reckoner.indicator(pin.question.indicator)
                else { continue }
                let phrase = reading.phrase(pin.slot, now, indicator, words.language)
                guard pin.differs(now, phrase, words.language) else { continue }
                let asked = pin.question.asking(
                    at: reading.position, today: reading.today)
                today[pin.slot] =
                    try disclosures.disclosure(asked) == .open
                    ? phrase : words["figure_withheld"]
            }
            let hidden = report.pins.filter { reading.hides($0.question, $0.answer) }
            let text = ReportText(
                pins: report.pins, today: today,
                untold: Dictionary(hidden.map { ($0.slot, words.small) }) { first, _ in first },
                reading: reading, words: words)
            let page = ReportPage(
                report, text, withdrawn: try ReportStore(db: db).withdrawal(of: report.id), words)
            return Sheet(
                page: page, trail: [Link(words["nav_reports"], .reports)],
                stamp: Stamp(position: reading.position, at: site.now()))
        }
    }
}

/// A report, issued or a draft.
struct ReportPage: Page {
    static let template = "reports/report"
    let title: String
    let state: String
    let stateClass: String
    let facts: String
    /// That it no longer holds, since when and why.
    private(set) var withdrawn: String?
    let sections: [Section]
    let notes: [Section]
    let issuer: Signature?
    let changesHref: String?
    let changesLabel: String
    let papersHref: String?
    let papersLabel: String
    let chainLabel: String
    let chain: String?

    struct Section: Sendable {
        let heading: String?
        let paragraphs: [Paragraph]
    }

    /// Who issued the report, and on which day.
    struct Signature: Sendable {
        let name: String
        let day: String
    }

    struct Paragraph: Sendable {
        let textHTML: String
    }

    init(
        _ report: IssuedReport, _ text: ReportText, withdrawn: ReportStore.Withdrawal?,
        _ words: Words
    ) {
        self.withdrawn = withdrawn.map {
            words["report_withdrawn_why", ["time": $0.at.text, "why": $0.why]]
        }
        title = report.template.title[words.language]
        state = words["report_issued"]
        stateClass = "tag tag-seal"
        facts =
            words[
                "report_issued_facts",
                ["time": report.issuedAt.text, "position": report.position.grouped]]
        (sections, notes) = text.sections(report.template)
        issuer = report.template.issuer.map {
            Signature(
                name: $0[words.language], day: report.issuedAt.day.written(words.language))
        }
        changesHref = Address.changes(report.id).text
        changesLabel = words["report_changes"]
        papersHref = Address.report(report.id).below("papers").text
        papersLabel = words["report_papers"]
        chainLabel = words["report_chain"]
        chain = report.chainHash
    }

    init(
        _ template: ReportTemplate, position: Int, _ text: ReportText, _ words: Words
    ) {
        title = template.title[words.language]
        state = words["report_draft"]
        stateClass = "tag tag-warn"
        facts = words["report_draft_facts", ["position": position.grouped]]
        (sections, notes) = text.sections(template)
        issuer = template.issuer.map {
            Signature(name: $0[words.language], day: words["report_unsigned"])
        }
        (changesHref, papersHref) = (nil, nil)
        (changesLabel, papersLabel) = ("", "")
        chainLabel = ""
        chain = nil
    }
}

/// Fills the text of a report: every number becomes a link to the records it counts.
package struct ReportText {
    private let pins: [String: Pin]
    /// What a figure would print today, where that differs.
    private let today: [String: String]
    /// What stands in the place of a number that is not told.
    private let untold: [String: String]
    private let reading: Figures.Reading
    private let words: Words

    package init(
        pins: [Pin], today: [String: String], untold: [String: String],
        reading: Figures.Reading, words: Words
    ) {
        self.pins = Dictionary(pins.map { ($0.slot, $0) }) { first, _ in first }
        self.today = today
        self.untold = untold
        self.reading = reading
        self.words = words
    }

    /// What is told, and how it was counted.
    func sections(
        _ template: ReportTemplate
    ) -> (text: [ReportPage.Section], notes: [ReportPage.Section]) {
        let told = template.told(pins, hidden: Set(untold.keys))
        return (page(told.filter { !$0.isNote }), page(told.filter(\.isNote)))
    }

    private func page(_ told: [ReportTemplate.ToldSection]) -> [ReportPage.Section] {
        told.map { section in
            ReportPage.Section(
                heading: section.heading?[words.language],
                paragraphs: section.paragraphs.map { paragraph in
                    ReportPage.Paragraph(
                        textHTML: paragraph.map { html($0[words.language]) }
                            .joined(separator: ReportTemplate.Paragraph.gap(words.language)))
                })
        }
    }

    /// A sentence, a number or what else a template says, with its figures in place.
    package func html(_ sentence: String) -> String {
        Piece.read(sentence).map { piece in
            switch piece {
            case .text(let text): Markup.escape(text)
            case .slot(let slot): html(slot)
            }
        }.joined()
    }

    private func html(_ slot: Slot) -> String {
        guard let pin = pins[slot.key] else {
            return Markup.escape(slot.printed(nil, words.language))
        }
        if slot.form == .change, untold[slot.key] != nil { return "" }
        let said = untold[slot.key] ?? slot.printed(pin, words.language)
        // The comma before a change is no part of what is opened.
        let comma = slot.form == .change ? said.prefix { "，, ".contains($0) } : ""
        let printed = Markup.escape(String(said.dropFirst(comma.count)))
        let day = pin.question.period.lastDay
        let code = reading.structure.nearestVersion(pin.question.unit, on: day)?.code ?? ""
        let href = Markup.escape(Address.figure(pin.question, unit: code).text)
        let kind = slot.form == .change ? "figure figure-change" : "figure"
        let link = "\(comma)<a class=\"\(kind)\" href=\"\(href)\">\(printed)</a>"
        guard let now = today[slot.key] else { return link }
        let note = Markup.escape(words["report_now", ["phrase": now]])
        return link + "<span class=\"figure-now\">\(note)</span>"
    }
}

extension Figures.Reading {
    /// Whether a public report says only that a number of persons or households is small.
    func hides(_ question: Question, _ answer: Answer) -> Bool {
        guard let indicator = reckoner.catalogue.indicators[question.indicator],
            reckoner.catalogue.countsPersons(indicator)
        else { return false }
        return Suppression.isSmall(answer.numerator)
    }

    /// What a public page prints of a pinned figure.
    func told(_ pin: Pin, _ words: Words) -> String {
        hides(pin.question, pin.answer) ? words.small : pin.phrase(words.language)
    }
}

extension Pin {
    /// Whether a figure would say something else now than its report does.
    fileprivate func differs(_ now: Answer, _ phrase: String, _ language: Language) -> Bool {
        guard Slot.form(of: slot) == .change else { return phrase != self.phrase(language) }
        return now.state != answer.state || now.numerator != answer.numerator
            || now.denominator != answer.denominator
    }
}

extension Words {
    /// That a number of persons or households is small.
    package var small: String { self["figure_small", ["limit": String(Suppression.threshold)]] }
}
