import Accounts
import Cases
import Core
import Hummingbird
import Ledger
import Organization
import Reports
import Storage
import Web

/// GET and POST /reports/:id/withdrawal. For whoever may issue reports of the unit: an issued
/// report stays as it was, and its page says that it no longer holds, and why.
struct WithdrawReport: Sendable {
    let desk: WritingDesk

    /// The shortest reason, in characters.
    private static let fewest = 4

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, nil)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let response = try await desk.app.submit(form, context, needs: .right(.report), at: "why") {
            [desk] acting, db in
            let report = try desk.report(context, acting.access, db)
            var reader = FormReader(form)
            let why = reader.lines("why", atLeast: Self.fewest)
            try reader.check()
            try desk.reports.withdraw(
                report, because: why, by: acting.actor, at: acting.moment, db)
            try desk.noteWithdrawn(report.id, acting, db)
            return .report(report.id)
        } again: { state in
            try await page(context, state)
        }
        desk.site.bell.ring()
        return response
    }

    private func page(_ context: AppContext, _ sent: FormState?) async throws -> Response {
        let words = desk.site.words(context)
        let access = context.reader.access
        let report = try await desk.database.read { [desk] db in
            try desk.report(context, access, db)
        }
        let state = sent ?? FormState(context)
        let sheet = FormSheet(
            context.formHead(.withdrawal(of: report.id), keeping: state.form), state,
            [
                state.lines(
                    "why", words["report_withdraw_why"], isRequired: true,
                    help: words["report_withdraw_help"])
            ], submit: words["report_withdraw"])
        let title = report.template.title[words.language]
        return desk.site.show(
            FormPage(
                words["report_withdraw"], lead: words["report_withdraw_lead", ["title": title]],
                sheet), context,
            trail: [
                Link(words["nav_reports"], Address("reports")), Link(title, .report(report.id)),
            ], status: state.status)
    }
}

extension WritingDesk {
    /// An issued report of a unit for which the reader may issue reports.
    fileprivate func report(
        _ context: AppContext, _ access: Access, _ db: Connection
    ) throws -> IssuedReport {
        let reading = try reports.figures.reading(db)
        let report = try reports.find(try context.word("id"), reading, db)
        try reading.structure.require(.report, in: report.unit, access, on: app.today)
        return report
    }

    /// The step in the case of a report that was written here.
    fileprivate func noteWithdrawn(
        _ report: String, _ acting: ActingAccount, _ db: Connection
    ) throws {
        let found = try WritingStore(db).list("w.report_id = \(report)", limit: 1).first
        guard let id = found?.writing.caseID,
            let reading = try district.caseReading(id, nil, db)
        else { return }
        try district.takeStep(
            review.withdraw, in: id, shown: reading.row.seq,
            values: [.field(review.report): report], by: .machine(acting.actor), db: db)
    }
}
