import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /my/data/consents. For whoever may read the page: gives consent to one purpose or withdraws
/// it, each with one button. What rested on a withdrawn consent alone is erased.
struct GiveConsent: Sendable {
    let app: Services
    let folder: RightsFolder

    private typealias Withdrawn = (erasure: Erasure, decisions: [Decision])

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let district = app.district
        guard let purpose = try form.text("purpose").flatMap({ district.catalogue.purposes[$0] }),
            purpose.basis == .consent,
            let act = try form.text("act").flatMap(Consent.Act.init)
        else { throw Refusal.notFound }
        let moment = district.now()
        let eraser = Eraser(district, folder: folder)
        let withdrawn = try await district.database.write { [app] db -> Withdrawn? in
            guard let asker = try app.asker(request, context, db) else { throw Refusal.notFound }
            let isNew = try ConsentStore(db, key: district.key).add(
                act, purpose, asker.subject, channel: .own, by: asker.actor, at: moment)
            guard isNew, act == .withdrawn else { return nil }
            let erasure = try eraser.erase(
                asker.subject, entries: Set(purpose.entries), request: nil, by: asker.actor, db
            ).erasure
            let decisions = try DecisionStore(db: db, key: district.key)
                .withdrawals(of: asker.subject, at: moment)
            return (erasure: erasure, decisions: decisions)
        }
        if let withdrawn {
            try eraser.note(withdrawn.decisions)
            try eraser.finish(withdrawn.erasure)
        }
        let done = act == .given ? "consent_given" : "consent_withdrawn"
        return app.site.redirect(to: Address.myData.with("done", done))
    }
}
