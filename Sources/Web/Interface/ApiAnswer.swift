import Core
import Hummingbird
import Storage

/// What a route of the interface answers.
package struct ApiAnswer: Sendable {
    /// What was asked for; null members included.
    let members: [JSON.Member]
    /// Where the next page of a list begins; nil where nothing follows, and for what is no list.
    let next: Cursor?
    /// How far the ledger had come. It stays out of the tag: what is answered may be the same.
    let asOf: JSON?

    package init(_ members: [JSON.Member], next: Cursor? = nil, asOf: JSON? = nil) {
        self.members = members
        self.next = next
        self.asOf = asOf
    }

    /// The same, with more members and the state of the ledger that it was read at.
    package func with(_ more: [JSON.Member], asOf: JSON) -> ApiAnswer {
        ApiAnswer(members + more, next: next, asOf: asOf)
    }

    /// - Parameter isPaged: whether it says where the next page is, also where there is none.
    func response(
        to request: Request, _ context: AppContext, isPaged: Bool
    ) -> Response {
        Work.count {
            let nextText = next.map { context.address.with("after", $0.text).text }
            let page = isPaged ? [JSON.Member("next", .optional(nextText))] : []
            let tag = Self.tag(JSON.object(members + page).text, context.language)
            var headers = Self.headers(context)
            headers[.eTag] = tag
            headers[.contentLanguage] = context.language.tag
            if let nextText, let link = HTTPFields.Element.Name("Link") {
                headers[link] = "<\(nextText)>; rel=\"next\""
            }
            if Self.isKnown(tag, request) {
                return Response(status: .notModified, headers: headers)
            }
            headers[.contentType] = "application/json"
            let whole = members + page + (asOf.map { [JSON.Member("as_of", $0)] } ?? [])
            let body = JSON.object(whole).text
            return Response(
                status: .ok, headers: headers, body: ResponseBody(byteBuffer: .init(string: body)))
        }
    }

    /// The same answer in the same language, however far the ledger has come since.
    private static func tag(_ text: String, _ language: Language) -> String {
        "W/\"\(Fingerprint([language.rawValue, text]).half)\""
    }

    /// What everybody may read may be read by the pages of other sites; a key is theirs alone who
    /// sent it, and what it opened is kept nowhere.
    static func headers(_ context: AppContext) -> HTTPFields {
        var headers = HTTPFields()
        headers[.cacheControl] = context.reader.account == nil ? "private, no-cache" : "no-store"
        headers[.vary] = "Accept-Language, Authorization, Cookie"
        headers[.accessControlAllowOrigin] = "*"
        if let name = HTTPFields.Element.Name("Cross-Origin-Resource-Policy") {
            headers[name] = "cross-origin"
        }
        return headers
    }

    private static func isKnown(_ tag: String, _ request: Request) -> Bool {
        func plain(_ tag: String) -> String {
            tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag
        }
        let known = (request.headers[.ifNoneMatch] ?? "").split(separator: ",").map {
            String($0.filter { !$0.isWhitespace })
        }
        return known.contains("*") || known.map(plain).contains(plain(tag))
    }
}
