import Catalogue
import Core

/// What the layout places around a page.
package struct Frame {
    let words: Words
    let languageTag: String
    let rootClass: String
    let title: String
    let bootstrapHref: String
    let sheetHref: String
    let scriptHref: String
    let iconHref: String
    let navigation: [NavigationItem]
    let languageHref: String
    let elderLabel: String
    let elderHref: String
    let notice: String?
    let trail: [Link]
    let hasTrail: Bool
    let heading: String
    let contentHTML: String
    let stamp: String?
    let readerBarHTML: String
    /// What was just done, in words; nil on most pages.
    let done: String?

    struct NavigationItem {
        let iconHTML: String
        let label: String
        let href: String
        let isCurrent: Bool
        /// How many things wait behind it; nil where nothing does.
        let count: String?

        /// `nearest` is the path of the one that the page lies below, the longest of several.
        private init(
            _ item: Destination, _ site: Site, _ words: Words, nearest: String?, count: Int?
        ) {
            iconHTML = site.assets.icons[item.icon] ?? ""
            label = words[item.word]
            href = item.path
            isCurrent = item.path == nearest
            self.count = count.map { $0 > Waiting.most ? "\(Waiting.most)+" : String($0) }
        }

        static func list(
            _ items: [Destination], _ site: Site, _ context: AppContext
        ) -> [NavigationItem] {
            let words = site.words(context)
            let nearest = nearest(items, context)
            return items.map {
                NavigationItem(
                    $0, site, words, nearest: nearest, count: context.waiting[$0.path])
            }
        }

        /// The path of the item below which the page lies.
        static func nearest(_ items: [Destination], _ context: AppContext) -> String? {
            items.map(\.path).filter(context.address.lies(below:)).max { $0.count < $1.count }
        }
    }

    package init(
        page: some Page, contentHTML: String, site: Site, context: AppContext, trail: [Link],
        stamp: Stamp?
    ) {
        let words = site.words(context)
        let other: Language = context.language == .zh ? .en : .zh
        let mode: Mode = context.isElder ? .plain : .elder
        // A choice once made is in its cookie; in links it would outlast the reader's next one.
        let here = context.address.with(ReaderChoice.languageName, nil)
            .with(ReaderChoice.modeName, nil)
        self.words = words
        languageTag = context.language.tag
        rootClass = context.isElder ? "elder" : "plain"
        title =
            page.summary == nil
            ? page.title : words["form_title_wrong", ["title": page.title]]
        bootstrapHref = site.assets.href("vendor/bootstrap.min.css")
        sheetHref = site.assets.href("groundwork.css")
        scriptHref = site.assets.href("pick.js")
        iconHref = site.assets.href("seal.svg")
        navigation = NavigationItem.list(
            site.navigation.filter { $0.need == .everybody }, site, context)
        languageHref = here.with(ReaderChoice.languageName, other.rawValue).text
        elderLabel = context.isElder ? words["elder_off"] : words["elder_on"]
        elderHref = here.with(ReaderChoice.modeName, mode.rawValue).text
        notice = site.notice?[context.language]
        // The home page leads down to every other one, and has no trail itself.
        hasTrail = here.path != Address().path
        self.trail = hasTrail ? [Link(words["nav_home"], Address())] + trail : []
        heading = page.title
        self.contentHTML = contentHTML
        self.stamp = stamp == nil ? nil : RenderedPage.stamp
        readerBarHTML = RenderedPage.bar
        done = context.address[Frame.doneName].flatMap { word in
            isName(word) ? site.terms["done_" + word]?[context.language] : nil
        }
    }

    /// The name in a query that says what was just done.
    static let doneName = "done"
}
