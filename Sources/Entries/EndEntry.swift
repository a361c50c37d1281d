import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET and POST /entries/records/:id/end. For who may write in the unit of a standing thing: says
/// from which day on it is no longer so. What needs a second person needs one for its end as well.
struct EndEntry: Sendable {
    let desk: Desk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await answer(
            context, day: desk.district.now().day.description, reason: "", faults: [], form: nil)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        let form = try await context.form(request)
        let typed = (
            day: form.all(Heading.day.name).first ?? "",
            reason: form.all(Heading.reason.name).first ?? ""
        )
        do {
            let day = try form.text(Heading.day.name)
            let reason = try form.text(Heading.reason.name)
            let address = try await desk.district.database.write { db in
                try end(id, day, reason, form, context, db)
            }
            return desk.site.redirect(to: address)
        } catch Refusal.invalid(let faults) {
            return try await answer(
                context, day: typed.day, reason: typed.reason, faults: faults, form: form)
        } catch Refusal.conflict(let words) {
            return try await answer(
                context, day: typed.day, reason: typed.reason,
                faults: [Fault("", zh: words.zh, en: words.en)], form: form)
        }
    }

    private func end(
        _ id: Record.ID, _ day: String?, _ reason: String?, _ form: Form, _ context: AppContext,
        _ db: Connection
    ) throws -> Address {
        let district = desk.district
        let writer = try Writer(desk, context, db)
        let account = writer.account.text
        let submissions = Submissions(db)
        if let earlier = try submissions.earlier(account: account, key: form.key) {
            return Address(local: earlier) ?? .entries
        }
        let (_, kind) = try standing(id, writer, db)
        var values: [Heading: String] = [.ends: id.text]
        values[.day] = day
        values[.reason] = reason
        let entry = try district.read(values, kind: kind, db: db)
        let address: Address
        if try desk.waits(entry, kind, writer, db) {
            let said = reason.map { [Heading.reason.name: $0] } ?? [:]
            address = try desk.wait(entry, said: said, writer, db)
        } else {
            try district.post(entry, by: writer.actor, db: db)
            address = (kind.visibility == .sealed ? Address.entries : .record(id))
                .with("done", "entry_ended")
        }
        try submissions.remember(
            account: account, key: form.key, address: address.text, at: district.now())
        return address
    }

    private func standing(
        _ id: Record.ID, _ writer: Writer, _ db: Connection
    ) throws -> (Record, Kind) {
        let (record, kind) = try desk.record(id, writer, db)
        guard kind.shape == .standing, record.reverses == nil, record.ends == nil else {
            throw Refusal.notFound
        }
        return (record, kind)
    }

    private func answer(
        _ context: AppContext, day: String, reason: String, faults: [Fault], form: Form?
    ) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        let words = desk.site.words(context)
        let head = context.formHead(.end(id), keeping: form)
        let page = try await desk.district.database.read { db in
            let writer = try Writer(desk, context, db)
            let (record, kind) = try standing(id, writer, db)
            let overtaking = try Overtaking(record, desk, writer, words, db)
            return EndPage(
                record, kind, day: day, reason: reason, faults: faults, overtaking?.part, head,
                writer, words)
        }
        let status: HTTPResponse.Status =
            page.conflict != nil ? .conflict : faults.isEmpty ? .ok : .unprocessableContent
        return desk.site.show(page, context, trail: desk.trail(words), status: status)
    }
}

/// The form that ends a standing thing.
struct EndPage: Page {
    static let template = "entries/end"

    let title: String
    let head: FormHead
    let summary: FaultSummary?
    let lead: String
    let conflict: ConflictPart?
    let isOpen: Bool
    let note: String?
    let submitLabel: String
    let dayField: FormField
    let reasonField: FormField
    let backHref: String

    init(
        _ record: Record, _ kind: Kind, day: String, reason: String, faults: [Fault],
        _ conflict: ConflictPart?, _ head: FormHead, _ writer: Writer, _ words: Words
    ) {
        let language = words.language
        title = (faults.isEmpty ? "" : words["entry_fault_mark"]) + words["end_title"]
        self.head = head
        func told(_ name: String) -> [String] {
            faults.filter { $0.field == name }.map { $0.words[language] }
        }
        let own = [Heading.day.name, Heading.reason.name]
        summary =
            conflict == nil
            ? FaultSummary(
                faults.map { fault in
                    (
                        name: fault.field.flatMap { own.contains($0) ? $0 : nil },
                        sentence: fault.words[language]
                    )
                }) : nil
        lead =
            words[
                "end_lead",
                [
                    "kind": kind.name[language], "day": record.happenedOn.description,
                    "unit": writer.structure.nearestVersion(record.unit, on: record.happenedOn)?
                        .name
                        ?? "–",
                ]]
        self.conflict = conflict
        isOpen = conflict == nil
        note = kind.isConfirmed ? words["step_confirmed_note"] : nil
        submitLabel = words[kind.isConfirmed ? "entry_submit_waits" : "end_submit"]
        dayField = FormField(
            Heading.day.name, words["end_day"], value: day, type: "date", isRequired: true,
            help: words["end_day_help"], faults: told(Heading.day.name), isFirst: true)
        reasonField = FormField(
            Heading.reason.name, words["entry_reason"], value: reason,
            faults: told(Heading.reason.name), autocomplete: "off")
        backHref =
            (kind.visibility == .sealed ? Address.entries : .record(record.id)).text
    }
}
