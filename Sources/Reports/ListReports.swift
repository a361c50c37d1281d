import Core
import Figures
import Hummingbird
import Ledger
import Organization
import Web

/// GET /reports. For everybody: the issued reports, and a form to read a draft.
struct ListReports: Sendable {
    let reports: Reports
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = site.words(context)
        return try await site.show(context) { [reports, site] db in
            let reading = try reports.figures.reading(db)
            let stamp = Stamp(position: reading.position, at: site.now())
            let list = try ReportStore(db: db).list()
            let root = reading.structure.root(nearest: reading.today)
            let page = ReportsPage(
                list, templates: reports.templates.values.map { $0 }, reading.structure,
                reading.today,
                unit: root?.code ?? "", period: list.first?.period ?? "", words)
            return Sheet(page: page, stamp: stamp)
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
    let drafts: [Draft]
    let unitLabel: String
    let periodLabel: String
    let draftLabel: String

    struct Line: Sendable {
        let label: String
        let href: String
        let unit: String
        let period: String
        let issued: String
        let position: String
    }

    struct Draft: Sendable {
        let label: String
        let action: String
        let unitID: String
        let periodID: String
        let unit: String
        let period: String
    }

    init(
        _ list: [ReportStore.Headline], templates: [ReportTemplate], _ structure: Structure,
        _ today: Day, unit: String, period: String, _ words: Words
    ) {
        let language = words.language
        title = words["reports_title"]
        lead = words["reports_lead"]
        isEmpty = list.isEmpty
        reports = list.map { report in
            Line(
                label: report.title[language], href: Address.report(report.id).text,
                unit: structure.nearestVersion(report.unit, on: today)?.name ?? "",
                period: report.period, issued: report.issuedAt.text,
                position: report.position.grouped)
        }
        drafts = templates.sorted { $0.id < $1.id }.map { template in
            Draft(
                label: template.title[language],
                action: Address("reports", "drafts", template.id)
                    .text, unitID: "unit-\(template.id)", periodID: "period-\(template.id)",
                unit: unit, period: period)
        }
        unitLabel = words["reports_unit"]
        periodLabel = words["reports_period"]
        draftLabel = words["reports_draft"]
    }
}
