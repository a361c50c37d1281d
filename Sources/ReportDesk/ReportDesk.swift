import Accounts
import Core
import Ledger
import Reports
import Web

/// The report desk: text edited by section in the browser with figures in it, every save a version,
/// comments, and review and issue as a case.
package func reportDesk(
    _ reports: Reports, _ review: ReviewDesk, _ accounts: Accounts
) -> Feature {
    Feature(
        name: "reportdesk",
        templates: .module,
        pages: [
            WritingsPage.self, WritingPage.self, SectionPage.self, FoundFiguresPage.self,
            VersionsPage.self,
        ],
        routes: { router, site in
            let desk = WritingDesk(reports, review, accounts, site)
            routeWritings(router, desk)
            routeSections(router, desk)
            routeReview(router, desk)
        })
}

/// Reports that are written, and how one begins.
private func routeWritings(_ router: Routes, _ desk: WritingDesk) {
    let (read, write) = (Need.right(.read), Need.right(.write))
    router.get("reports/desk", needs: read, use: ListWritings(desk: desk).handle)
    let start = StartWriting(desk: desk)
    router.get("reports/desk/new", needs: write, use: start.show)
    router.post("reports/desk/new", needs: write, use: start.handle)
    router.get("reports/desk/:id", needs: read, use: ShowWriting(desk: desk).handle)
    router.get("reports/desk/:id/versions", needs: read, use: CompareVersions(desk: desk).handle)
}

/// One section: its text, its figures, and what is said about it.
private func routeSections(_ router: Routes, _ desk: WritingDesk) {
    let (read, write) = (Need.right(.read), Need.right(.write))
    let text = WriteSection(desk: desk)
    router.get("reports/desk/:id/sections/:section", needs: read, use: text.show)
    router.post(
        "reports/desk/:id/sections/:section", needs: write, fields: ["shown": .carried],
        use: text.handle)
    router.get(
        "reports/desk/:id/sections/:section/figures", needs: write,
        use: FindFigure(desk: desk).handle)
    let sentence = ShapeSentence(desk: desk)
    router.get(
        "reports/desk/:id/sections/:section/sentence", needs: write, use: sentence.show)
    router.post(
        "reports/desk/:id/sections/:section/sentence", needs: write,
        fields: ["shown": .carried, "at": .carried], use: sentence.handle)
    let comments = Comment(desk: desk)
    router.post(
        "reports/desk/:id/sections/:section/comments", needs: read,
        fields: ["answers": .carried], use: comments.add)
    router.post(
        "reports/desk/:id/sections/:section/settlement", needs: read,
        fields: ["comment": .carried], use: comments.settle)
}

/// Review, issue, and taking back what was issued.
private func routeReview(_ router: Routes, _ desk: WritingDesk) {
    let review = ReviewWriting(desk: desk)
    router.post(
        "reports/desk/:id/review", needs: .right(.write), fields: ["shown": .carried],
        use: review.handIn)
    router.post(
        "reports/desk/:id/issue", needs: .right(.report), fields: ["shown": .carried],
        use: review.issue)
    let withdraw = WithdrawReport(desk: desk)
    router.get("reports/:id/withdrawal", needs: .right(.report), use: withdraw.show)
    router.post("reports/:id/withdrawal", needs: .right(.report), use: withdraw.handle)
}

extension Address {
    /// The form with which a report begins.
    static let newWriting = Address("reports", "desk", "new")

    /// A report that is being written.
    package static func writing(_ id: Writing.ID) -> Address {
        Address("reports", "desk", id.text)
    }

    /// One of its sections; nil is one that is added.
    static func section(_ key: Int?, of id: Writing.ID) -> Address {
        Address("reports", "desk", id.text, "sections", key.map(String.init) ?? "new")
    }

    /// The form that takes an issued report back.
    static func withdrawal(of report: String) -> Address {
        Address("reports", report, "withdrawal")
    }
}
