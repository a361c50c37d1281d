import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /admin/calendars. For the organization officer: the years whose holidays are loaded, and the
/// form that takes in those of another one.
/// POST /admin/calendars. Reads what was sent and shows what it would change; it changes nothing.
struct ListCalendars: Sendable {
    let app: Services

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context))
    }

    /// The largest form: a file with the form around it.
    static let formBytes = ReadCalendar.fileBytes + Limits.bodyBytes
    /// The most characters that are pasted.
    static let pastedCharacters = 40_000

    @Sendable func read(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request, upTo: Self.formBytes)
        return try await context.mending(form, at: "pasted") {
            let reader = ReadCalendar(known: app.district.catalogue.calendar)
            let file = form.files("file").first { !$0.bytes.isEmpty }
            let text = try form.lines("pasted", upTo: Self.pastedCharacters) ?? ""
            guard file != nil || !text.isEmpty else {
                throw Refusal.invalid(
                    "file", zh: "请选择文件，或把内容粘贴到下面。",
                    en: "Choose a file, or paste what it says below.")
            }
            let found =
                try file.map { try reader.read($0.bytes, named: $0.name, at: "file") }
                ?? reader.read(Array(text.utf8), named: "", at: "pasted")
            return try await preview(found, context)
        } again: {
            try await page(context, $0)
        }
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let words = app.site.words(context)
        let newest = try await app.database.read { try OwnCalendarStore(db: $0).newest() }
        var page = DeskPage(words["calendars_title"], lead: words["calendars_lead"])
        var load = DeskSection(words["calendar_load"])
        load.sheet = FormSheet(
            context.formHead(.calendars, keeping: state.form), state,
            [
                state.line(
                    "file", words["calendar_file"], type: "file",
                    help: words["calendar_file_help"]),
                state.lines(
                    "pasted", words["calendar_days"], rows: 6, help: words["calendar_days_help"]),
            ], submit: words["calendar_read"])
        load.sheet?.encoding = "multipart/form-data"
        page.sections = [table(newest, words), load]
        return app.site.show(page, context, status: state.status)
    }

    private func table(_ newest: [Int: OwnCalendar], _ words: Words) -> DeskSection {
        var section = DeskSection(nil)
        var table = DeskTable(
            words["calendars_title"],
            [
                words["calendar_year"], words["calendar_off"], words["calendar_worked"],
                words["calendar_state"],
            ], empty: words["calendars_none"])
        let running = app.district.catalogue.calendar
        for year in running.years.union(newest.keys).sorted(by: >).prefix(OwnCalendarStore.limit) {
            let days = (running.calendar(of: year) ?? newest[year]?.calendar)?.days ?? []
            table.add([
                .text(String(year), to: .calendar(year)),
                .text(String(days.count { $0.mark == .holiday })),
                .text(String(days.count { $0.mark == .swappedWorkday })),
                .text(app.calendarState(newest[year], words)),
            ])
        }
        section.table = table
        return section
    }

    // MARK: What it would change

    private func preview(
        _ found: [CalendarYear], _ context: AppContext
    ) async throws -> Response {
        let words = app.site.words(context)
        let newest = try await app.database.read { try OwnCalendarStore(db: $0).newest() }
        var page = DeskPage(words["calendar_preview"], lead: words["calendar_preview_lead"])
        for calendar in found {
            let year = calendar.year
            let old = newest[year]?.calendar ?? app.district.catalogue.calendar.calendar(of: year)
            var section = DeskSection(
                words["calendar_of", ["year": String(year)]], note: sum(calendar, words))
            section.table = words.changes(calendar.changes(from: old), isFirst: old == nil)
            if calendar != old {
                section.sheet = FormSheet(
                    context.formHead(.calendar(year)), FormState(context), [],
                    submit: words["calendar_go"])
                section.sheet?.hidden = [
                    HiddenField("said", calendar.text),
                    HiddenField("version", String(newest[year]?.number ?? 0)),
                ]
            }
            page.sections.append(section)
        }
        return app.site.show(page, context, trail: app.calendarTrail(words))
    }

    private func sum(_ calendar: CalendarYear, _ words: Words) -> String {
        words[
            "calendar_sum",
            [
                "off": String(calendar.days.count { $0.mark == .holiday }),
                "worked": String(calendar.days.count { $0.mark == .swappedWorkday }),
            ]]
    }
}

extension Words {
    /// The days of a calendar that are otherwise than before.
    func changes(_ changes: [CalendarYear.Change], isFirst: Bool) -> DeskTable {
        var table = DeskTable(
            self["calendar_changes"],
            isFirst
                ? [self["calendar_date"], self["calendar_now"]]
                : [self["calendar_date"], self["calendar_was"], self["calendar_now"]],
            empty: self["calendar_same"])
        for change in changes {
            let day = DeskTable.Cell.day("\(change.day) \(self["weekday_\(change.day.weekday)"])")
            let now = DeskTable.Cell.text(said(change.now, on: change.day))
            table.add(isFirst ? [day, now] : [day, .text(said(change.was, on: change.day)), now])
        }
        return table
    }

    func said(_ special: CalendarYear.Special?, on day: Day) -> String {
        guard let special else {
            return self[day.weekday <= 5 ? "calendar_plain_work" : "calendar_plain_off"]
        }
        let word = special.mark == .holiday ? "calendar_is_off" : "calendar_is_worked"
        return self[word, ["name": special.name[language]]]
    }
}

extension Services {
    var calendarFolder: OwnCalendarFolder { OwnCalendarFolder(folders: district.folders) }

    func calendarTrail(_ words: Words) -> [Link] { [Link(words["calendars_title"], .calendars)] }

    /// Where a year's calendar comes from, and whether it is in force.
    func calendarState(_ own: OwnCalendar?, _ words: Words) -> String {
        guard let own else { return words["calendar_of_program"] }
        switch calendarFolder.state(of: own) {
        case .missing: return words["calendar_missing"]
        case .changed: return words["calendar_by_hand"]
        case .same: break
        }
        let running = district.catalogue.calendar.calendar(of: own.calendar.year)
        return words[
            running?.digest == own.digest ? "calendar_in_force" : "calendar_with_next_start",
            ["number": String(own.number)]]
    }
}

/// Where the pages of calendars are.
extension Address {
    static let calendars = Address("admin", "calendars")
    static func calendar(_ year: Int) -> Address { Address("admin", "calendars", String(year)) }
}
