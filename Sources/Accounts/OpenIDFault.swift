import Core
import Hummingbird
import Web

/// Why somebody could not sign in with the provider, or link their account to it.
///
/// What follows a case is for the log: a word of ours, never anything that was sent.
package enum OpenIDFault: Error, Sendable, Hashable {
    /// The provider is down or slow, or what it says of itself cannot be used.
    case unreachable(String)
    /// The provider did not let them in, or they thought better of it.
    case denied
    /// This browser began nothing here, or too long ago, or it came back before.
    case expired
    /// What the provider said does not hold.
    case invalid(String)
    /// No account that may sign in is linked to who came.
    case unlinked(subject: String)
    /// Who came is linked to an account, or the account to somebody at the provider.
    case taken

    var word: String {
        switch self {
        case .unreachable: "openid_unreachable"
        case .denied: "openid_denied"
        case .expired: "openid_expired"
        case .invalid: "openid_invalid"
        case .unlinked: "openid_unlinked"
        case .taken: "openid_taken"
        }
    }

    /// What the log says.
    package var reason: String {
        switch self {
        case .unreachable(let reason): "unreachable: " + reason
        case .invalid(let reason): "invalid: " + reason
        case .denied: "denied"
        case .expired: "expired"
        case .unlinked: "unlinked"
        case .taken: "taken"
        }
    }

    var status: HTTPResponse.Status {
        switch self {
        case .unreachable: .badGateway
        case .expired: .badRequest
        case .taken: .conflict
        case .denied, .invalid, .unlinked: .forbidden
        }
    }
}

/// The page instead of being signed in.
struct OpenIDFaultPage: Page {
    static let template = "accounts/openid_fault"

    let title: String
    let sentence: String
    /// What the provider calls them, which an administrator has to know to link their account.
    let subject: String?
    let backHref: String
    let back: String

    init(_ fault: OpenIDFault, isSignedIn: Bool, _ words: Words) {
        title = words["openid_fault_title"]
        sentence = words[fault.word]
        if case .unlinked(let subject) = fault {
            self.subject = words["openid_subject", ["subject": subject]]
        } else {
            subject = nil
        }
        backHref = (isSignedIn ? Address.mine : .signIn).text
        back = words[isSignedIn ? "openid_back_mine" : "openid_back"]
    }
}

extension Site {
    /// Answers with the page of a fault, and writes one line into the log.
    func show(_ fault: OpenIDFault, _ context: AppContext) -> Response {
        context.logger.notice("openid", metadata: ["fault": "\(fault.reason)"])
        return show(
            OpenIDFaultPage(
                fault, isSignedIn: context.reader.account != nil, words(context)),
            context, status: fault.status)
    }
}
