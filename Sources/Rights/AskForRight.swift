import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /my/data/requests. For whoever may read the page: asks for a copy, a correction, a
/// restriction or an erasure, or objects. The clock begins at once.
struct AskForRight: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let district = app.district
        let moment = district.now()
        return try await context.mending(form) {
            var reader = FormReader(form)
            let asked = AskedRight(&reader)
            try reader.check()
            guard let asked else { throw Refusal.notFound }
            try await district.database.write { [app] db in
                guard let asker = try app.asker(request, context, db) else {
                    throw Refusal.notFound
                }
                // The same form sent twice asks once; a contact has no account to remember it by.
                guard let account = asker.subject.account else {
                    let store = RightsRequestStore(db, key: district.key)
                    if try !store.isAsked(asked.kind, asked.words, asker.subject) {
                        try ask(asked, asker, at: moment, db)
                    }
                    return
                }
                _ = try Submissions(db).once(form, of: account, at: moment) {
                    (try ask(asked, asker, at: moment, db), .myData)
                }
            }
            return app.site.redirect(to: Address.myData.with("done", "right_asked"))
        } again: {
            try await ShowMyData(app: app).show(request, context, $0)
        }
    }

    private func ask(
        _ asked: AskedRight, _ asker: Asker, at moment: Moment, _ db: Connection
    ) throws {
        let store = RightsRequestStore(db, key: app.district.key)
        guard try store.openCount(asker.subject) < RightsLimits.openRequests else {
            throw Refusal.conflict(
                zh: "您已有\(RightsLimits.openRequests)项请求正在办理，请等待答复。",
                en: "\(RightsLimits.openRequests) of your requests are open: wait for an answer.")
        }
        try store.insert(
            RightsRequest(
                asked.kind, words: asked.words, subject: asker.subject,
                unit: try app.unit(of: asker.subject, db), channel: .own, askedAt: moment,
                dueOn: RightsClock(app.district.catalogue).dueOn(askedAt: moment)),
            by: asker.actor)
    }
}

/// What is asked, and in what words: a request without a reason cannot be answered.
struct AskedRight: Sendable {
    let kind: RightsRequest.Kind
    let words: String

    /// Nil where something is wrong with the form; the reader knows what.
    init?(_ reader: inout FormReader) {
        let kind = reader.choice(
            "kind", as: RightsRequest.Kind.self,
            missing: Wording(zh: "请选择要求的事项。", en: "Choose what you ask for."))
        words = reader.lines(
            "words", atLeast: 1, upTo: RightsLimits.words,
            missing: Wording(
                zh: "请写明涉及哪些信息、为什么。", en: "Say which data you mean, and why."))
        guard let kind else { return nil }
        self.kind = kind
    }
}
