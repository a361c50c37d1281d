import Core
import Hummingbird
import Storage
import Web

/// POST /my/data/consents. For whoever may read the page: gives consent to one purpose or withdraws
/// it, each with one button. What rested on a withdrawn consent alone is erased.
struct GiveConsent: Sendable {
    let desk: RightsDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let district = desk.district
        guard let purpose = try form.text("purpose").flatMap({ district.catalogue.purposes[$0] }),
            purpose.basis == .consent,
            let act = try form.text("act").flatMap(Consent.Act.init)
        else { throw Refusal.notFound }
        let moment = district.now()
        let eraser = Eraser(district, folder: desk.folder)
        let erasure = try await district.database.write { [desk] db -> Erasure? in
            guard let asker = try desk.asker(request, context, db) else { throw Refusal.notFound }
            let isNew = try ConsentStore(db, key: district.key).add(
                act, purpose, asker.subject, channel: .own, by: asker.actor, at: moment)
            guard isNew, act == .withdrawn else { return nil }
            return try eraser.erase(
                asker.subject, entries: Set(purpose.entries), request: nil, by: asker.actor, db
            ).erasure
        }
        if let erasure { try eraser.finish(erasure) }
        let done = act == .given ? "consent_given" : "consent_withdrawn"
        return desk.site.redirect(to: Address.myData.with("done", done))
    }
}
