import Core
import Hummingbird
import Synchronization

/// A page with the links that lead down to it, and how far the ledger had come when it was read.
package struct Sheet<P: Page>: Sendable {
    package let page: P
    package let trail: [Link]
    package let stamp: Stamp?
    /// Whether it may be kept as it is rendered: not when it shows what is kept apart.
    package let isKept: Bool

    package init(page: P, trail: [Link] = [], stamp: Stamp? = nil, isKept: Bool = true) {
        self.page = page
        self.trail = trail
        self.stamp = stamp
        self.isKept = isKept
    }
}

/// A page as it was rendered, but for the bar of who reads it, which is put in for each reader.
struct RenderedPage: Sendable {
    let before: String
    let after: String

    /// Stands where the bar goes, until it does. No page can hold it: it is drawn with the process.
    static let mark = "<!--" + freshSecret() + "-->"

    init(_ html: String) {
        let parts = html.split(separator: Self.mark, maxSplits: 1)
        before = parts.first.map(String.init) ?? ""
        after = parts.count > 1 ? String(parts[1]) : ""
    }

    /// The whole page, each piece copied once.
    func body(with bar: String) -> ByteBuffer {
        var body = ByteBuffer()
        body.reserveCapacity(size + bar.utf8.count)
        body.writeString(before)
        body.writeString(bar)
        body.writeString(after)
        return body
    }

    var size: Int { before.utf8.count + after.utf8.count }
}

/// Pages as they were rendered, kept by address and mode until anything is written; those that
/// depend on what the reader may do, by that as well.
final class PageShelf: Sendable {
    /// How many pages are kept; past that, all are dropped and the popular ones come back by use.
    static let limit = 400
    /// Larger pages are rendered anew each time.
    static let pageBytes = 200_000

    /// Everything a page depends on beside the ledger and the day.
    struct Key: Hashable {
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

    /// An audit row and the day: a page read at one is good at no other. For public pages it is the
    /// newest row that changes what they show, for others the newest of all.
    struct State: Hashable {
        let seq: Int
        let day: Day
    }

    private struct Shelf {
        var state: State?
        var pages: [Key: RenderedPage] = [:]
    }

    private let shelf = Mutex(Shelf())

    /// Whether the page was kept at some state, which may have passed.
    func has(_ key: Key) -> Bool { shelf.withLock { $0.pages[key] != nil } }

    func take(_ key: Key, _ state: State) -> RenderedPage? {
        shelf.withLock { $0.state == state ? $0.pages[key] : nil }
    }

    func put(_ page: RenderedPage, _ key: Key, _ state: State) {
        guard page.size <= Self.pageBytes else { return }
        shelf.withLock { shelf in
            if shelf.state != state || shelf.pages.count >= Self.limit {
                // An older snapshot never replaces what a newer one left.
                if let kept = shelf.state, kept.seq > state.seq { return }
                shelf = Shelf(state: state)
            }
            shelf.pages[key] = page
        }
    }
}
