import Accounts
import Catalogue
import Core
import Figures
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /kinds/:kind/records/copies. For whoever may list records that are not public: the
/// list as a file, for a recipient and a purpose. It is entered in the ledger of disclosures before
/// it goes out, and begins with the entry.
struct CopyRecords: Sendable {
    let board: Board
    let accounts: Accounts

    /// The fewest characters of a purpose.
    static let purposeCharacters = 4
    /// How long the recipient may keep a file, in days: a year.
    static let keptDays = 365

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let (kind, _) = try await board.listed(context)
        return page(kind, Query(request), context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let (kind, access) = try await board.listed(context)
        let query = Query(request)
        let form = try await context.form(request)
        return try await context.mending(form, at: "purpose") {
            let told = try Told(form)
            return try await copy(
                AskedRecords(kind, query), as: try TableFile.Form(query) ?? .csv, told, access,
                form, context)
        } again: {
            page(kind, query, context, $0)
        }
    }

    /// For whom and for what.
    private struct Told: Sendable {
        let recipient: String
        let purpose: String

        init(_ form: Form) throws(Refusal) {
            var reader = FormReader(form)
            recipient = reader.line("recipient")
            purpose = reader.lines("purpose", atLeast: CopyRecords.purposeCharacters)
            try reader.check()
        }
    }

    private func copy(
        _ asked: AskedRecords, as form: TableFile.Form, _ told: Told, _ access: Access?,
        _ sent: Form, _ context: AppContext
    ) async throws -> Response {
        let (kind, district) = (asked.kind, board.figures.district)
        // Read and made beside the writes, which a long file would otherwise hold up.
        let draft = try await board.read(context, for: access) { snapshot in
            let disclosure = try DataDisclosure(
                what: "records", recipient: told.recipient, purpose: told.purpose,
                basis: snapshot.basis(kind),
                fields: asked.columns(snapshot.words).map(\.label).joined(separator: "、"),
                extent: kind.name.zh + " · " + asked.understood(snapshot).extent(snapshot.words),
                rows: 0, expiresOn: nil)
            return Draft(
                table: try snapshot.table(asked, in: try snapshot.listScope(kind, access)),
                disclosure: disclosure, form: form)
        }
        let number = try await district.database.read { db in
            try DisclosureLedger(db, key: district.key).nextNumber()
        }
        let day = district.now().day
        let early = try Work.count { try draft.file(number, on: day) }
        let done = try await accounts.once(sent, context, needs: .signedIn) { acting, db in
            guard district.listScope(kind, of: acting.access, acting.structure) != nil else {
                throw Refusal.notFound
            }
            let ledger = DisclosureLedger(db, key: district.key)
            let next = try ledger.nextNumber()
            // Another file went out meanwhile: this one is another number's.
            let file =
                next == number && acting.today == day
                ? early : try draft.file(next, on: acting.today)
            try ledger.record(
                try draft.entry(on: acting.today), digest: hexadecimalDigest(file),
                by: acting.actor, at: acting.moment)
            return (file, asked.address)
        }
        guard let file = done.made else { return board.site.redirect(to: done.address) }
        return board.site.download(
            file, as: form.contentType, named: "\(draft.table.title).\(form.rawValue)",
            plainly: "\(kind.id).\(form.rawValue)")
    }

    /// A file that is ready but for the number of its entry.
    private struct Draft: Sendable {
        let table: TableFile
        let disclosure: DataDisclosure
        let form: TableFile.Form

        func entry(on day: Day) throws -> DataDisclosure {
            try DataDisclosure(
                what: disclosure.what, recipient: disclosure.recipient,
                purpose: disclosure.purpose, basis: disclosure.basis,
                fields: disclosure.fields, extent: disclosure.extent, rows: table.rows.count,
                expiresOn: day + CopyRecords.keptDays)
        }

        func file(_ number: Int, on day: Day) throws -> [UInt8] {
            var table = table
            table.note = try entry(on: day).watermark(number, on: day)
            return try table.bytes(as: form)
        }
    }

    private func page(
        _ kind: Kind, _ query: Query, _ context: AppContext, _ state: FormState
    ) -> Response {
        let words = board.site.words(context)
        let asked = AskedRecords(kind, query)
        let form = (try? TableFile.Form(query)) ?? .csv
        let action = asked.address.moved(to: .copies(of: kind.id))
            .with(TableFile.name, form.rawValue)
        let sheet = FormSheet(
            context.formHead(action, keeping: state.form), state,
            [
                state.line("recipient", words["records_copy_recipient"], isRequired: true),
                state.lines(
                    "purpose", words["records_copy_purpose"], rows: 2, isRequired: true,
                    help: words["records_copy_purpose_help"]),
            ], submit: words["records_copy_go", ["form": form.rawValue.uppercased()]])
        return board.site.show(
            FormPage(
                words["records_copy_title", ["kind": kind.name[words.language]]],
                lead: words["records_copy_lead"], sheet),
            context,
            trail: ListRecords.trail(kind, words) + [
                Link(words["records_link"], asked.address)
            ],
            status: state.status)
    }
}

extension Snapshot {
    /// On whose word records of a kind are taken away: what the register says of its persons, or
    /// that the work needs them.
    fileprivate func basis(_ kind: Kind) -> String {
        let entries =
            kind.persons.compactMap { catalogue.register[$0.register]?.basis.zh }
        return String((entries.first ?? "内部工作需要").prefix(DataDisclosure.lineLimit))
    }
}
