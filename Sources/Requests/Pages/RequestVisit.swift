import Core
import Hummingbird
import Ledger
import Web

/// Somebody who opened a request with its number and secret, for a while: the cookie says which
/// request and until when, under a key of the district. It holds no secret and opens nothing else.
struct RequestVisit {
    private let key: SecretKey
    private let site: Site

    init(_ app: RequestServices) {
        key = app.district.key.derived("request visit")
        site = app.site
    }

    private var name: String { site.cookie("request") }

    func opened(_ id: Record.ID, at moment: Moment) -> Cookie {
        let end = moment.milliseconds / 1000 + Int64(FilingLimits.visitMinutes * 60)
        let mac = key.mac(["visit", id.text, String(end)])
        return cookie("\(id.text).\(end).\(mac)", seconds: FilingLimits.visitMinutes * 60)
    }

    var ended: Cookie { cookie("", seconds: 0) }

    private func cookie(_ value: String, seconds: Int) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: seconds, path: "/", secure: site.isBehindProxy,
            httpOnly: true, sameSite: .lax)
    }

    /// Which request is open in this browser; nil for none.
    func request(_ request: Request, at moment: Moment) -> Record.ID? {
        let parts = request.cookie(name)?.split(separator: ".").map(String.init) ?? []
        guard parts.count == 3, let id = Record.ID(parts[0]), let end = Int64(parts[1]),
            key.isMAC(parts[2], of: ["visit", id.text, parts[1]]),
            moment.milliseconds / 1000 < end
        else { return nil }
        return id
    }
}
