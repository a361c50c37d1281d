import Core
import Hummingbird
import Ledger
import Web

/// What the organization officer does with the calendars of holidays.
func routeCalendars(_ router: Routes, _ app: Services) {
    let need = Need.right(.kinds)
    let list = ListCalendars(app: app)
    router.get("admin/calendars", needs: need, use: list.show)
    router.post("admin/calendars", needs: need, use: list.read)
    let show = ShowCalendar(app: app)
    router.get("admin/calendars/:year", needs: need, use: show.show)
    router.post(
        "admin/calendars/:year", needs: need, fields: ["said": .carried, "version": .carried],
        use: show.handle)
}
