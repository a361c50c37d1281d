import Accounts
import Core
import Figures
import Ledger
import Reports
import Web

/// What papers are made of: the reports of a district, and the forms of its procedures.
package struct Papers: Sendable {
    package let reports: Reports
    /// By their names.
    package let forms: [String: CaseForm]

    package init(_ reports: Reports, forms: [String: CaseForm]) {
        self.reports = reports
        self.forms = forms
    }

    /// - Throws: `BrokenCatalogue` with what is wrong with a template or a form.
    package init(_ figures: Figures, folders: [String]) throws {
        reports = try Reports(figures, folders: folders)
        forms = try CaseForm.load(folders: folders, figures.district.catalogue)
    }
}

/// Official papers: what an office signs and sends, made of what stands in the ledger.
package func paperPages(_ papers: Papers, _ accounts: Accounts) -> Feature {
    let district = papers.reports.figures.district
    return Feature(
        name: "papers", templates: .module,
        pages: [PapersPage.self, CheckPage.self, CasePapersPage.self],
        jobs: [PaperFiles(district: district).kind],
        routes: { router, site in
            let desk = PaperDesk(papers, accounts, site)
            router.get("reports/:id/papers", needs: .everybody, use: ShowPapers(desk: desk).handle)
            let issue = IssuePaper(desk: desk)
            router.get("reports/:id/papers/new", needs: .right(.report), use: issue.show)
            router.post(
                "reports/:id/papers/new", needs: .right(.report), use: issue.handle)
            router.get("papers/:id/:form", needs: .everybody, use: DownloadPaper(desk: desk).handle)
            let check = CheckFigures(desk: desk)
            router.get("figures/check", needs: .signedIn, use: check.show)
            router.post("figures/check", needs: .signedIn, use: check.handle)
            let ofCase = CasePapers(desk: desk)
            router.get("cases/:id/papers", needs: .signedIn, use: ofCase.show)
            router.get("cases/:id/papers/:paper", needs: .signedIn, use: ofCase.download)
        })
}
