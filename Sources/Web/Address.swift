import Foundation
import Hummingbird

/// A path on this site with its query, written so that any text in it stays text.
package struct Address: Sendable, Hashable, CustomStringConvertible {
    package let path: String
    private let query: [Pair]

    private struct Pair: Sendable, Hashable {
        let name: String
        let value: String
    }

    private init(path: String, query: [Pair]) {
        self.path = path
        self.query = query
    }

    /// `Address("figures", id)` is `/figures/…`; without segments, the home page.
    package init(_ segments: String...) {
        self.init(path: "/" + segments.map(Address.encode).joined(separator: "/"), query: [])
    }

    /// What a browser asked for.
    package init(_ request: Request) {
        // A path of two slashes would name another host when it is used as a link.
        let path = "/" + request.uri.path.drop { $0 == "/" }
        self.init(
            path: path, query: Query(request).pairs.map { Pair(name: $0.name, value: $0.value) })
    }

    /// A place on this site that a reader named, such as where to go on after signing in; nil for
    /// anything that could lead elsewhere.
    package init?(local text: String) {
        guard text.hasPrefix("/"), !text.hasPrefix("//"), text.utf8.count <= Limits.pathBytes,
            !text.contains("\\"), text.unicodeScalars.allSatisfy(Query.isPlain)
        else { return nil }
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].split(separator: "/").map { segment in
            Address.encode(segment.removingPercentEncoding ?? String(segment))
        }
        self.init(
            path: "/" + path.joined(separator: "/"),
            query: parts.count > 1
                ? Query.pairs(of: String(parts[1])).map { Pair(name: $0.name, value: $0.value) }
                : [])
    }

    /// A place further down the path.
    package func below(_ segment: String) -> Address {
        Address(path: (path == "/" ? "" : path) + "/" + Address.encode(segment), query: query)
    }

    /// The same address with this value in its query; nil takes the name out.
    package func with(_ name: String, _ value: String?) -> Address {
        var query = query.filter { $0.name != name }
        if let value { query.append(Pair(name: name, value: value)) }
        return Address(path: path, query: query)
    }

    /// The same with one more value under a name that may have several.
    package func adding(_ name: String, _ value: String) -> Address {
        Address(path: path, query: query + [Pair(name: name, value: value)])
    }

    /// What was asked for, by name, in its order.
    var pairs: [(name: String, value: String)] { query.map { ($0.name, $0.value) } }

    /// Another path with the query of this one.
    package func moved(to other: Address) -> Address {
        Address(path: other.path, query: query)
    }

    /// The value under a name, as it was asked for.
    package subscript(name: String) -> String? { query.first { $0.name == name }?.value }

    /// Whether this page stands at or below a navigation path.
    package func lies(below root: String) -> Bool {
        guard root != "/", path.utf8.starts(with: root.utf8) else { return path == root }
        let rest = path.utf8.dropFirst(root.utf8.count)
        return rest.isEmpty || rest.first == UInt8(ascii: "/")
    }

    package var text: String {
        guard !query.isEmpty else { return path }
        let pairs = query.map { "\(Address.encode($0.name))=\(Address.encode($0.value))" }
        return "\(path)?\(pairs.joined(separator: "&"))"
    }

    package var description: String { text }

    /// A text as it stands in an address.
    package static func encode(_ text: String) -> String {
        // Only the unreserved characters of RFC 3986 stand for themselves.
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
}
