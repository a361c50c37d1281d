import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /entries/records/:id/end. For anyone who may write in the unit of a standing thing:
/// says from which day on it is no longer so. What needs a second person needs one for its end as
/// well.
struct EndEntry: Sendable {
    let desk: EntryServices

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let today = desk.app.today.description
        return try await page(
            context, FormState(context, offering: [Heading.day.name: today]))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        let form = try await context.form(request)
        return try await desk.app.submit(form, context, needs: .right(.write)) { acting, db in
            let (_, kind) = try standing(id, acting, db)
            var values: [Heading: String] = [.ends: id.text]
            var said: [String: String] = [:]
            for heading in [Heading.day, .minute, .reason] {
                values[heading] = try form.text(heading.name)
                said[heading.name] = values[heading]
            }
            let entry = try desk.district.read(values, kind: kind, db: db)
            if try desk.waits(entry, kind, acting, db) {
                said[Heading.day.name] = nil
                return try desk.wait(entry, said: said, acting, db)
            }
            try desk.district.post(entry, by: acting.actor, db: db)
            return kind.shown(id).with("done", "entry_ended")
        } again: {
            try await page(context, $0)
        }
    }

    @Sendable private func standing(
        _ id: Record.ID, _ acting: ActingAccount, _ db: Connection
    ) throws -> (Record, Kind) {
        let (record, kind) = try desk.record(id, acting, db)
        guard kind.shape == .standing, record.reverses == nil, record.ends == nil else {
            throw Refusal.notFound
        }
        return (record, kind)
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let words = desk.site.words(context)
        return try await desk.step(
            .end,
            { kind in
                let day = state.line(
                    Heading.day.name, words["end_day"], type: "date", isRequired: true,
                    help: words["end_day_help"], opens: true)
                let reason = state.line(Heading.reason.name, words["entry_reason"])
                return [day, state.minute(kind, words), reason].compactMap { $0 }
            }, context, state, of: standing)
    }
}
