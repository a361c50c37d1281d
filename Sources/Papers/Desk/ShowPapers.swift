import Core
import Figures
import Hummingbird
import Organization
import Reports
import Storage
import Web

/// GET /reports/:id/papers. For everybody: the official papers of an issued report, with their
/// numbers and files; for whoever may issue reports of the unit also the way to a new one.
struct ShowPapers: Sendable {
    let desk: PaperDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = desk.site.words(context)
        let access = context.reader.access
        let page = try await desk.site.database.read { [desk] db in
            let (report, reading) = try desk.report(context, db)
            let store = PaperStore(db)
            let lines = try store.list(of: report.id).map { issued in
                PapersPage.Line(
                    issued, made: try store.made(of: issued.id),
                    job: try JobStore(db).find(PaperFiles.job, issued.id.text), words)
            }
            let mayIssue = reading.structure.lies(
                report.unit, below: access.units(.report), on: desk.site.now().day)
            return (
                PapersPage(
                    report, lines, newHref: mayIssue ? Address.newPaper(of: report.id) : nil,
                    words), desk.trail(report, words)
            )
        }
        return desk.site.show(page.0, context, trail: page.1)
    }
}

/// GET /papers/:id/:form. For everybody: a paper as a Word file or a PDF, as it was made.
struct DownloadPaper: Sendable {
    let desk: PaperDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: IssuedPaper.self)
        guard let form = PaperForm(rawValue: try context.word("form")) else {
            throw Refusal.notFound
        }
        let found = try await desk.site.database.read { db in
            let store = PaperStore(db)
            return (try store.find(id), try store.file(form, of: id))
        }
        guard let paper = found.0?.paper, let file = found.1, let number = paper.number else {
            throw Refusal.notFound
        }
        let name = "\(number.text) \(paper.title).\(form.rawValue)"
        return desk.site.download(
            file.bytes, as: form.type, named: name,
            plainly: "paper-\(number.year)-\(number.count).\(form.rawValue)")
    }
}

/// The papers of a report.
struct PapersPage: Page {
    static let template = "papers/papers"

    let title: String
    let lead: String
    let isEmpty: Bool
    let lines: [Line]
    let newHref: String?

    struct Line: Sendable {
        let name: String
        let facts: String
        let files: [File]
        /// How far the files are that are not made yet, or why there is none.
        let waits: String?
        let fonts: String?

        struct File: Sendable {
            let label: String
            let href: String
            let digest: String
        }

        init(
            _ issued: IssuedPaper, made: [PaperForm: PaperFileFacts], job: Job?, _ words: Words
        ) {
            name = issued.paper.number?.text ?? issued.paper.title
            facts = words["paper_facts", ["time": issued.issuedAt.text]]
            files = PaperForm.allCases.compactMap { form in
                made[form].map {
                    File(
                        label: words["paper_as_\(form.rawValue)"],
                        href: Address.paper(issued.id, as: form).text,
                        digest: String($0.digest.prefix(16)))
                }
            }
            waits =
                made.count == PaperForm.allCases.count
                ? nil
                : job?.state == .failed
                    ? words["paper_failed"]
                    : words[
                        "paper_waits",
                        [
                            "done": String(made.count),
                            "count": String(PaperForm.allCases.count),
                        ]]
            fonts = made[.pdf].flatMap { file in
                let pairs = file.fonts
                return pairs.isEmpty
                    ? nil
                    : words[
                        "paper_fonts",
                        [
                            "fonts": pairs.map {
                                words["paper_font", ["named": $0.named, "taken": $0.taken]]
                            }.joined(separator: words.comma)
                        ]]
            }
        }
    }

    init(_ report: IssuedReport, _ lines: [Line], newHref: Address?, _ words: Words) {
        title = words["papers_title"]
        lead = words["papers_lead", ["title": report.template.title[words.language]]]
        isEmpty = lines.isEmpty
        self.lines = lines
        self.newHref = newHref?.text
    }
}
