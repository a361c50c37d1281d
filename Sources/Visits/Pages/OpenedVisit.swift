import Core
import Hummingbird
import Ledger
import Web

/// Somebody who opened a booking with its number and code, for a while: the cookie says which and
/// until when, under a key of the district. It holds no code and opens nothing else.
struct OpenedVisit {
    private let key: SecretKey
    private let site: Site

    init(_ app: VisitServices) {
        key = app.visits.district.key.derived("visit opened")
        site = app.site
    }

    private var name: String { site.cookie("visit_booking") }

    func opened(_ id: VisitBooking.ID, at moment: Moment) -> Cookie {
        let seconds = VisitLimits.visitMinutes * 60
        let end = moment.milliseconds / 1000 + Int64(seconds)
        let mac = key.mac(["visit", id.text, String(end)])
        return cookie("\(id.text).\(end).\(mac)", seconds: seconds)
    }

    var ended: Cookie { cookie("", seconds: 0) }

    private func cookie(_ value: String, seconds: Int) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: seconds, path: "/", secure: site.isBehindProxy,
            httpOnly: true, sameSite: .lax)
    }

    /// Which booking is open in this browser; nil for none.
    func booking(_ request: Request, at moment: Moment) -> VisitBooking.ID? {
        let parts = request.cookie(name)?.split(separator: ".").map(String.init) ?? []
        guard parts.count == 3, let id = VisitBooking.ID(parts[0]), let end = Int64(parts[1]),
            key.isMAC(parts[2], of: ["visit", id.text, parts[1]]),
            moment.milliseconds / 1000 < end
        else { return nil }
        return id
    }
}
