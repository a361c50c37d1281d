import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET and POST /entries/records/:id/reverse. For who may write in the unit of the record: takes a
/// record back, with its reason. It counts no longer, and its history says so. What needs a second
/// person needs one for this as well.
struct ReverseEntry: Sendable {
    let desk: Desk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await answer(context, reason: "", faults: [], form: nil)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        let form = try await context.form(request)
        let typed = form.all(Heading.reason.name).first ?? ""
        do {
            let reason = try form.text(Heading.reason.name) ?? ""
            let district = desk.district
            let address = try await district.database.write { db in
                let writer = try Writer(desk, context, db)
                let account = writer.account.text
                let submissions = Submissions(db)
                if let earlier = try submissions.earlier(account: account, key: form.key) {
                    return Address(local: earlier) ?? .entries
                }
                let (record, kind) = try desk.record(id, writer, db)
                guard record.reverses == nil else { throw Refusal.notFound }
                try desk.requireOthers(reversing: record, writer, db)
                let address: Address
                let entry = try district.reversal(of: id, because: reason, db).entry
                if try desk.waits(entry, kind, writer, db) {
                    address = try desk.wait(
                        entry, said: [Heading.reason.name: reason], writer, db)
                } else {
                    _ = try district.reverse(id, because: reason, by: writer.actor, db: db)
                    address = (kind.visibility == .sealed ? Address.entries : .record(id))
                        .with("done", "entry_reversed")
                }
                try submissions.remember(
                    account: account, key: form.key, address: address.text, at: district.now())
                return address
            }
            return desk.site.redirect(to: address)
        } catch Refusal.invalid(let faults) {
            return try await answer(context, reason: typed, faults: faults, form: form)
        } catch Refusal.conflict(let words) {
            return try await answer(
                context, reason: typed, faults: [Fault("", zh: words.zh, en: words.en)],
                form: form)
        }
    }

    private func answer(
        _ context: AppContext, reason: String, faults: [Fault], form: Form?
    ) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        let words = desk.site.words(context)
        let head = context.formHead(.reverse(id), keeping: form)
        let page = try await desk.district.database.read { db in
            let writer = try Writer(desk, context, db)
            let (record, kind) = try desk.record(id, writer, db)
            guard record.reverses == nil else { throw Refusal.notFound }
            let overtaking = try Overtaking(record, desk, writer, words, db)
            return ReversePage(
                record, kind, reason: reason, faults: faults, overtaking?.part, head, writer,
                words)
        }
        let status: HTTPResponse.Status =
            page.conflict != nil ? .conflict : faults.isEmpty ? .ok : .unprocessableContent
        return desk.site.show(page, context, trail: desk.trail(words), status: status)
    }
}

/// The form that takes a record back.
struct ReversePage: Page {
    static let template = "entries/reverse"

    let title: String
    let head: FormHead
    let summary: FaultSummary?
    let lead: String
    let conflict: ConflictPart?
    let isOpen: Bool
    let note: String?
    let submitLabel: String
    let reasonField: FormField
    let backHref: String

    init(
        _ record: Record, _ kind: Kind, reason: String, faults: [Fault], _ conflict: ConflictPart?,
        _ head: FormHead, _ writer: Writer, _ words: Words
    ) {
        let mark = faults.isEmpty ? "" : words["entry_fault_mark"]
        title = mark + words["reverse_title"]
        self.head = head
        let sentences = faults.map { $0.words[words.language] }
        summary =
            conflict == nil
            ? FaultSummary(zip(faults, sentences).map { (name: $0.field, sentence: $1) }) : nil
        lead =
            words[
                "reverse_lead",
                [
                    "kind": kind.name[words.language], "day": record.happenedOn.description,
                    "unit": writer.structure.nearestVersion(record.unit, on: record.happenedOn)?
                        .name
                        ?? "–",
                ]]
        self.conflict = conflict
        isOpen = conflict == nil
        note = kind.isConfirmed ? words["step_confirmed_note"] : nil
        submitLabel = words[kind.isConfirmed ? "entry_submit_waits" : "reverse_submit"]
        reasonField = FormField(
            Heading.reason.name, words["entry_reason"], value: reason, isRequired: true,
            help: words["entry_reason_help"],
            faults: zip(faults, sentences).filter { $0.0.field != nil || $0.0.place != "" }
                .map(\.1),
            isFirst: true, autocomplete: "off")
        backHref =
            (kind.visibility == .sealed ? Address.entries : .record(record.id)).text
    }
}
