import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET and POST /entries/records/:id/correct. For anyone who may write in the unit of the record:
/// the form filled in from the record. What it says becomes a new record in the same commit that
/// reverses the old one. Who comes second sees what the first one wrote, and keeps their own input.
struct CorrectEntry: Sendable {
    let desk: EntryServices

    private var district: District { desk.district }

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        let (page, isOvertaken) = try await district.database.read { db in
            let writer = try desk.accounts.acting(context, db)
            let (record, kind) = try correctable(id, writer, db)
            let privates = try RecordStore(db: db).privates(of: id, district.sealedKey)
            let values = try RecordValues(record, kind, privates: privates, writer.structure, db)
            let back = try returned(id, context.address[FormPrefill.returnedName], writer, db)
            let sheet = EntrySheet(kind, said: back?.said ?? values.said)
            return try formPage(record, sheet, FormState(context), back, context, writer, db)
        }
        return desk.site.show(
            page, context, trail: desk.trail(desk.site.words(context)),
            status: isOvertaken ? .conflict : .ok)
    }

    /// Sealed records are not shown in a form: they are taken back and entered anew.
    private func correctable(
        _ id: Record.ID, _ writer: ActingAccount, _ db: Connection
    ) throws -> (Record, Kind) {
        let (record, kind) = try desk.record(id, writer, db)
        guard kind.visibility != .sealed, record.reverses == nil, record.ends == nil else {
            throw Refusal.notFound
        }
        return (record, kind)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        let form = try await context.form(request, upTo: Limits.uploadBytes)
        let (files, fileFaults) = try await desk.files(form, context) { writer, db in
            _ = try correctable(id, writer, db)
        }
        var kept = try desk.folder.keep(files)
        do {
            kept += try await staying(id, form, context)
        } catch {
            desk.folder.remove(kept)
            throw error
        }
        return try await desk.keeping(kept, form, context) { [kept] writer, db in
            try take(id, form, kept, fileFaults, writer, db)
        } again: {
            try await again(id, form, $0, context)
        }
    }

    /// The files of the record that go on with the new one. One of another record is not found.
    private func staying(
        _ id: Record.ID, _ form: Form, _ context: AppContext
    ) async throws -> [KeptFile] {
        let wanted = Set(form.all("kept"))
        let here = try await district.database.read { db in
            try EvidenceStore(db: db).list(id)
        }
        guard wanted.isSubset(of: here.map(\.id.text)) else { throw Refusal.notFound }
        return try here.filter { wanted.contains($0.id.text) }
            .compactMap { try desk.folder.again($0) }
    }

    /// Takes one correction in, in one transaction. Whatever is wrong unwinds all of it.
    private func take(
        _ id: Record.ID, _ form: Form, _ kept: [KeptFile], _ fileFaults: [Fault],
        _ writer: ActingAccount, _ db: Connection
    ) throws -> Address {
        let (record, kind) = try correctable(id, writer, db)
        let records = RecordStore(db: db)
        guard try records.counts(id) else { throw overtaken }
        var sheet = EntrySheet(kind, form)
        sheet.resolve(
            .unit, among: writer.units(for: kind), writer.structure, on: writer.today)
        sheet.resolve(
            .place, among: writer.places(for: kind), writer.structure, on: writer.today)
        sheet.add(fileFaults)
        let reason = try reason(form, &sheet)
        if kept.count > EvidenceFile.perRecord {
            sheet.add([EvidenceFile.tooMany])
        }
        let entry = try desk.read(sheet, writer, db)
        try checkChange(entry, record, kept, records, db)
        let address: Address
        if try desk.waits(entry, kind, correcting: id, writer, db) {
            address = try desk.wait(
                entry, said: sheet.coded, files: kept, correcting: (id, reason), writer, db)
        } else {
            try district.correct(
                id, with: entry, because: reason, evidence: kept, by: writer.actor, db: db)
            address = Address.record(entry.id).with("done", "entry_corrected")
        }
        if let returned = try returned(id, form.all(FormPrefill.returnedName).first, writer, db) {
            try desk.waiting(db).remove(returned.id)
        }
        return address
    }

    /// A correction of this record that was sent back to the writer.
    private func returned(
        _ id: Record.ID, _ text: String?, _ writer: ActingAccount, _ db: Connection
    ) throws -> PendingEntry? {
        guard let text else { return nil }
        guard
            let waiting = try PendingEntry.ID(text).flatMap({
                try desk.waiting(db).find($0)
            }),
            waiting.account == writer.account.text, waiting.corrects == id,
            waiting.state == .sentBack
        else { throw Refusal.notFound }
        return waiting
    }

    private var overtaken: Refusal {
        .conflict(
            zh: "这条记录刚被他人更正或撤回。", en: "Somebody has just corrected or taken it back.")
    }

    private func reason(_ form: Form, _ sheet: inout EntrySheet) throws -> String {
        do throws(Refusal) {
            if let reason = try form.text(Heading.reason.name) { return reason }
            sheet.add([
                Fault(
                    sheet.kind.label(.reason), at: Heading.reason.name,
                    zh: "请写明更正的理由。", en: "Say why you correct it.")
            ])
        } catch .invalid(let faults) {
            sheet.add(
                faults.map {
                    Fault(
                        sheet.kind.label(.reason), at: Heading.reason.name, zh: $0.words.zh,
                        en: $0.words.en)
                })
        } catch {
            throw error
        }
        return ""
    }

    /// A correction changes something: else it would only make history longer.
    private func checkChange(
        _ entry: Entry, _ record: Record, _ kept: [KeptFile], _ records: RecordStore,
        _ db: Connection
    ) throws {
        let sameSays = try records.known(contents: [entry.content])[entry.content]
        let evidence = try EvidenceStore(db: db).list(record.id)
        guard sameSays == record.position,
            try records.privates(of: record.id, district.sealedKey) == entry.privates,
            kept.map(\.digest).sorted() == evidence.map(\.digest).sorted()
        else { return }
        throw Refusal.invalid("", zh: "没有任何改动。", en: "Nothing was changed.")
    }

    private func again(
        _ id: Record.ID, _ form: Form, _ state: FormState, _ context: AppContext
    ) async throws -> Response {
        let (page, isOvertaken) = try await district.database.read { db in
            let writer = try desk.accounts.acting(context, db)
            let (record, kind) = try correctable(id, writer, db)
            let back = try returned(id, form.all(FormPrefill.returnedName).first, writer, db)
            return try formPage(
                record, EntrySheet(kind, form), state, back, context, writer, db)
        }
        return desk.site.show(
            page, context, trail: desk.trail(desk.site.words(context)),
            status: isOvertaken ? .conflict : state.status)
    }

    /// The form over a record, or over what took its place meanwhile.
    private func formPage(
        _ record: Record, _ sheet: EntrySheet, _ state: FormState, _ back: PendingEntry?,
        _ context: AppContext, _ writer: ActingAccount, _ db: Connection
    ) throws -> (EntryFormPage, isOvertaken: Bool) {
        let words = desk.site.words(context)
        let (kind, form) = (sheet.kind, state.form)
        var setting = EntryFormPage.Setting(
            context.formHead(.correct(record.id), keeping: form))
        setting.title = words["correct_title", ["kind": kind.name[words.language]]]
        let waits = try desk.waits(
            Entry(kind: kind.id, unit: record.unit, happenedOn: record.happenedOn), kind,
            correcting: record.id, writer, db)
        setting.submit = words[waits ? "entry_submit_waits" : "correct_submit"]
        setting.reason = form?.all(Heading.reason.name).first ?? back?.because ?? ""
        setting.back = .record(record.id)
        setting.notes = [words["correct_note"]]
        if waits {
            setting.notes.append(
                words[kind.isConfirmed ? "entry_confirmed_note" : "step_warrant_note"])
        }
        if let back {
            setting.notes.append(words["entry_returned_note", ["reason": back.reason ?? ""]])
            setting.carried = [HiddenField(FormPrefill.returnedName, back.id.text)]
        }
        setting.hadFiles = form.map { !$0.files(EvidenceFile.field).isEmpty } ?? false
        var about = record.id
        let overtaken = try EditConflict(record, desk, writer, words, db)
        if let overtaken {
            setting.carried = []
            setting.conflict = overtaken.part
            if let next = overtaken.next {
                setting.head = context.formHead(.correct(next))
                about = next
            } else {
                setting.head = context.formHead(.newEntry(kind.id))
                setting.reason = nil
                setting.submit = words["entry_submit"]
            }
        }
        let wanted = form.map { Set($0.all("kept")) }
        if setting.reason != nil {
            setting.kept = try EvidenceStore(db: db).list(about).map {
                ($0, overtaken != nil || wanted?.contains($0.id.text) ?? true)
            }
        }
        let page = EntryFormPage(
            kind, said: sheet.said, faults: overtaken == nil ? state.faults : [], setting, writer,
            district.catalogue.register, words)
        return (page, overtaken != nil)
    }
}
