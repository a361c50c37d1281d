import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /rights/requests/:id/lifting. For anyone who answers requests in its unit: ends a
/// restriction, and says why.
struct LiftRestriction: Sendable {
    let app: Services
    let folder: RightsFolder

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: RightsRequest.self)
        let district = app.district
        let (moment, actor) = (district.now(), context.actor)
        return try await context.mending(form) {
            guard let reason = try form.text("why") else {
                throw Refusal.invalid("why", zh: "请写明理由。", en: "Say why.")
            }
            try await district.database.write { [app] db in
                let store = RightsRequestStore(db, key: district.key)
                guard let found = try store.find(id, in: try app.units(context, db)) else {
                    throw Refusal.notFound
                }
                let subject = try found.subject.whole(db)
                try Restriction(db, key: district.key).end(
                    subject, because: reason, by: actor, at: moment)
                try Eraser(district, folder: folder).note(
                    subject.persons.map { Decision(.unrestricted, $0, at: moment) })
                // The reason stands where the person reads it.
                try DataViewStore(db, key: district.key).record(
                    subject, role: "restriction_lifted", reason: reason, by: actor, at: moment)
            }
            return app.site.redirect(
                to: Address.rightsRequest(id).with("done", "right_lifted"))
        } again: {
            try await ShowRequest(app: app).show(context, lifting: $0)
        }
    }
}
