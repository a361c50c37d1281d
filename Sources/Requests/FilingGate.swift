import Core
import Web

/// Lets no address ask so often that others cannot be heard, and keeps nobody from asking because
/// of a neighbour behind the same address.
///
/// An address has a number of requests an hour. Past it each browser there that was shown a form
/// before is counted by itself, within what a community and the whole district can take from such
/// addresses: a flood uses up the shares of its own address and of the places it writes to, and
/// nobody's at another address.
package final class FilingGate: Sendable {
    private let addresses: RateLimit
    private let browsers: RateLimit
    private let places: RateLimit
    private let all: RateLimit
    private let wrongAddresses: RateLimit
    private let wrongNumbers: RateLimit

    private static let hour: Int64 = 3_600_000

    package init(now: @escaping @Sendable () -> Moment) {
        addresses = RateLimit(FilingLimits.perAddress, per: Self.hour, now: now)
        browsers = RateLimit(FilingLimits.perBrowser, per: Self.hour, now: now)
        places = RateLimit(FilingLimits.besidePerPlace, per: Self.hour, now: now)
        all = RateLimit(FilingLimits.besideInAll, per: Self.hour, now: now)
        wrongAddresses = RateLimit(FilingLimits.wrongPerAddress, per: Self.hour, now: now)
        wrongNumbers = RateLimit(FilingLimits.wrongPerNumber, per: Self.hour, now: now)
    }

    /// - Parameters:
    ///   - browser: what tells a browser from others at its address; nil for an unknown one.
    ///   - place: where the request is.
    /// - Throws: `Refusal.conflict` that says how else to ask.
    package func letIn(from address: String, _ browser: String?, in place: String) throws(Refusal) {
        if addresses.takes(address) { return }
        if let browser, browsers.takes(address + " " + browser), places.takes(place),
            all.takes("")
        {
            return
        }
        throw .conflict(
            zh: "这个网络一小时内提交的诉求过多，请稍后再提交，或打电话、到社区窗口。",
            en: "Too many requests came from this network within an hour: try again later, "
                + "telephone, or ask at the window of the community.")
    }

    /// Whether another secret may be tried. Each try counts until it turns out to be right.
    package func mayTry(_ number: String, from address: String) -> Bool {
        wrongNumbers.takes(address + " " + number) && wrongAddresses.takes(address)
    }

    /// Gives back what a right secret took.
    package func wasRight(_ number: String, from address: String) {
        wrongNumbers.charge(address + " " + number, -1)
        wrongAddresses.charge(address, -1)
    }
}
