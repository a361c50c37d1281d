import Foundation
import Hummingbird
import Storage

/// A feature as App sees it: the addresses it answers, the tables it keeps, the pages it shows.
package struct Feature: Sendable {
    package let name: String
    package let migrations: [Migration]
    /// What stands in the header of every page, in the order of the features.
    package let navigation: [Destination]
    /// The bundle that holds the feature's `Templates` folder; nil when it shows no pages.
    let templates: Bundle?
    /// Every page it shows; start-up fails when one has no template.
    let pages: [any Page.Type]
    let routes: @Sendable (Router<AppContext>, Site) -> Void

    package init(
        name: String, migrations: [Migration] = [], navigation: [Destination] = [],
        templates: Bundle? = nil, pages: [any Page.Type] = [],
        routes: @escaping @Sendable (Router<AppContext>, Site) -> Void = { _, _ in }
    ) {
        self.name = name
        self.migrations = migrations
        self.navigation = navigation
        self.templates = templates
        self.pages = pages
        self.routes = routes
    }
}

/// One entry of the header: the key of its word, and where it leads.
package struct Destination: Sendable {
    package let word: String
    package let path: String

    package init(_ word: String, path: String) {
        self.word = word
        self.path = path
    }
}
