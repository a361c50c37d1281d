import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /admin/audit?actor=&action=&subject=&from=&until=&after=. For the audit administrator: who
/// did what to what, the newest first, and whether the chain of the shown rows holds.
struct ShowAudit: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let asked = try AuditForm(query)
        let keyset = try Keyset(query, parts: 1)
        var before: Int?
        if let text = keyset.after?.parts[0] {
            guard let seq = Int(text), seq > 0 else { throw Refusal.notFound }
            before = seq
        }
        let last = before
        let (lines, names, kinds) = try await app.database.read { [app] db in
            let trail = AuditTrail(db: db, key: app.district.key)
            let lines = try trail.search(
                try asked.search(db), before: last, limit: keyset.fetch)
            let subjects = lines.map(\.row.subject)
            return (
                lines, try AccountStore(db).names(lines.map(\.row.actor) + subjects),
                try trail.kinds(of: subjects)
            )
        }
        let (shown, next) = keyset.cut(lines) { [String($0.row.seq)] }
        let words = app.site.words(context)
        var page = DeskPage(words["audit_title"], lead: words["audit_lead"])
        page.search = DeskSearch(action: Address.audit.text, inputs: asked.inputs(words))
        var section = DeskSection(nil, note: note(shown, words))
        section.table = table(shown, names, kinds, words)
        section.add(Link(words["audit_export"], asked.address(.auditExport)))
        page.sections = [section]
        page.pager = keyset.pager(next: next, at: asked.address(.audit))
        return app.site.show(page, context)
    }

    private func note(_ shown: [AuditTrail.Line], _ words: Words) -> String? {
        guard !shown.isEmpty else { return nil }
        let broken = shown.filter { !$0.holds }.count
        return broken == 0
            ? words["audit_holds", ["count": String(shown.count)]]
            : words["audit_broken", ["count": String(broken)]]
    }

    private func table(
        _ shown: [AuditTrail.Line], _ names: [String: String], _ kinds: [String: String],
        _ words: Words
    ) -> DeskTable {
        let open = Set(app.district.catalogue.publicKinds)
        var table = DeskTable(
            words["audit_title"],
            [
                words["audit_seq"], words["desk_when"], words["desk_who"], words["desk_what"],
                words["audit_subject"], words["audit_digest"], words["audit_link"],
            ], empty: words["audit_none"])
        for line in shown {
            let row = line.row
            let isPublic = kinds[row.subject].map(open.contains) ?? false
            table.add([
                .day(String(row.seq)), .day(row.at.text), .text(names[row.actor] ?? row.actor),
                .text(actionName(row.action, app.site.terms, words.language)),
                .text(
                    names[row.subject] ?? row.subject,
                    to: isPublic ? Address("records", row.subject) : nil),
                .text(row.digest.map { String($0.prefix(12)) } ?? ""),
                .text(words[line.holds ? "audit_link_holds" : "audit_link_broken"]),
            ])
        }
        return table
    }
}

/// What the audit is searched by, as somebody typed it.
struct AuditForm: Sendable {
    let values: [String: String]
    let from: Day?
    let last: Day?

    static let names = ["actor", "action", "subject", "from", "until"]
    /// All of them are carried along by the form of an export.
    static let fields: [String: SentField] = Dictionary(
        uniqueKeysWithValues: names.map { ($0, .carried) })

    init(_ query: Query) throws(Refusal) {
        var values: [String: String] = [:]
        for name in Self.names { values[name] = try query.text(name) }
        self.values = values
        from = try query.day("from")
        last = try query.day("until")
    }

    /// The same, sent along unseen with the form of an export.
    init(_ form: Form) throws(Refusal) {
        var values: [String: String] = [:]
        for name in Self.names { values[name] = try form.text(name) }
        self.values = values
        from = values["from"].flatMap { Day($0) }
        last = values["until"].flatMap { Day($0) }
        guard (from == nil) == (values["from"] == nil), (last == nil) == (values["until"] == nil)
        else { throw .notFound }
    }

    /// An actor is an account, by what they sign in with, or whatever else the audit names.
    func search(_ db: Connection) throws -> AuditSearch {
        var actor = values["actor"]
        if let typed = actor, let folded = try? Account.folded(typed),
            let account = try AccountStore(db).find(signIn: folded)
        {
            actor = account.id.text
        }
        return AuditSearch(
            actor: actor, action: values["action"], subject: values["subject"], from: from,
            last: last)
    }

    /// What was looked for, in one line.
    var extent: String {
        let said = Self.names.compactMap { values[$0] }
        return said.isEmpty ? "–" : said.joined(separator: " · ")
    }

    func address(_ address: Address) -> Address {
        Self.names.reduce(address) { $0.with($1, values[$1]) }
    }

    func inputs(_ words: Words) -> [FormField] {
        func field(_ name: String, _ label: String, type: String = "text") -> FormField {
            FormField(
                name, label, .line(type: type, autocomplete: "off"), value: values[name] ?? "")
        }
        return [
            field("actor", words["audit_actor"]), field("action", words["audit_action"]),
            field("subject", words["audit_subject"]),
            field("from", words["audit_from"], type: "date"),
            field("until", words["audit_until"], type: "date"),
        ]
    }
}
