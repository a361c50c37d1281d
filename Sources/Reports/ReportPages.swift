import Core
import Figures
import Hummingbird
import Web

/// The pages of reports: the list, a draft with live figures, an issued report, its changes.
package func reportPages(_ reports: Reports) -> Feature {
    Feature(
        name: "reports",
        navigation: [Destination("nav_reports", .reports, path: Address.reports.text)],
        templates: .module,
        pages: [ReportsPage.self, ReportPage.self, ChangesPage.self],
        checks: [reports.check],
        routes: { router, site in
            router.get(
                "reports", needs: .everybody, use: ListReports(reports: reports, site: site).handle)
            router.get(
                "reports/drafts/:template", needs: .right(.report),
                use: ShowDraft(reports: reports, site: site).handle)
            router.get(
                "reports/:id", needs: .everybody,
                use: ShowReport(reports: reports, site: site).handle)
            router.get(
                "reports/:id/changes", needs: .everybody,
                use: ShowChanges(reports: reports, site: site).handle)
        })
}

/// Where the pages of reports are.
extension Address {
    static let reports = Address("reports")
    /// Where reports are written.
    package static let reportDesk = Address("reports", "desk")

    package static func report(_ id: String) -> Address { Address("reports", id) }
    static func changes(_ id: String) -> Address { Address("reports", id, "changes") }

    static func draft(_ template: String) -> Address {
        Address("reports", "drafts", template)
    }

    /// The page of the figure that a slot prints.
    static func figure(_ question: Question, unit code: String) -> Address {
        Address("figures", question.indicator).with("unit", code)
            .with("period", question.period.text)
            .with("structure", question.structure.rawValue)
    }
}
