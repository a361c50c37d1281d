import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /dues/matrix?unit=CODE&due=ID&period=2015-06&streak=3&open=CODE. For anyone who may read or
/// write somewhere: who of their units did what, unit by unit and due by due.
struct ShowMatrix: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let asked = try AskedMatrix(query)
        let keyset = try Keyset(query, parts: 1, limit: MatrixPage.rowsPerPage)
        let words = app.site.words(context)
        let access = context.reader.access
        return try await app.site.show(context, for: access) { [district = app.district] db in
            let reading = try DueReading(district, db, access: access, unit: asked.unit)
            let page = try MatrixPage(
                asked, keyset, reading, DueWriter(reading, access, words),
                reminding: { matrix in
                    let found = Remindable(
                        matrix, access, reading.structure, on: reading.today,
                        recent: try DueReminderStore(db).recent(at: district.now()))
                    return Reminding(found, asked, words) {
                        context.formHead(.dueReminders)
                    }
                })
            return Sheet(page: page, trail: page.way)
        }
    }
}

/// Who did what.
struct MatrixPage: Page {
    static let template = "dues/matrix"

    let title: String
    let lead: String
    let action: String
    let unitPick: Picker
    let dueSelect: Select
    let periodSelect: Select
    let streakSelect: Select
    let remarks: [String]
    let heads: [Head]
    let periods: [PeriodHead]
    let rows: Listed<MatrixLine>?
    let totalName: String
    let totals: [MatrixCell]
    let empty: String?
    let ended: Ended?
    let pager: Pager?
    let reminding: Reminding?
    let listHref: String
    /// The units that lead down to this one, each with its own matrix.
    let way: [Link]

    /// A due over its columns.
    struct Head: Sendable {
        let due: Link
        let count: String
    }

    /// One of its periods.
    struct PeriodHead: Sendable {
        let period: String
        let until: String
    }

    /// The units that left something undone and are no more.
    struct Ended: Sendable {
        let sentence: String
        let names: [String]
        let more: String?
    }

    /// So many rows before those that are unfolded.
    static let rowsPerPage = 60
    /// So many rows one row unfolds to on its page; all stand on its own page.
    static let unfolded = 60
    /// So many units that have ended are named.
    static let endedNames = 30
    /// So many periods of a due that is looked at alone.
    static let periodsOfOne = 3

    init(
        _ asked: AskedMatrix, _ keyset: Keyset, _ reading: DueReading, _ writer: DueWriter,
        reminding: (DueMatrix) throws -> Reminding?
    ) throws {
        let (words, today) = (writer.words, reading.today)
        let question = try asked.question(of: reading)
        let (dues, anchor) = (question.dues, question.anchor)
        let matrix = try reading.matrix(question)
        let lines = MatrixWriter(matrix, asked, reading, writer)
        let all = matrix.tree.rows()
        let choices = MatrixChoices(asked, dues, reading, words)
        title = lines.title(all, anchor: anchor)
        lead =
            words[
                asked.streak == nil ? "matrix_lead" : "matrix_lead_streak",
                [
                    "unit": lines.scope, "day": today.description,
                    "count": all.flatMap(\.leaves).count.grouped,
                    "streak": String(asked.streak ?? 0),
                ]]
        action = Address.matrix.text
        unitPick = reading.unitPick(words)
        dueSelect = choices.dues
        periodSelect = choices.periods(anchor: anchor)
        streakSelect = choices.streaks
        remarks = writer.remarks(dues)
        heads = lines.heads
        periods = lines.periods
        let rest = all.filter { row in
            keyset.after.map { $0.parts[0] < lines.key(row) } ?? true
        }
        let (shown, next) = keyset.cut(rest) { [lines.key($0)] }
        rows = Listed(shown.flatMap(lines.lines))
        totalName = lines.totalName
        totals = lines.totals(all)
        empty = all.isEmpty ? lines.emptiness : nil
        ended = Self.ended(matrix.ended, words)
        pager = keyset.pager(next: next, at: asked.address.with("open", asked.open))
        self.reminding = try reminding(matrix)
        listHref = Address.dues.with("unit", asked.unit).with("due", asked.due).text
        way = [Link(words["dues_title"], .dues)] + lines.way
    }

    private static func ended(_ units: [UnitVersion], _ words: Words) -> Ended? {
        guard !units.isEmpty else { return nil }
        let rest = units.count - endedNames
        return Ended(
            sentence: words["matrix_ended", ["count": units.count.grouped]],
            names: units.prefix(endedNames).map {
                words[
                    "matrix_ended_unit",
                    ["unit": $0.name, "day": $0.to.map { ($0 - 1).description } ?? ""]]
            },
            more: rest > 0 ? words["matrix_ended_more", ["count": rest.grouped]] : nil)
    }
}
