import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /visits/bookings/:booking/end, /confirm and /stop. For whoever writes in the unit: how an
/// appointment ended; that whoever was visited confirmed it at the window or by telephone; that
/// they want no more visits.
struct EndBooking: Sendable {
    let app: VisitServices

    @Sendable func tell(_ request: Request, _ context: AppContext) async throws -> Response {
        try await change(request, context) { booking, form, acting, db in
            guard let state = form.all("state").first.flatMap(VisitBooking.State.init) else {
                throw Refusal.notFound
            }
            try app.visits.tell(booking, as: state, by: acting, db)
        }
    }

    @Sendable func confirm(_ request: Request, _ context: AppContext) async throws -> Response {
        try await change(request, context) { booking, form, acting, db in
            var reader = FormReader(form)
            let how = reader.choice(
                "how", as: VisitBooking.Confirmed.self,
                missing: Wording(zh: "请选择确认方式。", en: "Say how it was confirmed."))
            let reason = reader.line("reason", upTo: VisitLimits.words)
            try reader.check()
            guard let how, how != .code else { throw Refusal.notFound }
            try app.visits.confirm(booking, how: how, because: reason, by: acting, db)
        }
    }

    @Sendable func stop(_ request: Request, _ context: AppContext) async throws -> Response {
        try await change(request, context) { booking, _, acting, db in
            guard let agreement = booking.agreement else { throw Refusal.notFound }
            try app.visits.stop(agreement, by: acting.actor, db)
        }
    }

    private func change(
        _ request: Request, _ context: AppContext,
        _ change:
            @escaping @Sendable (VisitBooking, Form, ActingAccount, Connection) throws -> Void
    ) async throws -> Response {
        let id = try context.id("booking", of: VisitBooking.self)
        let form = try await context.form(request)
        let found = try await app.app.database.read { try VisitBookingStore($0).find(id) }
        guard let slot = found?.slot else { throw Refusal.notFound }
        return try await app.app.submit(form, context, needs: .right(.write)) { acting, db in
            guard let booking = try VisitBookingStore(db).find(id) else { throw Refusal.notFound }
            _ = try app.visits.slot(booking.slot, for: acting, db)
            try change(booking, form, acting, db)
            return Address.visitSlot(booking.slot).with("done", "visit_said")
        } again: {
            try await ShowVisitSlot(app: app).page(slot, $0, context)
        }
    }
}
