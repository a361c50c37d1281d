import Accounts
import Core
import Hummingbird
import Storage
import Web

/// POST /my/data/requests. For whoever may read the page: asks for a copy, a correction, a
/// restriction or an erasure, or objects. The clock begins at once.
struct AskForRight: Sendable {
    let desk: RightsDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let district = desk.district
        let moment = district.now()
        do {
            let (kind, said) = try Self.read(form)
            let dueOn = RightsClock(district.catalogue).dueOn(askedAt: moment)
            try await district.database.write { [desk] db in
                guard let asker = try desk.asker(request, context, db) else {
                    throw Refusal.notFound
                }
                let store = RightsRequestStore(db, key: district.key)
                // The same form sent twice asks once.
                if let account = asker.subject.account {
                    let forms = Submissions(db)
                    if try forms.earlier(account: account, key: form.key) != nil { return }
                    try forms.remember(
                        account: account, key: form.key, address: Address.myData.text, at: moment)
                } else if try store.isAsked(kind, said, asker.subject) {
                    return
                }
                guard try store.openCount(asker.subject) < Limit.openRequests else {
                    throw Refusal.conflict(
                        zh: "您已有\(Limit.openRequests)项请求正在办理，请等待答复。",
                        en: "\(Limit.openRequests) of your requests are open: wait for an answer.")
                }
                try store.insert(
                    RightsRequest(
                        kind, words: said, subject: asker.subject,
                        unit: try desk.unit(of: asker.subject, db), channel: .own,
                        askedAt: moment, dueOn: dueOn), by: asker.actor)
            }
        } catch Refusal.invalid(let faults) {
            return try await ShowMyData(desk: desk).show(
                request, context, form: form, faults: faults)
        }
        return desk.site.redirect(to: Address.myData.with("done", "right_asked"))
    }

    /// What is asked, and in what words: a request without a reason cannot be answered.
    static func read(_ form: Form) throws(Refusal) -> (RightsRequest.Kind, String) {
        let kind = try form.text("kind").flatMap(RightsRequest.Kind.init)
        let said = try form.lines("words", upTo: Limit.words)
        var faults: [Fault] = []
        if kind == nil {
            faults.append(Fault("kind", zh: "请选择要求的事项。", en: "Choose what you ask for."))
        }
        if said == nil {
            faults.append(
                Fault(
                    "words", zh: "请写明涉及哪些信息、为什么。",
                    en: "Say which data you mean, and why."))
        }
        guard let kind, let said else { throw .invalid(faults) }
        return (kind, said)
    }
}
