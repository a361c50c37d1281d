import Core
import Foundation
import Hummingbird

/// A feature as App sees it: the addresses it answers, the pages it shows, what `verify` looks at.
/// What it keeps stands in its `DataDeclaration`, which is known before any district is open.
package struct Feature: Sendable {
    package let name: String
    /// What stands in the header of every page, in the order of the features.
    package let navigation: [Destination]
    /// The bundle that holds the feature's `Templates` folder; nil when it shows no pages.
    let templates: Bundle?
    /// Every page it shows; start-up fails when one has no template.
    let pages: [any Page.Type]
    /// What every request passes on its way in, before the routes; nil for most.
    let door: (@Sendable (Site) -> any MiddlewareProtocol<Request, Response, AppContext>)?
    /// What `verify` looks at in its data.
    package let checks: [Check]
    /// The work it does when nobody waits for it.
    package let jobs: [JobKind]
    /// What it lays on the desk of whoever is signed in; nil for most.
    let desk: (@Sendable (Site) -> DeskParts)?
    let routes: @Sendable (Routes, Site) -> Void

    package init(
        name: String, navigation: [Destination] = [], templates: Bundle? = nil,
        pages: [any Page.Type] = [], checks: [Check] = [], jobs: [JobKind] = [],
        routes: @escaping @Sendable (Routes, Site) -> Void = { _, _ in },
        door: (@Sendable (Site) -> any MiddlewareProtocol<Request, Response, AppContext>)? = nil,
        desk: (@Sendable (Site) -> DeskParts)? = nil
    ) {
        self.name = name
        self.navigation = navigation
        self.templates = templates
        self.pages = pages
        self.checks = checks
        self.jobs = jobs
        self.door = door
        self.desk = desk
        self.routes = routes
    }
}

/// One entry of the header: the key of its word, its icon, where it leads, and for whom it is.
package struct Destination: Sendable {
    package let word: String
    package let icon: Icon
    package let path: String
    package let need: Need
    /// How many things wait behind it; nil where nothing ever does.
    let waiting: Waiting?

    package init(
        _ word: String, _ icon: Icon, path: String, needs need: Need = .everybody,
        waiting: Waiting? = nil
    ) {
        self.word = word
        self.icon = icon
        self.path = path
        self.need = need
        self.waiting = waiting
    }
}
