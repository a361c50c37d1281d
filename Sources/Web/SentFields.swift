import Core
import Hummingbird
import Synchronization

/// What becomes of a field when its form is refused and given back.
///
/// A field of which its route says nothing is a text: it comes back in sight, if there is a word
/// for it. One without a word comes back in no way, so that what a route forgot to declare is asked
/// for anew and not shown.
package enum SentField: Sendable {
    /// It is sent along unseen, and says nothing that anybody wrote.
    case carried
    /// It stands in no page a second time, and is typed anew.
    case password, code
    /// It opens something by itself: its form is asked for anew.
    case key
}

/// What the routes say of the fields of their forms. Whatever refuses a form asks here, for it may
/// be refused before its route was asked.
package final class SentFields: Sendable {
    /// What one route says.
    struct Declaration: Sendable {
        let fields: [String: SentField]
        let label: (@Sendable (AppContext, String) -> Wording?)?
    }

    private let routes = Mutex<[String: Declaration]>([:])

    func declare(_ declaration: Declaration, at path: RouterPath) {
        routes.withLock { $0[path.description] = declaration }
    }

    /// What the route of a request says; nil where no form is taken.
    func declaration(for context: AppContext) -> Declaration? {
        context.endpointPath.flatMap { path in routes.withLock { $0[path] } }
    }

    /// What a route says of a field; nil for a text.
    package func field(_ name: String, at path: RouterPath) -> SentField? {
        routes.withLock { $0[path.description] }?.fields[name]
    }
}
