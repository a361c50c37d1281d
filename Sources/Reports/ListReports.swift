import Core
import Figures
import Hummingbird
import Ledger
import Organization
import Web

/// GET /reports?year=YYYY. For everybody: the issued reports, of one year or all; for whoever may
/// issue reports also a form for each template that is written for a unit of theirs.
struct ListReports: Sendable {
    let reports: Reports
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = site.words(context)
        let access = context.reader.access
        let mayIssue = access.may(.report)
        let mayWrite = access.may(.write)
        let year = try Query(request).text("year").flatMap(Int.init)
        return try await site.show(context, for: mayIssue || mayWrite ? access : nil) {
            [reports, site] db in
            let reading = try reports.figures.reading(db)
            let now = site.now()
            let store = ReportStore(db: db)
            let list = try store.list(year: year)
            let units =
                mayIssue ? reading.structure.units(.report, access, on: now.day) : []
            let page = ReportsPage(
                list, templates: reports.templates.values.map { $0 }, reading.structure,
                reading.today, units: units, words
            ).of(year, in: try store.years(), mayWrite: mayWrite, words)
            return Sheet(page: page, stamp: Stamp(position: reading.position, at: now))
        }
    }
}

/// The list of reports.
struct ReportsPage: Page {
    static let template = "reports/reports"
    let title: String
    let lead: String
    let isEmpty: Bool
    let reports: [Line]
    let drafts: Listed<DraftRow>?
    let draftLabel: String
    /// The archive by year.
    private(set) var years: Listed<Year>?
    private(set) var deskHref: String?

    struct Year: Sendable {
        let label: String
        let href: String
        let isChosen: Bool
    }

    struct Line: Sendable {
        let label: String
        let href: String
        let unit: String
        let period: String
        let issued: String
        let position: String
        let isWithdrawn: Bool
    }

    /// The form that asks for a draft from one template.
    struct DraftRow: Sendable {
        let label: String
        let holds: String
        let action: String
        let unitPick: Picker
        let periodPick: Picker
    }

    init(
        _ list: [ReportStore.Headline], templates: [ReportTemplate], _ structure: Structure,
        _ today: Day, units: [UnitVersion], _ words: Words
    ) {
        let language = words.language
        title = words["reports_title"]
        lead = words["reports_lead"]
        isEmpty = list.isEmpty
        reports = list.map { report in
            Line(
                label: report.title[language], href: Address.report(report.id).text,
                unit: structure.nearestVersion(report.unit, on: today)?.name ?? "",
                period: Period(report.period)?.words[language] ?? report.period,
                issued: report.issuedAt.text, position: report.position.grouped,
                isWithdrawn: report.isWithdrawn)
        }
        drafts = Listed(
            templates.sorted { $0.id < $1.id }.compactMap { template in
                let fitting = units.filter { (template.forms ?? []).contains($0.form) }
                guard !fitting.isEmpty else { return nil }
                let spans = template.spans.map(\.words[language])
                return DraftRow(
                    label: template.called[language],
                    holds: words[
                        "reports_holds",
                        ["periods": spans.joined(separator: words.comma)]],
                    action: Address.draft(template.id).text,
                    unitPick: .unit(
                        structure, on: today, chosen: nil, id: "unit-\(template.id)",
                        among: fitting, words),
                    periodPick: template.pick(
                        chosen: list.first { $0.template == template.id }?.period, today, words))
            })
        draftLabel = words["reports_draft"]
    }

    /// The same with the years of the archive, and the way to where reports are written.
    fileprivate func of(
        _ year: Int?, in years: [Int], mayWrite: Bool, _ words: Words
    ) -> ReportsPage {
        var page = self
        page.deskHref = mayWrite ? Address.reportDesk.text : nil
        guard years.count > 1 || year != nil else { return page }
        page.years = Listed(
            [
                Year(
                    label: words["reports_all_years"], href: Address.reports.text,
                    isChosen: year == nil)
            ]
                + years.map {
                    Year(
                        label: String($0),
                        href: Address.reports.with("year", String($0)).text,
                        isChosen: $0 == year)
                })
        return page
    }
}
