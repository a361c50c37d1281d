import Accounts
import Core
import Hummingbird
import Organization
import Reports
import Storage
import Web

/// GET and POST /reports/:id/papers/new. For whoever may issue reports of the unit: what was issued
/// becomes an official paper with its number, and its files are asked for in the same commit.
struct IssuePaper: Sendable {
    let desk: PaperDesk

    /// The most recipients of one paper, and the most who get a copy.
    static let recipientLimit = 20
    /// The longest sign of an issuer, in characters.
    static let signCharacters = 12

    /// What the form says.
    struct Said: Sendable {
        let sign: String
        let recipients: [String]
        let copies: [String]
        let printedBy: String?

        init(_ form: Form) throws(Refusal) {
            var reader = FormReader(form)
            sign = reader.line("paper_sign", upTo: IssuePaper.signCharacters)
            if sign.contains(where: { "〔〕[]()（）".contains($0) || $0.isNumber || $0.isWhitespace }) {
                reader.fault(
                    "paper_sign", zh: "机关代字只写文字，例如“中组”；年份和序号由系统编排。",
                    en: "Write letters alone, such as 中组: year and number are given.")
            }
            recipients = Self.names(reader.optional("paper_to"))
            copies = Self.names(reader.optional("paper_copies"))
            printedBy = reader.optional("paper_printed")
            for (field, names) in [("paper_to", recipients), ("paper_copies", copies)]
            where names.count > IssuePaper.recipientLimit {
                reader.fault(
                    field, zh: "最多\(IssuePaper.recipientLimit)个单位。",
                    en: "At most \(IssuePaper.recipientLimit) units.")
            }
            try reader.check()
        }

        private static func names(_ text: String?) -> [String] {
            (text ?? "").split { "、，,；;".contains($0) }
                .map { String($0).trimmed }.filter { !$0.isEmpty }
        }
    }

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, nil)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let words = desk.site.words(context)
        let id = try context.word("id")
        let source = desk.site.absolute(.issuedReport(id), request)
        let response = try await desk.app.submit(
            form, context, needs: .right(.report), at: "paper_sign"
        ) { [desk] acting, db in
            let said = try Said(form)
            let (report, reading) = try desk.report(context, db)
            try reading.structure.require(
                .report, in: report.unit, acting.access, on: acting.moment.day)
            var paper = ReportPaper(report, words.language, small: words.small)
                .paper(reading, source: source)
            (paper.recipients, paper.copies) = (said.recipients, said.copies)
            let day = acting.moment.day
            paper.day = day.onPaper(words.language)
            paper.printedBy = said.printedBy.map {
                words["paper_printed_on", ["name": $0, "day": day.onPaper(words.language)]]
            }
            let store = PaperStore(db)
            paper.number = try store.nextNumber(said.sign, of: report.unit, in: day.year)
            let issued = IssuedPaper(
                id: .make(), report: report.id, unit: report.unit, paper: paper,
                issuedAt: acting.moment, issuedBy: acting.actor.name)
            let digest = try store.insert(issued)
            try desk.app.audit(db).record(
                "paper.issued", issued.id.text, by: acting.actor, at: acting.moment,
                evidence: digest)
            try JobStore(db).ask(PaperFiles.job, issued.id.text, at: acting.moment)
            return .papers(of: report.id)
        } again: { state in
            try await page(context, state)
        }
        desk.site.bell.ring()
        return response
    }

    private func page(_ context: AppContext, _ sent: FormState?) async throws -> Response {
        let words = desk.site.words(context)
        let access = context.reader.access
        let (report, sign) = try await desk.site.database.read { [desk] db in
            let (report, reading) = try desk.report(context, db)
            try reading.structure.require(
                .report, in: report.unit, access, on: desk.site.now().day)
            return (report, try PaperStore(db).newestSign(of: report.unit))
        }
        let state = sent ?? FormState(context, offering: ["paper_sign": sign ?? ""])
        let sheet = FormSheet(
            context.formHead(.newPaper(of: report.id), keeping: state.form), state,
            [
                state.line(
                    "paper_sign", words["field_paper_sign"], isRequired: true,
                    help: words["paper_sign_help"]),
                state.line(
                    "paper_to", words["field_paper_to"], help: words["paper_to_help"]),
                state.line("paper_copies", words["field_paper_copies"]),
                state.line("paper_printed", words["field_paper_printed"]),
            ], submit: words["paper_issue"])
        return desk.site.show(
            FormPage(words["paper_new_title"], lead: words["paper_new_lead"], sheet), context,
            trail: desk.trail(report, words)
                + [Link(words["papers_title"], .papers(of: report.id))],
            status: state.status)
    }
}
