import Core
import Synchronization

/// Who is signed in, where their work is, and the way out.
struct ReaderBar {
    let words: Words
    let name: String
    let navigation: [Frame.NavigationItem]
    let head: FormHead
    /// The address of the page, as part of one that saves it; nil for what nobody saves.
    let address: String?
}

/// The bars of signed-in readers as they were rendered, but for the address of the page and the
/// head of the form with which one signs out: its token belongs to the session and its key to the
/// showing.
///
/// Pieces are kept as strings and put together byte by byte: joining what was cut out of a string
/// counts its letters, which took as long as reading the session.
final class BarShelf: Sendable {
    /// How many bars, and tokens, are kept; past that, all are dropped and come back by use.
    static let limit = 1_000
    /// For how long a session is shown the same token: a keyed hash for each page adds up.
    static let tokenMilliseconds: Int64 = 60_000

    /// Everything else that a bar depends on.
    private struct Key: Hashable {
        let name: String
        let language: Language
        /// Which of the site's navigation it shows.
        let shown: [Int]
        let nearest: String?
        let waiting: [String: Int]
        let isSaveable: Bool
    }

    /// Stand where address, token and key go, until they do: drawn with the process, so that no
    /// name and no word can hold one.
    private static let address = freshSecret()
    private static let token = freshSecret()
    private static let key = freshSecret()

    private static let signOut = Address("sign-out")

    private let kept = Mutex<[Key: [String]]>([:])
    private let tokens = Mutex<[String: (token: String, since: Moment)]>([:])

    /// The bar of who is signed in; visitors have none.
    func html(_ site: Site, _ context: AppContext) -> String {
        let reader = context.reader
        guard reader.account != nil else { return "" }
        let shown = site.navigation.indices.filter {
            let need = site.navigation[$0].need
            return need != .everybody && reader.meets(need)
        }
        let items = shown.map { site.navigation[$0] }
        let saved = site.saveable(context.address)
        let key = Key(
            name: reader.name, language: context.language, shown: shown,
            nearest: Frame.NavigationItem.nearest(items, context), waiting: context.waiting,
            isSaveable: saved != nil)
        let parts = kept.withLock { $0[key] } ?? keep(items, key, site, context)
        let heads =
            (saved.map { [Address.encode($0.text)] } ?? [])
            + [token(context), ID<Form>.make().text]
        var html = ""
        html.reserveCapacity((parts + heads).reduce(0) { $0 + $1.utf8.count })
        for (part, head) in zip(parts, heads) { html += part + head }
        html += parts[heads.count]
        return html
    }

    private func token(_ context: AppContext) -> String {
        let (seed, now) = (context.formSeed, context.now())
        let known = tokens.withLock { $0[seed.value] }
        if let known, 0..<Self.tokenMilliseconds ~= now.milliseconds - known.since.milliseconds {
            return known.token
        }
        let token = seed.token(for: Self.signOut.path, at: now)
        tokens.withLock { tokens in
            if tokens.count >= Self.limit { tokens = [:] }
            tokens[seed.value] = (token, now)
        }
        return token
    }

    private func keep(
        _ items: [Destination], _ key: Key, _ site: Site, _ context: AppContext
    ) -> [String] {
        let words = site.words(context)
        let bar = ReaderBar(
            words: words, name: context.reader.name,
            navigation: Frame.NavigationItem.list(items, site, context),
            head: FormHead(action: Self.signOut.text, token: Self.token, key: Self.key),
            address: key.isSaveable ? Self.address : nil)
        var parts = [site.templates.render("reader_bar", bar)]
        let marks = (key.isSaveable ? [Self.address] : []) + [Self.token, Self.key]
        for mark in marks {
            parts += parts.removeLast().split(separator: mark, maxSplits: 1).map(String.init)
        }
        precondition(
            parts.count == marks.count + 1, "the bar has an address, one token and one key")
        kept.withLock { kept in
            if kept.count >= Self.limit { kept = [:] }
            kept[key] = parts
        }
        return parts
    }
}
