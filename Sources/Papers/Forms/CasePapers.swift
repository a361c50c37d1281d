import Accounts
import Cases
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /cases/:id/papers and /cases/:id/papers/:paper. For who may read such cases of its unit: the
/// forms of a case by its steps, what is missing, and each as a Word file. They name persons, so
/// nothing of them is kept: each is made anew of the records.
struct CasePapers: Sendable {
    let desk: PaperDesk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = desk.site.words(context)
        let (reading, papers) = try await papers(context)
        let page = CasePapersPage(reading, papers, words)
        return desk.site.show(
            page, context,
            trail: [
                Link(words["nav_cases"], Address("cases")),
                Link(reading.row.number, Address("cases", reading.id.text)),
            ])
    }

    @Sendable func download(_ request: Request, _ context: AppContext) async throws -> Response {
        let name = try context.word("paper")
        let (reading, papers) = try await papers(context)
        let found = papers.first { $0.form.id == name && $0.paper != nil }
        guard let made = found, let paper = made.paper else { throw Refusal.notFound }
        return desk.site.download(
            try WordFile(paper).bytes, as: WordFile.type,
            named: "\(made.form.name[context.language]) \(reading.row.number).docx",
            plainly: "\(made.form.id).docx")
    }

    private func papers(_ context: AppContext) async throws -> (CaseReading, [CasePaper]) {
        let id = try context.id("id", of: Record.self)
        let access = context.reader.access
        return try await desk.site.database.read { [desk] db in
            let (district, structure) = (desk.district, try desk.district.structure(db))
            let scope = district.caseScope(of: access, structure)
            guard try CaseStore(db).find(id, in: scope) != nil,
                let reading = try district.caseReading(id, nil, db)
            else { throw Refusal.notFound }
            let maker = try CasePaperMaker(reading, district.catalogue, context.language, db)
            return (reading, maker.papers(desk.papers.forms))
        }
    }
}

/// The forms of a case.
struct CasePapersPage: Page {
    static let template = "papers/case_papers"

    let title: String
    let lead: String
    let isEmpty: Bool
    let lines: [Line]

    struct Line: Sendable {
        let name: String
        let state: String
        let stateStyle: String
        let missing: String?
        let href: String?
    }

    init(_ reading: CaseReading, _ papers: [CasePaper], _ words: Words) {
        let language = words.language
        title = words["case_papers_title", ["number": reading.row.number]]
        lead = words["case_papers_lead"]
        isEmpty = papers.isEmpty
        lines = papers.map { paper in
            Line(
                name: paper.form.name[language],
                state: paper.record.map {
                    words[
                        "case_papers_made",
                        ["day": $0.record.happenedOn.description]]
                } ?? words["case_papers_waits"],
                stateStyle: paper.record == nil ? "" : "tag-good",
                missing: paper.missing.isEmpty
                    ? nil
                    : words["case_papers_missing", ["count": String(paper.missing.count)]],
                href: paper.record == nil
                    ? nil : Address("cases", reading.id.text, "papers", paper.form.id).text)
        }
    }
}
