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
        /// Which of the site's navigation it shows.
        let shown: [Int]
        let nearest: String?
    }

    /// Stand where token and key go, until they do: drawn with the process, so that no name and
    /// no word can hold one.
    private static let token = freshSecret()
    private static let key = freshSecret()

    private static let signOut = Address("sign-out")

    private let kept = Mutex<[Key: [Substring]]>([:])

    /// The bar of who is signed in; visitors have none.
    func html(_ site: Site, _ context: AppContext) -> String {
        let reader = context.reader
        guard reader.account != nil else { return "" }
        let shown = site.navigation.indices.filter {
            let need = site.navigation[$0].need
            return need != .everybody && reader.meets(need)
        }
        let items = shown.map { site.navigation[$0] }
        let key = Key(
            name: reader.name, language: context.language, shown: shown,
            nearest: Frame.NavigationItem.nearest(items, context))
        let head = context.formHead(Self.signOut)
        let parts = kept.withLock { $0[key] } ?? keep(items, head.action, key, site, context)
        return parts[0] + head.token + parts[1] + head.key + parts[2]
    }

    private func keep(
        _ items: [Destination], _ action: String, _ key: Key, _ site: Site, _ context: AppContext
    ) -> [Substring] {
        let words = site.words(context)
        let bar = ReaderBar(
            words: words, name: context.reader.name,
            navigation: Frame.NavigationItem.list(items, site, context),
            head: FormHead(action: action, token: Self.token, key: Self.key))
        let html = site.templates.render("reader_bar", bar)
        let parts = html.split(separator: Self.token, maxSplits: 1).flatMap {
            $0.split(separator: Self.key, maxSplits: 1)
        }
        precondition(parts.count == 3, "the bar's form has one token before one key")
        kept.withLock { kept in
            if kept.count >= Self.limit { kept = [:] }
            kept[key] = parts
        }
        return parts
    }
}
