import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /dues/:due?on=2015-05-04. For anyone who may read or write somewhere: one due over their
/// units, and how what was done compares with what was due over the past periods.
struct ShowDue: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.word("due")
        let query = Query(request)
        let day = try query.day("on")
        let keyset = try Keyset(query, parts: 5, limit: DueReading.rowsPerPage)
        let words = app.site.words(context)
        let access = context.reader.access
        return try await app.site.show(context, for: access) { [district = app.district] db in
            let reading = try DueReading(district, db, access: access, on: day)
            // Of a sealed kind there is nothing to count on a list.
            guard let due = reading.openDues.first(where: { $0.id == id }) else {
                throw Refusal.notFound
            }
            return Sheet(
                page: try DuePage(
                    due, asked: day, keyset, reading, DueWriter(reading, access, words)),
                trail: [Link(words["dues_title"], .dues)])
        }
    }
}

/// One due over the units of its reader.
struct DuePage: Page {
    static let template = "dues/due"

    let title: String
    let lead: String
    let action: String
    let dayText: String
    let rule: Link?
    let source: String?
    let ruleDays: String?
    let owedBy: String
    let remarks: [String]
    let course: [Past]
    let hasCourse: Bool
    let heading: String
    let rows: [DueRow]
    let hasRows: Bool
    let empty: String?
    let pager: Pager?

    /// One past period: how many units owed it, and how many did it.
    struct Past: Sendable {
        let period: String
        let owed: String
        let kept: String
        let done: DoneBar
    }

    /// So many periods back the course goes.
    static let periods = 12

    init(
        _ due: Due, asked day: Day?, _ keyset: Keyset, _ reading: DueReading, _ writer: DueWriter
    ) throws {
        let (words, catalogue) = (writer.words, reading.district.catalogue)
        let language = words.language
        let rule = reading.rule(of: due)
        let lines = try reading.lines([due])
        let name = due.name[language]
        title = name
        lead = words["due_lead", ["day": reading.day.description]]
        action = Address.due(due.id).text
        dayText = reading.day.description
        self.rule = rule.map(writer.link)
        source = rule?.source[language]
        ruleDays = rule.map { DuePage.days($0, words) }
        owedBy = due.forms.compactMap { catalogue.forms[$0]?.name[language] }
            .joined(separator: words.comma)
        remarks = writer.remarks([due])
        course = try reading.course(due, periods: Self.periods).map { past in
            let period = past.window.period.said(words)
            return Past(
                period: period, owed: past.owed.grouped, kept: past.kept.grouped,
                done: DoneBar(
                    done: past.kept, owed: past.owed,
                    text: words[
                        "due_done_of",
                        ["done": past.kept.grouped, "owed": past.owed.grouped]],
                    label: words["due_bar", ["due": name, "unit": period]]))
        }
        hasCourse = course.contains { $0.owed != "0" }
        let (shown, next) = keyset.cut(keyset.rest(of: lines)) { $0.key }
        heading = words["due_now"]
        rows = shown.map(writer.row)
        hasRows = !rows.isEmpty
        empty =
            lines.isEmpty
            ? words[rule == nil ? "due_empty_rule" : "due_empty_owed"] : nil
        pager = keyset.pager(
            next: next, at: Address.due(due.id).with("on", day?.description))
    }

    private static func days(_ rule: Rule, _ words: Words) -> String {
        guard let until = rule.until else {
            return words["due_rule_from", ["from": rule.from.description]]
        }
        return words[
            "due_rule_until",
            ["from": rule.from.description, "to": (until - 1).description]]
    }
}
