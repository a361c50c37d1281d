import Cases
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /ask/status/steps/:step. For whoever opened the request with its secret: confirms, rates,
/// adds, takes back or asks again, by the verb that everybody's steps go through.
struct TakeRequesterStep: Sendable {
    let app: RequestServices

    /// How many records of the case the form showed.
    static let shown = "shown"
    static let fields: [String: SentField] = [shown: .carried]

    @Sendable func label(_ context: AppContext, _ name: String) -> Wording? {
        let procedure = app.district.catalogue.procedures[app.services.desk.procedure]?.last
        let kind = context.parameters.get("step").flatMap { procedure?.step($0) }
            .flatMap { app.district.catalogue.kinds[$0.kind] }
        guard let kind else { return nil }
        return kind.inputHeadings.first { $0.name == name }.map(kind.label)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let step = try context.word("step")
        let form = try await context.form(request)
        guard let id = RequestVisit(app).request(request, at: app.district.now()) else {
            return app.site.redirect(to: .askStatus)
        }
        return try await context.mending(form) {
            try await app.app.database.write { [app] db in
                try take(step, in: id, form, app, db)
            }
            return app.site.redirect(to: Address.askStatus.with("done", "request_said"))
        } again: { state in
            try await OpenRequest(app: app).show(id, (step, state), context)
        }
    }

    private func take(
        _ name: String, in id: Record.ID, _ form: Form, _ app: RequestServices, _ db: Connection
    ) throws {
        guard let shown = form.all(Self.shown).first.flatMap(Int.init) else {
            throw Refusal.notFound
        }
        let words = app.site.terms.words(.zh)
        let status = try RequestStatus(id, app.requests, words, db)
        // The same form sent twice says the same thing once.
        let after = status.reading.records.first { $0.seq == shown + 1 }
        if let after, after.place.step == name, after.record.recordedBy == Actor.visitor.name {
            return
        }
        guard let open = status.open.first(where: { $0.asked.step == name }),
            let kind = app.district.catalogue.kinds[open.step.kind]
        else {
            throw Refusal.conflict(
                zh: "这件诉求刚有新的进展，现在不能这样办理，请重新打开看看。",
                en: "Something was added to the request just now: open it again and look.")
        }
        let sheet = EntrySheet(kind, form)
        guard sheet.faults.isEmpty else { throw Refusal.invalid(sheet.faults) }
        let headings = open.asked.headings(of: kind)
        var values = sheet.values.filter { headings.contains($0.key) }
        let outcome = Heading.field(Kind.outcomeName)
        if headings.contains(outcome), !open.asked.outcomes.isEmpty,
            !(values[outcome].map(open.asked.outcomes.contains) ?? false)
        {
            throw Refusal.invalid([
                Fault(kind.label(outcome), at: outcome.name, zh: "请选择结果。", en: "Choose one.")
            ])
        }
        for (field, value) in open.asked.sets { values[.field(field)] = value }
        let moment = app.district.now()
        values[.day] = "\(moment.day)"
        if kind.minute != .none { values[.minute] = String(moment.text.suffix(5)) }
        try app.district.takeStep(
            name, in: id, shown: shown, values: values, by: .machine(.visitor), db: db)
    }
}
