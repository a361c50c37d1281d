import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /admin/audit/export. For the audit administrator: the rows of a search as a file,
/// for a recipient and a purpose that are kept. The file begins with them.
struct ExportAudit: Sendable {
    let app: Services

    /// The most rows of one file; a longer one is refused and not cut.
    static let rows = 100_000
    /// The fewest characters of a purpose.
    static let purposeCharacters = 4
    /// How long the recipient may keep a file, in days.
    static let keptDays = 1_095
    static let columns = [
        "seq", "at", "actor", "action", "subject", "first_position", "last_position", "digest",
    ]

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, try AuditForm(Query(request)), FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let asked = try AuditForm(form)
        return try await context.mending(form, at: "purpose") {
            try await export(try Disclosure(form), asked, form, context)
        } again: {
            try await page(context, asked, $0)
        }
    }

    private struct Disclosure: Sendable {
        let recipient: String
        let purpose: String

        init(_ form: Form) throws(Refusal) {
            var reader = FormReader(form)
            recipient = reader.line("recipient")
            purpose = reader.lines("purpose", atLeast: ExportAudit.purposeCharacters)
            try reader.check()
        }
    }

    private func export(
        _ disclosure: Disclosure, _ asked: AuditForm, _ form: Form, _ context: AppContext
    ) async throws -> Response {
        // Read beside the writes, which a long file would otherwise hold up.
        let (rows, count) = try await app.database.read { [app] db in
            try app.file(of: try asked.search(db), db)
        }
        guard count <= Self.rows else {
            throw Refusal.invalid(
                "purpose", zh: "超过 \(Self.rows) 行，请缩小查找范围。",
                en: "These are more than \(Self.rows) rows: narrow the search.")
        }
        let done = try await app.accounts.once(form, context, needs: .right(.audit)) {
            [app] acting, db in
            let moment = acting.moment
            let disclosure = try DataDisclosure(
                what: "audit", recipient: disclosure.recipient, purpose: disclosure.purpose,
                basis: app.district.catalogue.register["audit_export"]?.basis.zh ?? "–",
                fields: Self.columns.joined(separator: ", "), extent: asked.extent, rows: count,
                expiresOn: moment.day + Self.keptDays)
            let ledger = DisclosureLedger(db, key: app.district.key)
            let watermark = disclosure.watermark(try ledger.nextNumber(), on: moment.day)
            // The mark by which spreadsheets know UTF-8 comes first.
            let file: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(csvLine([watermark]).utf8) + rows
            let digest = hexadecimalDigest(file)
            try ledger.record(disclosure, digest: digest, by: acting.actor, at: moment)
            let id = ID<AuditExport>.make().text
            try AuditExports(db: db).insert(
                id, by: acting.account, at: moment, recipient: disclosure.recipient,
                purpose: disclosure.purpose,
                rows: count, digest: digest)
            try app.audit(db).record(
                "audit.exported", id, by: acting.actor, at: moment, evidence: digest,
                quietly: true)
            return (file, .auditExport)
        }
        guard let file = done.made else { return app.site.redirect(to: done.address) }
        let name = "audit-\(app.today).csv"
        return app.site.download(
            file, as: "text/csv; charset=utf-8", named: name, plainly: name)
    }

    private func page(
        _ context: AppContext, _ asked: AuditForm, _ state: FormState
    ) async throws -> Response {
        let (exports, names) = try await app.database.read { db in
            let exports = try AuditExports(db: db).list()
            return (exports, try AccountStore(db).names(exports.map(\.by)))
        }
        let words = app.site.words(context)
        var page = DeskPage(words["audit_export"], lead: words["audit_export_lead"])
        var section = DeskSection(nil)
        var sheet = FormSheet(
            context.formHead(.auditExport, keeping: state.form), state,
            [
                state.line("recipient", words["audit_recipient"], isRequired: true),
                state.lines("purpose", words["audit_purpose"], rows: 2, isRequired: true),
            ], submit: words["audit_export_go"])
        sheet.hidden = AuditForm.names.compactMap { name in
            asked.values[name].map { HiddenField(name, $0) }
        }
        section.sheet = sheet
        var past = DeskSection(words["audit_exports"])
        var table = DeskTable(
            words["audit_exports"],
            [
                words["desk_when"], words["desk_who"], words["audit_recipient"],
                words["audit_purpose"], words["audit_rows"],
            ], empty: words["audit_exports_none"])
        for export in exports {
            table.add([
                .day(export.at.text), .text(names[export.by] ?? export.by),
                .text(export.recipient), .text(export.purpose), .text(String(export.rows)),
            ])
        }
        past.table = table
        page.sections = [section, past]
        return app.site.show(
            page, context, trail: [Link(words["audit_title"], asked.address(.audit))],
            status: state.status)
    }
}

extension Services {
    /// The rows of a search as a file, with how many there are; one more than may be exported says
    /// that there are too many.
    fileprivate func file(
        of search: AuditSearch, _ db: Connection
    ) throws -> (bytes: [UInt8], count: Int) {
        var bytes = Array(csvLine(ExportAudit.columns).utf8)
        var count = 0
        try AuditTrail(db: db, key: district.key).each(search, limit: ExportAudit.rows + 1) {
            row in
            count += 1
            let line = csvLine([
                String(row.seq), row.at.text, row.actor, row.action, row.subject,
                row.first.map(String.init) ?? "", row.last.map(String.init) ?? "",
                row.digest ?? "",
            ])
            bytes += Array(line.utf8)
        }
        return (bytes, count)
    }
}
