import Core
import Synchronization

/// Who is signed in, where his work is, and the way out.
struct ReaderBar {
    let words: Words
    let name: String
    let navigation: [Frame.NavigationItem]
    let head: FormHead
}

/// The bars of signed-in readers as they were rendered, but for the head of the form with which
/// one signs out: its token belongs to the session and its key to the showing.
final class BarShelf: Sendable {
    /// How many bars are kept; past that, all are dropped and come back by use.
    static let limit = 1_000

    /// Everything else that a bar depends on.
    private struct Key: Hashable {
        let name: String
        let language: Language
        let paths: [String]
        let nearest: String?
    }

    /// Stand where token and key go, until they do: drawn with the process, so that no name and
    /// no word can hold one.
    private static let token = freshSecret()
    private static let key = freshSecret()

    private let kept = Mutex<[Key: [Substring]]>([:])

    /// The bar of who is signed in; visitors have none.
    func html(_ site: Site, _ context: AppContext) -> String {
        let reader = context.reader
        guard reader.account != nil else { return "" }
        let items = site.navigation.filter { $0.need != .everybody && reader.meets($0.need) }
        let key = Key(
            name: reader.name, language: context.language, paths: items.map(\.path),
            nearest: Frame.NavigationItem.nearest(items, context))
        let head = context.formHead(Address("sign-out"))
        let parts = kept.withLock { $0[key] } ?? rendered(items, head.action, site, context)
        kept.withLock { kept in
            if kept.count >= Self.limit { kept = [:] }
            kept[key] = parts
        }
        return parts[0] + head.token + parts[1] + head.key + parts[2]
    }

    private func rendered(
        _ items: [Destination], _ action: String, _ site: Site, _ context: AppContext
    ) -> [Substring] {
        let words = site.words(context)
        let bar = ReaderBar(
            words: words, name: context.reader.name,
            navigation: Frame.NavigationItem.list(items, words, context),
            head: FormHead(action: action, token: Self.token, key: Self.key))
        let html = site.templates.render("reader_bar", bar)
        let parts = html.split(separator: Self.token, maxSplits: 1).flatMap {
            $0.split(separator: Self.key, maxSplits: 1)
        }
        precondition(parts.count == 3, "the bar's form has one token before one key")
        return parts
    }
}
