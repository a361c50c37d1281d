import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /visits/status/cancel, /move, /kept and /stop. For whoever opened a booking with its code:
/// takes it back, moves it, says that the visit was kept, or that no more are wanted.
struct ChangeVisit: Sendable {
    let app: VisitServices

    @Sendable func cancel(_ request: Request, _ context: AppContext) async throws -> Response {
        try await change(request, context, done: "visit_cancelled") { booking, _, db in
            try app.visits.cancel(booking, by: .visitor, db)
        }
    }

    @Sendable func move(_ request: Request, _ context: AppContext) async throws -> Response {
        try await change(request, context, done: "visit_moved") { booking, form, db in
            guard let slot = form.all("slot").first.flatMap({ VisitSlot.ID($0) }) else {
                throw Refusal.notFound
            }
            // The same form sent twice moves once.
            if booking.slot == slot { return }
            try app.visits.move(booking, to: slot, by: .visitor, db)
        }
    }

    @Sendable func confirm(_ request: Request, _ context: AppContext) async throws -> Response {
        try await change(request, context, done: "visit_kept") { booking, _, db in
            if booking.state == .kept { return }
            try app.visits.confirm(booking, db)
        }
    }

    @Sendable func stop(_ request: Request, _ context: AppContext) async throws -> Response {
        try await change(request, context, done: "visit_stopped") { booking, _, db in
            guard let agreement = booking.agreement else { throw Refusal.notFound }
            try app.visits.stop(agreement, by: .visitor, db)
        }
    }

    private func change(
        _ request: Request, _ context: AppContext, done: String,
        _ change: @escaping @Sendable (VisitBooking, Form, Connection) throws -> Void
    ) async throws -> Response {
        let form = try await context.form(request)
        guard let id = OpenedVisit(app).booking(request, at: app.visits.district.now()) else {
            return app.site.redirect(to: .visitStatus)
        }
        return try await context.mending(form) {
            try await app.app.database.write { db in
                guard let booking = try VisitBookingStore(db).find(id) else {
                    throw Refusal.notFound
                }
                try change(booking, form, db)
            }
            return app.site.redirect(to: Address.visitStatus.with("done", done))
        } again: { state in
            try await ShowVisit(app: app).page(id, state, context)
        }
    }
}
