import Core
import Hummingbird

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
    static let placeholder = "<!--" + freshSecret() + "-->"

    init(_ html: String) {
        let parts = html.split(separator: Self.placeholder, maxSplits: 1)
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

    /// Larger pages are rendered anew each time.
    var isKept: Bool { size <= Limits.keptPageBytes }
}

/// Pages as they were rendered, kept by address and mode until anything is written; those that
/// depend on what the reader may do, by that as well. For public pages the state is the newest row
/// of the audit that changes what they show, for others the newest of all.
typealias PageShelf = Shelf<SeenState, PageKey, RenderedPage>

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
