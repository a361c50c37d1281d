import Core
import Hummingbird
import Web

/// A feed as RFC 4287 writes it. Atom, because it says of each entry by which identity it is known,
/// when it was changed, and in which language it is; RSS says none of them for certain.
struct AtomFeed: Sendable {
    let title: String
    /// Known by it for ever, wherever the site moves.
    let id: String
    let language: Language
    let entries: [Entry]

    struct Entry: Sendable {
        let id: String
        let title: String
        let summary: String
        let address: Address
        let updated: Moment
        /// What it is of, for programs.
        let category: String
    }

    /// The most entries of one feed.
    static let limit = 50
    /// The most characters of a summary.
    static let summaryCharacters = 300

    /// - Parameters:
    ///   - own: where the feed itself is.
    ///   - absolute: makes an address that can be opened from elsewhere.
    func text(own: Address, absolute: (Address) -> String) -> String {
        let newest = entries.map(\.updated).max() ?? Moment(milliseconds: 0)
        var lines = [
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"\(language.tag)\">",
            "<title>\(Self.escaped(title))</title>", "<id>\(Self.escaped(id))</id>",
            "<updated>\(newest.instant)</updated>",
            "<author><name>\(Self.escaped(title))</name></author>",
            "<link rel=\"self\" href=\"\(Self.escaped(absolute(own)))\"/>",
            "<link rel=\"alternate\" type=\"text/html\" "
                + "href=\"\(Self.escaped(absolute(Address())))\"/>",
        ]
        for entry in entries {
            lines += [
                "<entry>", "<title>\(Self.escaped(entry.title))</title>",
                "<id>\(Self.escaped(entry.id))</id>",
                "<updated>\(entry.updated.instant)</updated>",
                "<link rel=\"alternate\" type=\"text/html\" "
                    + "href=\"\(Self.escaped(absolute(entry.address)))\"/>",
                "<category term=\"\(Self.escaped(entry.category))\"/>",
                "<summary>\(Self.escaped(entry.summary))</summary>", "</entry>",
            ]
        }
        return (lines + ["</feed>", ""]).joined(separator: "\n")
    }

    /// XML has no place for most control characters, however they are written.
    private static func escaped(_ text: String) -> String {
        let plain = text.unicodeScalars.filter { $0.properties.generalCategory != .control }
        return Markup.escape(String(String.UnicodeScalarView(plain)))
    }
}

extension Site {
    /// Answers with a text that programs fetch again and again; what they have is not sent again.
    func fetched(_ text: String, as type: String, _ request: Request) -> Response {
        let tag = "\"\(Fingerprint([text]).half)\""
        var headers = HTTPFields()
        headers[.eTag] = tag
        headers[.cacheControl] = "private, no-cache"
        headers[.vary] = "Accept-Language, Cookie"
        let known = (request.headers[.ifNoneMatch] ?? "").split(separator: ",").map {
            $0.filter { !$0.isWhitespace }.replacing("W/", with: "")
        }
        if known.contains(tag) { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = type + "; charset=utf-8"
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: .init(string: text)))
    }

    /// An address that can be opened from elsewhere; without a plain host, the place on this site.
    func linked(_ request: Request) -> @Sendable (Address) -> String {
        { absolute($0, request) ?? $0.text }
    }
}
