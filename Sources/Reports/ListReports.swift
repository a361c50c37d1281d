import Core
import Figures
import Hummingbird
import Ledger
import Organization
import Web

/// GET /reports. For everybody: the issued reports; for whoever may issue reports also a form for
/// each template that is written for a unit of theirs.
struct ListReports: Sendable {
    let reports: Reports
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = site.words(context)
        let access = context.reader.access
        let mayIssue = access.may(.report)
        return try await site.show(context, for: mayIssue ? access : nil) { [reports, site] db in
            let reading = try reports.figures.reading(db)
            let now = site.now()
            let list = try ReportStore(db: db).list()
            let units =
                mayIssue ? reading.structure.units(.report, access, on: now.day) : []
            let page = ReportsPage(
                list, templates: reports.templates.values.map { $0 }, reading.structure,
                reading.today, units: units, words)
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

    struct Line: Sendable {
        let label: String
        let href: String
        let unit: String
        let period: String
        let issued: String
        let position: String
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
                issued: report.issuedAt.text, position: report.position.grouped)
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
}
