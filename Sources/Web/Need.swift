import Core
import Hummingbird

/// What a route asks of whoever comes.
package enum Need: Sendable, Hashable {
    case everybody
    case signedIn
    case right(Right)
    /// One of the three administrators, whichever.
    case office
    /// Who stands on the list of names of a sealed kind.
    case listed
}

/// Who reads or writes in a request.
package struct Reader: Sendable {
    package let actor: Actor
    /// How the pages call them.
    package let name: String
    package let access: Access
    /// Nil for a visitor.
    package let account: AccountID?

    package init(actor: Actor, name: String, access: Access, account: AccountID?) {
        self.actor = actor
        self.name = name
        self.access = access
        self.account = account
    }

    package static let visitor = Reader(
        actor: .visitor, name: "", access: .none, account: nil)

    package func meets(_ need: Need) -> Bool {
        need == .everybody || account != nil && need.isMet(by: access)
    }
}

extension Need {
    /// Whether an account with this access is let in.
    package func isMet(by access: Access) -> Bool {
        switch self {
        case .everybody, .signedIn: true
        case .right(let right): access.may(right)
        case .office: Office.allCases.contains { access.may($0.right) }
        case .listed: !access.sealedKinds.isEmpty
        }
    }
}

extension Router where Context == AppContext {
    /// Declares a page, and what it asks of its reader; there is no other way to declare one.
    package func get(
        _ path: RouterPath, needs need: Need,
        use verb: @escaping @Sendable (Request, AppContext) async throws -> Response
    ) {
        get(path, use: guarded(need, verb))
    }

    /// Declares what a form is sent to.
    ///
    /// - Parameter label: what a field is called, for a form that is refused and shown again before
    ///   its verb could read it.
    package func post(
        _ path: RouterPath, needs need: Need,
        label: (@Sendable (AppContext, String) -> Wording?)? = nil,
        use verb: @escaping @Sendable (Request, AppContext) async throws -> Response
    ) {
        let verb = guarded(need, verb)
        post(path) { request, context in
            if let label { context.sent.call { label(context, $0) } }
            return try await verb(request, context)
        }
    }

    /// The door of a route: who is not signed in is sent to sign in, and what somebody may not do
    /// does not exist for them.
    private func guarded(
        _ need: Need,
        _ verb: @escaping @Sendable (Request, AppContext) async throws -> Response
    ) -> @Sendable (Request, AppContext) async throws -> Response {
        { request, context in
            guard context.reader.meets(need) else {
                guard context.reader.account == nil else { throw Refusal.notFound }
                guard request.method == .get || request.method == .head else {
                    throw SignedOut()
                }
                let here = context.address.with(ReaderChoice.languageName, nil)
                    .with(ReaderChoice.modeName, nil)
                return redirection(to: Address("sign-in").with("next", here.text))
            }
            return try await verb(request, context)
        }
    }
}

/// A form came from somebody whose session is over.
struct SignedOut: Error {}

/// Sends the browser on to a page, which it asks for with GET.
package func redirection(to address: Address) -> Response {
    var headers = HTTPFields()
    headers[.location] = address.text
    return Response(status: .seeOther, headers: headers).unkept
}
