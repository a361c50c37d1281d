import Accounts
import Core
import Ledger
import Web

/// Appointments: what everybody may book, what became of it, and the day of whoever receives people
/// or calls on them.
package func visitPages(_ visits: Visits, _ accounts: Accounts) -> Feature {
    Feature(
        name: "visits",
        navigation: [
            Destination("nav_visits", .calendar, path: Address.visits.text),
            Destination(
                "nav_visit_desk", .desk, path: Address.visitDesk.text, needs: .right(.write)),
        ],
        templates: .module,
        pages: [
            ChooseVisitPage.self, BookedVisitPage.self, VisitStatusPage.self, VisitDeskPage.self,
            VisitSlotPage.self, VisitPromisesPage.self,
        ],
        jobs: [
            JobKind(
                "visit_agreements",
                schedule: { Moment(milliseconds: $0.milliseconds + VisitLimits.lookMilliseconds) },
                isAtStart: true
            ) { _, _ in
                try await visits.dropUnagreed()
            }
        ],
        routes: { router, site in
            let app = VisitServices(
                visits: visits, app: Services(visits.district, accounts, site))
            routeBooking(router, app)
            routeDesk(router, app)
        },
        desk: { _ in visitsOnDesk(visits) })
}

/// What the verbs of appointments are given.
struct VisitServices: Sendable {
    let visits: Visits
    let app: Services

    var site: Site { app.site }
}

/// What everybody may do.
private func routeBooking(_ router: Routes, _ app: VisitServices) {
    router.get("visits", needs: .everybody, use: ChooseVisit(app: app).handle)
    let book = BookVisit(app: app)
    router.get("visits/book/:slot", needs: .everybody, use: book.show)
    router.post("visits/book/:slot", needs: .everybody, use: book.handle)
    let status = ShowVisit(app: app)
    router.get("visits/status", needs: .everybody, use: status.show)
    router.post(
        "visits/status", needs: .everybody, fields: ["secret": .code], use: status.handle)
    router.post("visits/status/leave", needs: .everybody, use: status.leave)
    let change = ChangeVisit(app: app)
    router.post("visits/status/cancel", needs: .everybody, use: change.cancel)
    router.post("visits/status/move", needs: .everybody, use: change.move)
    router.post("visits/status/kept", needs: .everybody, use: change.confirm)
    router.post("visits/status/stop", needs: .everybody, use: change.stop)
}

/// What those do who offer hours and call on people.
private func routeDesk(_ router: Routes, _ app: VisitServices) {
    router.get("visits/desk", needs: .right(.write), use: ShowVisitDesk(app: app).handle)
    let offer = OfferVisits(app: app)
    router.get("visits/desk/new", needs: .right(.write), use: offer.show)
    router.post(
        "visits/desk/new", needs: .right(.write), fields: OfferVisits.fields, use: offer.handle)
    let care = PlanCareVisit(app: app)
    router.get("visits/desk/care", needs: .right(.write), use: care.show)
    router.post("visits/desk/care", needs: .right(.write), use: care.handle)
    router.get(
        "visits/desk/promises", needs: .right(.write), use: ShowPromises(app: app).handle)
    let slot = ShowVisitSlot(app: app)
    router.get("visits/desk/:slot", needs: .right(.write), use: slot.show)
    router.post(
        "visits/desk/:slot/withdraw", needs: .right(.write), fields: ["all": .carried],
        use: slot.withdraw)
    router.post("visits/desk/:slot/close", needs: .right(.write), use: slot.close)
    let end = EndBooking(app: app)
    router.post(
        "visits/bookings/:booking/end", needs: .right(.write), fields: ["state": .carried],
        use: end.tell)
    router.post("visits/bookings/:booking/confirm", needs: .right(.write), use: end.confirm)
    router.post("visits/bookings/:booking/stop", needs: .right(.write), use: end.stop)
}
