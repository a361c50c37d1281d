import Hummingbird
import Web

/// The cookie of a verified contact's visit.
enum ContactCookie {
    static func name(_ site: Site) -> String {
        site.isBehindProxy ? "__Host-contact" : "contact"
    }

    static func given(_ secret: String, _ site: Site) -> Cookie {
        Cookie(
            name: name(site), value: secret, maxAge: RightsLimits.visitMinutes * 60, path: "/",
            secure: site.isBehindProxy, httpOnly: true, sameSite: .lax)
    }

    static func gone(_ site: Site) -> Cookie {
        Cookie(
            name: name(site), value: "", maxAge: 0, path: "/", secure: site.isBehindProxy,
            httpOnly: true, sameSite: .lax)
    }
}
