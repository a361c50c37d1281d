import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /admin/calendars/:year. For the organization officer: the days of a year, who
/// loaded them, and what each version changed. The form puts a calendar in force that was read
/// before, or writes the file of the newest one again.
struct ShowCalendar: Sendable {
    let app: Services

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let year = try year(context)
        let form = try await context.form(request)
        return try await context.mending(form, at: "") {
            let calendar = try sent(form, year)
            do {
                try app.calendarFolder.check()
            } catch let broken as BrokenCatalogue {
                throw broken.refusal
            }
            let done = try await app.accounts.once(form, context, needs: .right(.kinds)) {
                [app] acting, db in
                let newest = try OwnCalendarStore(db: db).versions(of: year).first
                guard String(newest?.number ?? 0) == form.all("version").first else {
                    throw Refusal.conflict(
                        zh: "在您查看期间，有人载入了\(year)年的另一份安排，请先看看。",
                        en: "Somebody loaded another calendar of \(year) meanwhile: look at it.")
                }
                let target = Address.calendar(year).with("done", "calendar_loaded")
                if let newest, newest.digest == calendar.digest { return (newest.number, target) }
                let number = try keepCalendar(
                    calendar, after: newest, by: acting.actor, acting.moment,
                    app.district.key, db)
                return (number, target)
            }
            if let number = done.made { try write(calendar, number) }
            return app.site.redirect(to: done.address)
        } again: {
            try await page(context, $0)
        }
    }

    private func year(_ context: AppContext) throws -> Int {
        guard let year = Int(try context.word("year")), (1000...9999).contains(year) else {
            throw Refusal.notFound
        }
        return year
    }

    /// The calendar that the form carries, which is read as if anybody had written it.
    private func sent(_ form: Form, _ year: Int) throws -> CalendarYear {
        let reader = ReadCalendar(known: app.district.catalogue.calendar)
        let said = try form.lines("said", upTo: ListCalendars.pastedCharacters) ?? ""
        let read = try reader.read(Array(said.utf8), named: "", at: "")
        guard read.count == 1, read[0].year == year else { throw Refusal.notFound }
        return read[0]
    }

    private func write(_ calendar: CalendarYear, _ number: Int) throws {
        do {
            try app.calendarFolder.write(calendar, version: number, on: app.today)
        } catch {
            throw Refusal.conflict(
                zh: "已经记下，但文件没有写成（磁盘已满或没有权限）。排除后，在本页再写一次。",
                en: "It is kept, and its file could not be written: the disk is full or shut. "
                    + "Mend that and write it again on this page.")
        }
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let year = try year(context)
        let words = app.site.words(context)
        let (versions, names) = try await app.database.read { db in
            let versions = try OwnCalendarStore(db: db).versions(of: year)
            return (versions, try AccountStore(db).names(versions.map(\.loadedBy)))
        }
        let running = app.district.catalogue.calendar.calendar(of: year)
        guard let shown = versions.first?.calendar ?? running else { throw Refusal.notFound }
        var page = DeskPage(words["calendar_of", ["year": String(year)]])
        var about = DeskSection(nil)
        about.add(words["calendar_state"], app.calendarState(versions.first, words))
        about.table = words.changes(shown.changes(from: nil), isFirst: true)
        page.sections = [about]
        if let newest = versions.first, app.calendarFolder.state(of: newest) != .same {
            var again = DeskSection(words["calendar_write_again"])
            again.sheet = FormSheet(
                context.formHead(.calendar(year), keeping: state.form), state, [],
                note: words["calendar_write_note"], submit: words["calendar_write_go"])
            again.sheet?.hidden = [
                HiddenField("said", newest.calendar.text),
                HiddenField("version", String(newest.number)),
            ]
            page.sections.append(again)
        }
        page.sections += history(versions, names, words)
        return app.site.show(
            page, context, trail: app.calendarTrail(words), status: state.status)
    }

    /// Every version with what it changed, the newest first.
    private func history(
        _ versions: [OwnCalendar], _ names: [String: String], _ words: Words
    ) -> [DeskSection] {
        versions.enumerated().map { index, version in
            let older = index + 1 < versions.count ? versions[index + 1].calendar : nil
            var section = DeskSection(
                words["calendar_version", ["number": String(version.number)]],
                note: words[
                    "calendar_version_by",
                    [
                        "when": version.loadedAt.text,
                        "who": names[version.loadedBy] ?? version.loadedBy,
                    ]])
            if let older {
                section.table = words.changes(
                    version.calendar.changes(from: older), isFirst: false)
            }
            return section
        }
    }
}
