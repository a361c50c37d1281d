import Accounts
import Cases
import Core
import Hummingbird
import Ledger
import Organization
import Reports
import Storage
import Web

/// POST /reports/desk/:id/review and …/issue. For whoever may write the report: hands the newest
/// version in, which opens its case or takes it up again. For whoever may issue reports of the
/// unit: issues what was signed, in one commit with the step of the case.
struct ReviewWriting: Sendable {
    let desk: WritingDesk

    @Sendable func handIn(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let title = try await title(context)
        let response = try await desk.app.submit(form, context, needs: .right(.write)) {
            [desk] acting, db in
            let found = try desk.find(context, acting, db)
            try found.requireOpen()
            try found.requireNewest(try form.shown())
            let (district, review) = (desk.district, desk.review)
            let step = [Heading.field(review.version): String(found.version.number)]
            if let id = found.writing.caseID {
                let seq = try district.caseReading(id, nil, db)?.row.seq ?? 0
                try district.takeStep(
                    review.handIn, in: id, shown: seq, values: step, by: .account(acting), db: db)
            } else {
                let id = try district.openCase(
                    review.procedure, values: [.field(review.title): title], opening: step,
                    at: found.writing.unit, by: .account(acting), db: db)
                try WritingStore(db).note(case: id, of: found.writing.id)
            }
            try desk.note("report.handed_in", found.writing.id, acting, db)
            return Address.writing(found.writing.id).with("done", "report_handed_in")
        }
        desk.site.bell.ring()
        return response
    }

    /// What the case is called: the title of the report with its unit and period.
    private func title(_ context: AppContext) async throws -> String {
        let words = desk.site.words(context)
        return try await desk.database.read { [desk] db in
            let found = try desk.find(context, db)
            try found.requireOpen()
            let reading = try WritingReading(found, found.version.body, desk, words, db)
            guard reading.faults.isEmpty else { throw Refusal.invalid(reading.faults) }
            return reading.title
        }
    }

    @Sendable func issue(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let moment = desk.site.now()
        // The figures are read ahead, so that nobody waits for them to write.
        let report = try await desk.database.read { [desk] db in
            let found = try desk.find(context, db)
            guard let account = context.reader.account else { throw Refusal.notFound }
            try desk.requireSigned(found, db)
            let (template, faults) = found.version.body.template(
                found.writing.id.text, desk.district.catalogue)
            guard faults.isEmpty else { throw Refusal.invalid(faults.flatMap(\.value)) }
            let day = Period(found.writing.period)?.lastDay ?? moment.day
            let code = found.sight.structure.nearestVersion(found.writing.unit, on: day)?.code
            return try desk.reports.ready(
                template, unit: code ?? "", period: found.writing.period,
                by: Actor(name: account.text, standing: .account), at: moment, db)
        }
        let response = try await desk.app.submit(form, context, needs: .right(.report)) {
            [desk] acting, db in
            let found = try desk.find(context, acting, db)
            try found.requireNewest(try form.shown())
            let (id, seq) = try desk.requireSigned(found, db)
            try desk.reports.keep(report, by: acting.actor, db)
            // Who may issue was asked above, by the right over the unit and not by its posts.
            try desk.district.takeStep(
                desk.review.issue, in: id, shown: seq,
                values: [.field(desk.review.report): report.id], by: .machine(acting.actor), db: db)
            try WritingStore(db).note(report: report.id, of: found.writing.id)
            return .report(report.id)
        }
        desk.site.bell.ring()
        return response
    }
}

extension FoundWriting {
    /// - Throws: `Refusal.conflict` where somebody saved another version since the page was shown.
    fileprivate func requireNewest(_ shown: Int) throws(Refusal) {
        guard shown == version.number else {
            throw .conflict(
                zh: "这份报告刚有新的版本，请重新打开，看过后再办。",
                en: "A newer version was saved just now: open the report again and look at it.")
        }
    }
}

extension WritingDesk {
    /// The case of a report that was signed by somebody who wrote nothing of it, and the place of
    /// its newest record.
    ///
    /// - Throws: `Refusal.notFound` for whom it is not to issue; `conflict` for what is not signed.
    @discardableResult
    fileprivate func requireSigned(
        _ found: FoundWriting, _ db: Connection
    ) throws -> (id: Record.ID, seq: Int) {
        guard found.mayIssue else { throw Refusal.notFound }
        guard found.stage == .signed, let id = found.writing.caseID,
            let reading = try district.caseReading(id, nil, db)
        else {
            throw Refusal.conflict(
                zh: "这份报告还没有签批，或已经签发。", en: "The report is not signed yet, or issued already.")
        }
        let signed = reading.standing.last { $0.place.step == review.sign }
        let writers = try WritingStore(db).writers(of: found.writing.id)
        if let by = signed?.record.recordedBy, writers.contains(by) {
            throw Refusal.conflict(
                zh: "签批人写过这份报告的文字，须由没有参与起草的人签批：请撤回签批，由他人办理。",
                en: "Whoever signed wrote in this report: take the signature back, and have "
                    + "somebody sign who did not.")
        }
        return (id, reading.row.seq)
    }
}
