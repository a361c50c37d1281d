import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /rights/requests/:id/steps. For anyone who answers requests in its unit: takes the request
/// one step further; what follows when it is granted stands in `GrantRequest`.
struct AnswerRequest: Sendable {
    let app: Services
    let folder: RightsFolder

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: RightsRequest.self)
        return try await context.mending(form) {
            try await answer(id, try Answer(form), context)
            return app.site.redirect(
                to: Address.rightsRequest(id).with("done", "right_answered"))
        } again: {
            try await ShowRequest(app: app).show(context, answering: $0)
        }
    }

    private struct Answer: Sendable {
        let next: RightsRequest.State
        let ground: RightsRequest.RefusalReason?
        let reason: String?
        let name: String?

        /// The longest name of a person, in characters.
        private static let nameCharacters = 60

        init(_ form: Form) throws(Refusal) {
            var reader = FormReader(form)
            let next = reader.choice(
                "state", as: RightsRequest.State.self,
                missing: Wording(zh: "请选择下一步。", en: "Choose the next step."))
            ground = reader.optional("ground").flatMap(RightsRequest.RefusalReason.init)
            reason = reader.optionalLines("reason", upTo: RightsLimits.words)
            name = reader.optional("name", upTo: Self.nameCharacters)
            try reader.check()
            self.next = next ?? .received
        }
    }

    private func answer(
        _ id: RightsRequest.ID, _ answer: Answer, _ context: AppContext
    ) async throws {
        let district = app.district
        let (moment, actor) = (district.now(), context.actor)
        let eraser = Eraser(district, folder: folder)
        let erasure = try await district.database.write { [app] db -> Erasure? in
            let store = RightsRequestStore(db, key: district.key)
            let acting = try app.accounts.acting(context, db)
            guard var found = try store.find(id, in: app.units(of: acting)) else {
                throw Refusal.notFound
            }
            guard found.subject.account != actor.name else {
                throw Refusal.conflict(
                    zh: "自己的请求须由他人答复。", en: "Somebody else answers a request of yours.")
            }
            let earlier = found.state
            try found.take(answer.next, ground: answer.ground, reason: answer.reason, at: moment)
            try store.update(found, was: earlier, access: acting.access, by: actor)
            if found.state.isClosed, let asker = found.subject.account.flatMap(Account.ID.init) {
                try Outbox(db).put(.rightAnswered, to: asker, at: .myData, by: actor, moment)
            }
            guard found.state == .done else { return nil }
            return try GrantRequest(
                district: district, eraser: eraser, actor: actor, moment: moment
            ).follow(found, name: answer.name, db)
        }
        if let erasure { try eraser.finish(erasure) }
    }
}

extension Message.Event {
    /// A request about somebody's data was granted or refused.
    fileprivate static let rightAnswered = Message.Event("right_answered")
}
