import Accounts
import Core
import Figures
import Ledger
import Organization
import Reports
import Storage
import Web

/// What every verb on papers is given: what all verbs are, and the reports.
struct PaperDesk: Sendable {
    let app: Services
    let papers: Papers

    init(_ papers: Papers, _ accounts: Accounts, _ site: Site) {
        app = Services(papers.reports.figures.district, accounts, site)
        self.papers = papers
    }

    var reports: Reports { papers.reports }

    var site: Site { app.site }
    var district: District { app.district }

    /// An issued report by the id in the address.
    func report(_ context: AppContext, _ db: Connection) throws
        -> (report: IssuedReport, reading: Figures.Reading)
    {
        let reading = try reports.figures.reading(db)
        return (try reports.find(try context.word("id"), reading, db), reading)
    }

    func trail(_ report: IssuedReport, _ words: Words) -> [Link] {
        [
            Link(words["nav_reports"], Address("reports")),
            Link(report.template.title[words.language], .issuedReport(report.id)),
        ]
    }
}

/// Where the pages of papers are.
extension Address {
    static func issuedReport(_ id: String) -> Address { Address("reports", id) }
    static func papers(of report: String) -> Address { Address("reports", report, "papers") }
    static func newPaper(of report: String) -> Address {
        Address("reports", report, "papers", "new")
    }
    static func paper(_ id: ID<IssuedPaper>, as form: PaperForm) -> Address {
        Address("papers", id.text, form.rawValue)
    }
}
