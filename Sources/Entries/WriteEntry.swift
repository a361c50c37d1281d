import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET and POST /entries/new/:kind. For anyone who may write the kind in one of their units: the
/// form of an entry, filled in from a draft, a pattern, their last entry, or what they chose last.
struct WriteEntry: Sendable {
    let desk: EntryServices

    private var district: District { desk.district }

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let kind = try desk.kind(context)
        let words = desk.site.words(context)
        let query = context.address
        let state = FormState(context, offering: ["rhythm": query["rhythm"] ?? ""])
        let page = try await district.database.read { db in
            let writer = try desk.accounts.acting(context, db)
            try writer.require(kind)
            let account = writer.account.text
            let moment = district.now()
            let origin = try FormPrefill(
                kind: kind.id, of: account, at: moment, desk, db, named: { query[$0] }
            )
            var said = try origin.said ?? beginning(kind, writer, query, db)
            if said[Heading.day.name] == nil {
                said[Heading.day.name] = writer.today.description
            }
            if let code = query[Heading.unit.name] { said[Heading.unit.name] = code }
            return try formPage(kind, said, state, origin, context, writer, db)
        }
        return desk.site.show(page, context, trail: desk.trail(words))
    }

    /// What a fresh form is filled with.
    private func beginning(
        _ kind: Kind, _ writer: ActingAccount, _ query: Address, _ db: Connection
    ) throws -> [String: String] {
        let account = writer.account.text
        if query["copy"] == "last",
            let record = try RecordStore(db: db)
                .newest(by: account, kinds: [kind.id], limit: 1).first,
            writer.may(.write, in: record.unit)
        {
            let values = try RecordValues(record, kind, privates: [:], writer.structure, db)
            return EntrySheet(kind, said: values.said).repeatable
        }
        let units = writer.units(for: kind)
        let choices = ChoiceStore(db, of: account)
        if let code = query[Heading.unit.name], let unit = units.first(where: { $0.code == code }) {
            return try choices.find(kind.id, in: unit.unit) ?? [:]
        }
        if let newest = try choices.newest(kind.id),
            let unit = units.first(where: { $0.unit == newest.unit })
        {
            return newest.said.merging([Heading.unit.name: unit.code]) { $1 }
        }
        return units.count == 1 ? [Heading.unit.name: units[0].code] : [:]
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let kind = try desk.kind(context)
        let form = try await context.form(request, upTo: Limits.uploadBytes)
        switch form.all("then").first {
        case "draft": return try await save(form, kind, context)
        case "find": return try await find(form, kind, context)
        case "propose": return try await propose(form, kind, context)
        default: break
        }
        let (files, fileFaults) = try await desk.files(form, context) { writer, _ in
            try writer.require(kind)
        }
        let kept = try desk.folder.keep(files)
        return try await desk.keeping(kept, form, context) { [kept] writer, db in
            try take(form, kind, kept, fileFaults, writer, db)
        } again: {
            try await again(form, kind, $0, context)
        }
    }

    /// Shows the form again, filled in, with what is wrong beside each field.
    func again(
        _ form: Form, _ kind: Kind, _ state: FormState, _ context: AppContext
    ) async throws -> Response {
        let page = try await district.database.read { db in
            let writer = try desk.accounts.acting(context, db)
            let origin = try FormPrefill(
                kind: kind.id, of: writer.account.text, at: writer.moment, desk, db,
                named: { form.all($0).first })
            return try formPage(
                kind, EntrySheet(kind, form).said, state, origin, context, writer, db)
        }
        return desk.site.show(
            page, context, trail: desk.trail(desk.site.words(context)), status: state.status)
    }

    /// Shows the form again with the persons whom its texts may mean; nothing is taken in.
    private func find(
        _ form: Form, _ kind: Kind, _ context: AppContext
    ) async throws -> Response {
        let page = try await district.database.read { db in
            let writer = try desk.accounts.acting(context, db)
            try writer.require(kind)
            let origin = try FormPrefill(
                kind: kind.id, of: writer.account.text, at: writer.moment, desk, db,
                named: { form.all($0).first })
            var sheet = EntrySheet(kind, form)
            sheet.resolve(.unit, among: writer.units(for: kind), writer.structure, on: writer.today)
            let offers = try ChoosePersons(
                writer: writer, catalogue: district.catalogue, db: db
            )
            .offers(sheet, unit: desk.unit(of: sheet, writer))
            return try formPage(
                kind, sheet.said, FormState(context, form, offers), origin, context, writer, db)
        }
        return desk.site.show(page, context, trail: desk.trail(desk.site.words(context)))
    }

    /// Takes one form in, in one transaction. Whatever is wrong unwinds all of it.
    private func take(
        _ form: Form, _ kind: Kind, _ kept: [KeptFile], _ fileFaults: [Fault],
        _ writer: ActingAccount, _ db: Connection
    ) throws -> Address {
        let moment = writer.moment
        try writer.require(kind)
        let account = writer.account.text
        let origin = try FormPrefill(
            kind: kind.id, of: account, at: moment, desk, db,
            named: { form.all($0).first })
        var sheet = EntrySheet(kind, form)
        sheet.resolve(
            .unit, among: writer.units(for: kind), writer.structure, on: writer.today)
        sheet.resolve(
            .place, among: writer.places(for: kind), writer.structure, on: writer.today)
        sheet.add(fileFaults)
        let entry = try desk.read(sheet, writer, db)
        let rhythm = try rhythm(form)
        if let late = unseenLateness(kind, entry, form, writer.today) {
            throw Refusal.invalid([late])
        }
        let address = try post(entry, sheet, kept, kind, writer, db)
        try repeats(entry, sheet, origin, rhythm, account, db)
        try clear(origin, form, account, db)
        try ChoiceStore(db, of: account).remember(
            sheet.choices, kind: kind.id, in: entry.unit, at: moment)
        return address
    }

    /// A late entry says so before it is sent: once, with the day it is about.
    private func unseenLateness(
        _ kind: Kind, _ entry: Entry, _ form: Form, _ today: Day
    ) -> Fault? {
        guard let closing = kind.closing(of: entry.happenedOn), today > closing,
            form.all("late").first != entry.happenedOn.description
        else { return nil }
        return Fault(
            kind.label(.day), at: Heading.day.name,
            zh: "\(entry.happenedOn)所在月份的填报截止日是\(closing)，本条将注明“逾期补报”。确认无误请再次提交。",
            en: "The month of \(entry.happenedOn) closed on \(closing): this entry will be marked "
                + "late. If that is right, send it once more.")
    }

    private func post(
        _ entry: Entry, _ sheet: EntrySheet, _ kept: [KeptFile], _ kind: Kind,
        _ writer: ActingAccount, _ db: Connection
    ) throws -> Address {
        guard try desk.waits(entry, kind, writer, db) else {
            try district.post(entry, evidence: kept, by: writer.actor, db: db)
            return kind.visibility == .sealed
                ? Address.entries.with("done", "entry_saved")
                : Address.record(entry.id).with("done", "entry_saved")
        }
        return try desk.wait(entry, said: sheet.coded, files: kept, writer, db)
    }

    /// How often the entry is to come again; nil for once.
    private func rhythm(_ form: Form) throws(Refusal) -> RecurringEntry.Rhythm? {
        guard let text = form.all("rhythm").first, !text.isEmpty else { return nil }
        guard let rhythm = RecurringEntry.Rhythm(rawValue: text) else {
            throw .invalid([
                Fault(
                    Wording(zh: "以后定期提醒", en: "Offer it again"), at: "rhythm",
                    zh: "没有这种重复周期。", en: "There is no such rhythm.")
            ])
        }
        return rhythm
    }

    /// Keeps the entry as a pattern where that was asked for, and notes a day that was filled in.
    private func repeats(
        _ entry: Entry, _ sheet: EntrySheet, _ origin: FormPrefill,
        _ rhythm: RecurringEntry.Rhythm?,
        _ account: String, _ db: Connection
    ) throws {
        let patterns = desk.patterns(db, of: account)
        if let pattern = origin.pattern, let day = origin.patternDay {
            try patterns.fill(pattern.id, on: day)
        } else if let rhythm {
            let pattern = RecurringEntry(
                id: .make(), kind: entry.kind, said: sheet.repeatable, rhythm: rhythm,
                startedOn: entry.happenedOn)
            try patterns.insert(pattern)
            try patterns.fill(pattern.id, on: entry.happenedOn)
        }
    }

    /// Takes away what the entry was made from.
    private func clear(
        _ origin: FormPrefill, _ form: Form, _ account: String, _ db: Connection
    ) throws {
        let drafts = desk.drafts(db, of: account)
        if let draft = origin.draft { try drafts.remove(draft.id) }
        try drafts.remove(key: form.key)
        if let returned = origin.returned {
            try desk.waiting(db).remove(returned.id)
        }
    }

    /// Lays the form aside as it is, right or wrong.
    private func save(
        _ form: Form, _ kind: Kind, _ context: AppContext
    ) async throws -> Response {
        try await context.mending(form) {
            try await district.database.write { db in
                let writer = try desk.accounts.acting(context, db)
                try writer.require(kind)
                let account = writer.account.text
                let origin = try FormPrefill(
                    kind: kind.id, of: account, at: writer.moment, desk, db,
                    named: { form.all($0).first })
                try desk.drafts(db, of: account).save(
                    EntrySheet(kind, form).said, kind: kind.id, over: origin.draft?.id,
                    key: form.key, at: writer.moment)
            }
            let hadFiles = !form.files(EvidenceFile.field).isEmpty
            return desk.site.redirect(
                to: Address.entries.with("done", hadFiles ? "draft_saved_bare" : "draft_saved"))
        } again: {
            try await again(form, kind, $0, context)
        }
    }

    private func formPage(
        _ kind: Kind, _ said: [String: String], _ state: FormState, _ origin: FormPrefill,
        _ context: AppContext, _ writer: ActingAccount, _ db: Connection
    ) throws -> EntryFormPage {
        let words = desk.site.words(context)
        var setting = EntryFormPage.Setting(
            context.formHead(.newEntry(kind.id), keeping: state.form))
        let name = kind.name[words.language]
        setting.title = words["entry_title", ["kind": name]]
        setting.submit = words[kind.isConfirmed ? "entry_submit_waits" : "entry_submit"]
        if kind.isConfirmed { setting.notes.append(words["entry_confirmed_note"]) }
        if let returned = origin.returned {
            setting.notes.append(
                words["entry_returned_note", ["reason": returned.reason ?? ""]])
            if try !desk.waiting(db).files(returned.id).isEmpty {
                setting.notes.append(words["entry_files_again"])
            }
        }
        setting.carried = origin.carried
        if let day = said[Heading.day.name].flatMap(Reading.day), day <= writer.today,
            let closing = kind.closing(of: day), writer.today > closing
        {
            setting.late = words["entry_late_note", ["closing": closing.description]]
            setting.carried.append(HiddenField("late", day.description))
        }
        if origin.pattern == nil { setting.rhythm = state.value("rhythm") }
        if state.form == nil, origin.said == nil {
            let newest = try RecordStore(db: db)
                .newest(by: writer.account.text, kinds: [kind.id], limit: 1)
            if !newest.isEmpty {
                setting.copyHref = Address.newEntry(kind.id).with("copy", "last").text
            }
        }
        setting.hadFiles = state.form.map { !$0.files(EvidenceFile.field).isEmpty } ?? false
        setting.persons = try ChoosePersons(
            writer: writer, catalogue: district.catalogue, db: db
        ).listed(
            for: kind, words.language)
        return EntryFormPage(
            kind, said: said, faults: state.faults, setting, writer, district.catalogue.register,
            words)
    }
}
