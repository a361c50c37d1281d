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

/// A form came from somebody whose session is over.
struct SignedOut: Error {}

/// Sends the browser on to a page, which it asks for with GET.
package func redirection(to address: Address) -> Response {
    var headers = HTTPFields()
    headers[.location] = address.text
    return Response(status: .seeOther, headers: headers).unkept
}
