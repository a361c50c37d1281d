import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /dues/feed/:key. For whoever has the key, as calendars cannot sign in: what the units of
/// its account owe, as a calendar. What the account may do is read anew at each fetch; without any
/// right, or disabled, there is no such calendar.
struct FetchFeed: Sendable {
    let app: Services
    private let rate: RateLimit

    init(app: Services) {
        self.app = app
        rate = RateLimit(DueFeed.fetchesPerMinute, per: 60_000, now: app.district.now)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        guard rate.takes(context.client) else { throw HTTPError(.tooManyRequests) }
        let file = try context.word("key")
        guard file.hasSuffix(".ics"), file.utf8.count == 68 else { throw Refusal.notFound }
        let mac = DueFeed.mac(of: String(file.dropLast(4)), app.district.key)
        let now = app.district.now()
        let absolute: @Sendable (Address) -> String? = { app.site.absolute($0, request) }
        let (text, feed) = try await app.database.read { [app] db in
            guard let feed = try DueFeedStore(db).find(mac: mac),
                let owner = try app.accounts.acting(feed.account, db), owner.mayFollow
            else { throw Refusal.notFound }
            let access = owner.access
            let reading = try DueReading(app.district, db, access: access)
            let writer = DueWriter(reading, access, app.site.terms.words(feed.language))
            let file = try FeedWriter(reading, writer, feed, absolute: absolute)
                .file(changedAt: max(now.day.start, try FetchFeed.newest(db)))
            return (file.text, feed)
        }
        if feed.fetchedOn != now.day, request.method != .head {
            try await app.database.write { db in
                try DueFeedStore(db).see(feed.id, on: now.day)
            }
        }
        return answer(text, request)
    }

    /// When something last changed that pages show.
    private static func newest(_ db: Connection) throws -> Moment {
        try db.value(
            "SELECT at FROM audit WHERE seq = \(try Audit.head(db).shown)", as: Moment.self)
            ?? Moment(milliseconds: 0)
    }

    private func answer(_ text: String, _ request: Request) -> Response {
        let tag = "\"\(Fingerprint([text]).text.prefix(32))\""
        var headers = HTTPFields()
        headers[.eTag] = tag
        headers[.cacheControl] = "private, no-store"
        let known = (request.headers[.ifNoneMatch] ?? "").split(separator: ",").map {
            $0.trimmed.replacing("W/", with: "")
        }
        if known.contains(tag) { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = "text/calendar; charset=utf-8"
        headers[.contentDisposition] = "inline; filename=\"dues.ics\""
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: .init(string: text)))
    }
}
