import Core
import Foundation

/// The place in a list where a page begins: the sorting values of the last row before it.
package struct Cursor: Sendable, Hashable {
    package let parts: [String]

    package init(_ parts: [String]) { self.parts = parts }

    /// Reads what `text` wrote; nil for anything else.
    package init?(_ text: String) {
        var parts: [String] = []
        for part in text.split(separator: "~", omittingEmptySubsequences: false) {
            guard let decoded = part.replacing("_", with: "%").removingPercentEncoding,
                decoded.unicodeScalars.allSatisfy(Query.isPlain)
            else { return nil }
            parts.append(decoded)
        }
        self.parts = parts
    }

    /// One word that survives an address: parts joined by `~`, other characters as `_E4`.
    package var text: String {
        parts.map { part in
            (part.addingPercentEncoding(withAllowedCharacters: Cursor.allowed) ?? "")
                .replacing("%", with: "_")
        }.joined(separator: "~")
    }

    private static let allowed = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.")
}

/// A page of a long list, found by the values after which it begins and never by a row number.
///
/// A verb asks the store for `fetch` rows after `after`, and `cut` keeps those that are shown.
package struct Keyset: Sendable {
    package let after: Cursor?
    package let limit: Int

    /// One more than is shown, which tells whether anything follows.
    package var fetch: Int { limit + 1 }

    package init(after: Cursor?, limit: Int = Limits.rowsPerPage) {
        self.after = after
        self.limit = min(max(limit, 1), Limits.rowsPerPage)
    }

    /// Reads `after=`. A place that no list of ours wrote, in so many parts, is refused.
    package init(
        _ query: Query, parts: Int, limit: Int = Limits.rowsPerPage
    ) throws(Refusal) {
        guard let text = try query.text("after") else {
            self.init(after: nil, limit: limit)
            return
        }
        guard let cursor = Cursor(text), cursor.parts.count == parts else {
            throw .noSuchPage
        }
        self.init(after: cursor, limit: limit)
    }

    /// The rows of this page, and where the next one begins; nil when nothing follows.
    package func cut<Row>(
        _ rows: [Row], key: (Row) -> [String]
    ) -> (rows: [Row], next: Cursor?) {
        guard rows.count > limit else { return (rows, nil) }
        let shown = Array(rows.prefix(limit))
        return (shown, shown.last.map { Cursor(key($0)) })
    }

    /// The links under the list, for the `pager` partial; nil when one page holds everything.
    package func pager(next: Cursor?, at address: Address) -> Pager? {
        Pager(
            firstHref: after == nil ? nil : address.with("after", nil).text,
            nextHref: next.map { address.with("after", $0.text).text })
    }
}

/// Where the links under a long list lead.
package struct Pager: Sendable {
    package let firstHref: String?
    package let nextHref: String?

    /// Nil when one page holds everything.
    package init?(firstHref: String?, nextHref: String?) {
        guard firstHref != nil || nextHref != nil else { return nil }
        self.firstHref = firstHref
        self.nextHref = nextHref
    }
}

extension Refusal {
    /// Of a place in a list that no list of ours wrote.
    package static var noSuchPage: Refusal {
        .invalid(
            "after", zh: "没有这一页，请从第一页开始翻阅。",
            en: "There is no such page; begin again with the first.")
    }
}
