import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /dues?unit=CODE&due=ID&state=open&on=2015-05-04. For anyone who may read or write somewhere:
/// what their units owe on a day, and until when.
struct ListDues: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let asked = try AskedDues(query)
        let keyset = try Keyset(query, parts: 5, limit: DueReading.rowsPerPage)
        let words = app.site.words(context)
        let access = context.reader.access
        return try await app.site.show(context, for: access) { [district = app.district] db in
            let reading = try DueReading(
                district, db, access: access, on: asked.day, unit: asked.unit)
            let writer = DueWriter(reading, access, words)
            return Sheet(
                page: try DuesPage(asked, keyset, reading, writer) { lines in
                    let found = Remindable(
                        lines, access, reading.structure, on: reading.today,
                        recent: try DueReminderStore(db).recent(at: district.now()))
                    return Reminding(found, asked, words) { context.formHead(.dueReminders) }
                })
        }
    }
}

/// What is due, grouped by how pressing it is.
struct DuesPage: Page {
    static let template = "dues/list"

    let title: String
    let lead: String
    let action: String
    let unitPick: Picker
    let dayText: String
    let dueSelect: Select
    let stateSelect: Select
    let counts: Listed<Count>?
    let remarks: [String]
    let empty: String?
    /// Only of today: nobody is reminded of what was owed on another day.
    let reminding: Reminding?
    let groups: [Group]
    let pager: Pager?
    let calendarHref: String
    let matrixHref: String
    let kinds: [Link]

    /// How much of each state there is, and the way to it.
    struct Count: Sendable {
        let state: String
        let amount: String
        let href: String
    }

    /// What is in one state.
    struct Group: Sendable {
        let heading: String
        let rows: [DueRow]
    }

    init(
        _ asked: AskedDues, _ keyset: Keyset, _ reading: DueReading, _ writer: DueWriter,
        reminding: ([DueReading.Line]) throws -> Reminding?
    ) throws {
        let words = writer.words
        let dues = try asked.dues(of: reading)
        let all = try reading.lines(dues)
        let wanted = all.filter { asked.state == nil || $0.occurrence.state == asked.state }
        let (shown, next) = keyset.cut(keyset.rest(of: wanted)) { $0.key }
        title = words["dues_title"]
        lead = words["dues_lead", ["day": reading.day.description]]
        action = Address.dues.text
        unitPick = reading.unitPick(words)
        dayText = reading.day.description
        dueSelect = Select(
            name: "due", label: words["dues_due"], chosen: asked.due ?? "",
            options: [(value: "", label: words["dues_all"])]
                + reading.openDues.map { (value: $0.id, label: $0.name[words.language]) })
        let states = Occurrence.State.allCases.filter { $0 != .later }
        stateSelect = Select(
            name: "state", label: words["dues_state"], chosen: asked.state?.rawValue ?? "",
            options: [(value: "", label: words["dues_all"])]
                + states.map { (value: $0.rawValue, label: words["due_state_\($0.rawValue)"]) })
        counts = Listed(
            states.compactMap { state in
                let amount = all.filter { $0.occurrence.state == state }.count
                guard amount > 0 else { return nil }
                return Count(
                    state: words["due_state_\(state.rawValue)"], amount: amount.grouped,
                    href: asked.address.with("state", state.rawValue).text)
            })
        remarks = writer.remarks(dues)
        empty = wanted.isEmpty ? DuesPage.emptiness(asked, reading, words) : nil
        self.reminding = reading.day == reading.today ? try reminding(wanted) : nil
        groups = states.compactMap { state in
            let rows = shown.filter { $0.occurrence.state == state }.map(writer.row)
            guard !rows.isEmpty else { return nil }
            return Group(heading: words["due_state_\(state.rawValue)"], rows: rows)
        }
        pager = keyset.pager(next: next, at: asked.address)
        calendarHref = Address.dueCalendar.text
        matrixHref = Address.matrix.with("unit", asked.unit).with("due", asked.due).text
        kinds = reading.openDues.map { due in
            Link(
                due.name[words.language],
                Address.due(due.id).with("on", asked.day?.description))
        }
    }

    /// Why the list is empty.
    private static func emptiness(
        _ asked: AskedDues, _ reading: DueReading, _ words: Words
    ) -> String {
        if asked.narrows { return words["dues_empty_asked"] }
        if reading.units.isEmpty { return words["dues_empty_units"] }
        let holding = reading.openDues.filter(reading.holds)
        if holding.isEmpty { return words["dues_empty_rules"] }
        let forms = Set(holding.flatMap(\.forms))
        let stands = reading.units.contains { unit in
            reading.structure.version(unit, on: reading.day).map { forms.contains($0.form) }
                ?? false
        }
        if stands { return words["dues_empty_owed"] }
        let names = reading.district.catalogue.forms.values.filter { forms.contains($0.id) }
            .sorted { ($0.level, $0.id) < ($1.level, $1.id) }.map { $0.name[words.language] }
        return words[
            "dues_empty_forms",
            ["forms": names.joined(separator: words.comma)]]
    }
}

extension Keyset {
    /// What of sorted lines comes after the place where the page begins.
    func rest(of lines: [DueReading.Line]) -> [DueReading.Line] {
        guard let after else { return lines }
        return lines.filter { after.parts.lexicographicallyPrecedes($0.key) }
    }
}
