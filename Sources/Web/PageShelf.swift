import Core
import Hummingbird
import Storage
import Synchronization

/// A page with the links that lead down to it, and how far the ledger had come when it was read.
package struct Sheet<P: Page>: Sendable {
    package let page: P
    package let trail: [Link]
    package let stamp: Stamp?
    /// Whether it may be kept as it is rendered: not when it shows what is kept apart.
    package let isKept: Bool
    /// Whether what it was read of is still the same in a newer snapshot with this head, in which
    /// nothing but records changed. Without, anything that pages show may have changed it.
    package let isStill: (@Sendable (Audit.Head, Connection) throws -> Bool)?

    package init(
        page: P, trail: [Link] = [], stamp: Stamp? = nil, isKept: Bool = true,
        isStill: (@Sendable (Audit.Head, Connection) throws -> Bool)? = nil
    ) {
        self.page = page
        self.trail = trail
        self.stamp = stamp
        self.isKept = isKept
        self.isStill = isStill
    }
}

/// A page as it was rendered, but for the bar of who reads it and the stamp that says how far the
/// ledger had come, which are put in each time.
struct RenderedPage: Sendable {
    private let beforeBar: String
    private let beforeStamp: String
    private let afterStamp: String
    private let stamp: String

    /// Stand where the bar and the stamp go, until they do. No page can hold them: they are drawn
    /// with the process.
    static let bar = "<!--" + freshSecret() + "-->"
    static let stamp = freshSecret()

    /// - Parameter stamp: as text, where the page has one.
    init(_ html: String, stamp: String?) {
        let parts = html.split(separator: Self.bar, maxSplits: 1)
        let rest = parts.count > 1 ? parts[1].split(separator: Self.stamp, maxSplits: 1) : []
        beforeBar = parts.first.map(String.init) ?? ""
        beforeStamp = rest.first.map(String.init) ?? ""
        afterStamp = rest.count > 1 ? String(rest[1]) : ""
        self.stamp = stamp.map(Markup.escape) ?? ""
    }

    private init(_ page: RenderedPage, stamp: String) {
        (beforeBar, beforeStamp, afterStamp) = (page.beforeBar, page.beforeStamp, page.afterStamp)
        self.stamp = Markup.escape(stamp)
    }

    /// The same page of a newer state.
    func stamped(_ stamp: String) -> RenderedPage {
        self.stamp.isEmpty ? self : RenderedPage(self, stamp: stamp)
    }

    /// The whole page, each piece copied once.
    func body(with bar: String) -> ByteBuffer {
        var body = ByteBuffer()
        body.reserveCapacity(size + bar.utf8.count)
        for piece in [beforeBar, bar, beforeStamp, stamp, afterStamp] { body.writeString(piece) }
        return body
    }

    var size: Int {
        [beforeBar, beforeStamp, stamp, afterStamp].reduce(0) { $0 + $1.utf8.count }
    }

    /// Larger pages are rendered anew each time.
    var isKept: Bool { size <= Limits.keptPageBytes }
}

/// Pages as they were rendered, kept by address and mode until anything they were read of changes;
/// those that depend on what the reader may do, by that as well.
final class PageShelf: Sendable {
    struct Kept: Sendable {
        let page: RenderedPage
        let state: SeenState
        let isStill: (@Sendable (Audit.Head, Connection) throws -> Bool)?
    }

    private let limit: Int
    private let kept = Mutex<[PageKey: Kept]>([:])

    /// - Parameter limit: past it all are dropped, and come back by use.
    init(limit: Int) { self.limit = limit }

    subscript(key: PageKey) -> Kept? { kept.withLock { $0[key] } }

    /// An older snapshot never replaces what a newer one left.
    func put(_ page: Kept, _ key: PageKey) {
        kept.withLock { kept in
            if let known = kept[key], page.state < known.state { return }
            if kept[key] == nil, kept.count >= limit { kept = [:] }
            kept[key] = page
        }
    }
}

/// Everything a page depends on beside the ledger and the day.
struct PageKey: Hashable {
    let address: String
    let language: Language
    let isElder: Bool
    let access: Access?

    init(_ context: AppContext, _ access: Access?) {
        address = context.address.text
        language = context.language
        isElder = context.isElder
        self.access = access
    }
}
