import Catalogue
import Core
import Figures
import Hummingbird
import Organization
import Web

/// GET /reports/drafts/:template?unit=CODE&period=P. For whoever may issue reports of the unit: a
/// report with its figures as they are now. Who may not read the unit's records is told no more of
/// persons than the page of a figure tells; what an issued report tells, somebody decided.
struct ShowDraft: Sendable {
    let reports: Reports
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let template = try reports.template(try context.word("template"))
        let query = Query(request)
        let (written, asked) = (try query.written("unit"), try query.written("period"))
        let words = site.words(context)
        let access = context.reader.access
        return try await site.show(context, for: access) { [reports, site] db in
            let reading = try reports.figures.reading(db)
            let today = site.now().day
            guard let period = asked else {
                throw Refusal.invalid("时段", zh: "请写明时段。", en: "Name a period.")
            }
            guard let code = written else {
                throw Refusal.invalid("单位", zh: "请写明单位。", en: "Name a unit.")
            }
            let draft = try reports.draft(template, unit: code, period: period, reading)
            let unit = draft.unit.unit
            try reading.structure.require(.report, in: unit, access, on: today)
            let mayRead = reading.structure.lies(unit, below: access.units(.read), on: today)
            let text = ReportText(
                pins: draft.pins, today: [:],
                untold: try reports.untold(
                    draft.pins, mayRead ? access : .none, reading, words),
                reading: reading, words: words)
            let page = ReportPage(draft.template, position: reading.position, text, words)
            return Sheet(
                page: page, trail: [Link(words["nav_reports"], .reports)],
                stamp: Stamp(position: reading.position, at: site.now()))
        }
    }
}

extension Reports {
    /// What stands in the place of each number that is not told, by its slot. Who may read the
    /// records may know their number, but for those of sealed kinds.
    package func untold(
        _ pins: [Pin], _ access: Access, _ reading: Figures.Reading, _ words: Web.Words
    ) throws -> [String: String] {
        let disclosures = Disclosures(reading, today: reading.today)
        var untold: [String: String] = [:]
        for pin in pins where !access.knows(pin.question.indicator, reading.reckoner.catalogue) {
            if try disclosures.disclosure(pin.question) != .open {
                untold[pin.slot] = words["figure_withheld"]
            }
        }
        return untold
    }
}

extension Access {
    /// Whether somebody who reads the records of a unit reads those behind a figure as well.
    fileprivate func knows(_ indicator: String, _ catalogue: Catalogue) -> Bool {
        guard may(.read), let indicator = catalogue.indicators[indicator] else { return false }
        return opens(indicator, catalogue)
    }
}
