import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// What every verb of the entries is given: what all verbs are, and where evidence lies.
struct EntryServices: Sendable {
    let app: Services
    let folder: EvidenceFolder
    let pictures: Pictures

    var district: District { app.district }
    var accounts: Accounts { app.accounts }
    var site: Site { app.site }

    func kind(_ context: AppContext) throws(Refusal) -> Kind {
        guard let kind = district.catalogue.kinds[try context.word("kind")] else {
            throw .notFound
        }
        try district.requireNoCase(kind.id)
        return kind
    }

    func drafts(_ db: Connection, of account: String) -> DraftStore {
        DraftStore(db, of: account, district.sealedKey)
    }

    func patterns(_ db: Connection, of account: String) -> RecurringEntryStore {
        RecurringEntryStore(db, of: account, district.sealedKey)
    }

    func waiting(_ db: Connection) -> PendingEntryStore {
        PendingEntryStore(db, district.sealedKey, district.key)
    }

    /// The entry that a sheet makes in a unit of the writer's.
    ///
    /// - Throws: `Refusal.invalid` with everything that is wrong, each beside its field.
    func read(_ sheet: EntrySheet, _ writer: ActingAccount, _ db: Connection) throws -> Entry {
        var faults = sheet.faults
        let known = Set(faults.compactMap(\.field))
        if let code = sheet.values[.unit], let day = sheet.day,
            let unit = writer.structure.unit(naming: code, on: day, forms: sheet.kind.forms),
            !writer.may(.write, in: unit.unit)
        {
            faults.append(notTheirs(unit.name, sheet.kind))
        }
        do {
            let entry = try district.read(
                sheet.values, kind: sheet.kind, db: db,
                tells: { writer.may(.read, in: $0) || writer.may(.write, in: $0) })
            // However the unit was named, what counts is where the entry would stand.
            if faults.isEmpty, !writer.may(.write, in: entry.unit) {
                faults.append(notTheirs(sheet.values[.unit] ?? "", sheet.kind))
            }
            if faults.isEmpty {
                try requireOthers(entry, sheet.kind, writer, db)
                return entry
            }
        } catch Refusal.invalid(let more) {
            faults += more.filter { fault in !(fault.field.map(known.contains) ?? false) }
        }
        throw Refusal.invalid(try near(faults, sheet, writer, db))
    }

    private func notTheirs(_ name: String, _ kind: Kind) -> Fault {
        Fault(
            kind.label(.unit), at: Heading.unit.name, zh: "“\(name)”不是您可以填报的单位。",
            en: "“\(name)” is no unit in which you may write.")
    }

    /// Lets nobody enter a post of their own that brings rights: who gives them is somebody else.
    private func requireOthers(
        _ entry: Entry, _ kind: Kind, _ writer: ActingAccount, _ db: Connection
    ) throws {
        guard
            let role = try district.ownPost(
                entry.fields, entry.persons, kind.id, of: writer.account, db)
        else { return }
        throw Refusal.invalid([
            Fault(
                kind.label(.person(role)), at: Heading.person(role).name,
                zh: "这一职务带来权限，请由他人为您登记。",
                en: "This post brings rights: somebody else enters it for you.")
        ])
    }

    /// Lets nobody take back the end of a post of their own: it would bring their rights again.
    func requireOthers(reversing end: Record, _ writer: ActingAccount, _ db: Connection) throws {
        guard try district.reopensOwnPost(end, of: writer.account, db) else { return }
        throw Refusal.conflict(
            zh: "这一职务带来权限，请由他人为您撤回。",
            en: "This post brings rights: somebody else takes its end back for you.")
    }

    /// Takes a form in once that brought files; they go again where nothing came of it.
    func keeping(
        _ kept: [KeptFile], _ form: Form, _ context: AppContext,
        _ change: @escaping @Sendable (ActingAccount, Connection) throws -> Address,
        again: (FormState) async throws -> Response
    ) async throws -> Response {
        try await context.mending(form) {
            do {
                let done = try await accounts.once(form, context, needs: .right(.write)) {
                    (true, try change($0, $1))
                }
                if done.made == nil { folder.remove(kept) }
                return site.redirect(to: done.address)
            } catch {
                folder.remove(kept)
                throw error
            }
        } again: {
            try await again($0)
        }
    }

    /// The files that came with a form, as they may be kept; none where something is wrong with
    /// any. Pictures are made anew only for whoever may write, and not for a form that was taken in
    /// before.
    ///
    /// - Parameter check: lets nobody else pass.
    func files(
        _ form: Form, _ context: AppContext,
        for check: @escaping @Sendable (ActingAccount, Connection) throws -> Void
    ) async throws -> (files: [EvidenceFile], faults: [Fault]) {
        let isNew = try await district.database.read { db in
            let writer = try accounts.acting(context, db)
            try check(writer, db)
            return try Submissions(db).earlier(account: writer.account.text, key: form.key) == nil
        }
        let uploads = isNew ? form.files(EvidenceFile.field) : []
        guard uploads.count <= EvidenceFile.perRecord else { return ([], [EvidenceFile.tooMany]) }
        var files: [EvidenceFile] = []
        var faults: [Fault] = []
        for upload in uploads {
            do {
                let file = try EvidenceFile(
                    name: upload.name.isEmpty ? "file" : upload.name, bytes: upload.bytes)
                files.append(try await pictures.cleaned(file))
            } catch Refusal.invalid(let more) {
                faults += more
            } catch Refusal.conflict(let words) {
                faults.append(EvidenceFile.fault(zh: words.zh, en: words.en))
            }
        }
        return (faults.isEmpty ? files : [], faults)
    }

    /// A counting or reversed record in which the writer may write.
    ///
    /// - Throws: `Refusal.notFound` for any other.
    func record(
        _ id: Record.ID, _ writer: ActingAccount, _ db: Connection
    ) throws -> (record: Record, kind: Kind) {
        guard let record = try RecordStore(db: db).find(id, in: .everything),
            let kind = district.catalogue.kinds[record.kind], writer.mayWrite(kind),
            writer.may(.write, in: record.unit)
        else { throw Refusal.notFound }
        return (record, kind)
    }
}
