import Core
import Foundation
import Mustache
import Synchronization

/// What the forms of one reader are bound to: the browser they read in, by a cookie, and whoever is
/// signed in there.
///
/// A token says for which reader, for which address and since when a form stands open, with a keyed
/// hash, so that no other site, browser, account or form can have made it. It outlives a session:
/// whoever is signed out over a form and signs in again in the same browser sends it once.
package final class FormSeed: Sendable {
    private let key: SecretKey
    private let seed: String
    /// Whether the browser has still to be told the seed.
    let isFresh: Bool
    private let used = Mutex(false)

    package init(key: SecretKey, seed: String, isFresh: Bool = false) {
        self.key = key
        self.seed = seed
        self.isFresh = isFresh
    }

    var value: String { seed }
    /// What tells this browser from others at its address; nil for one that came with nothing.
    package var knownBrowser: String? { isFresh ? nil : seed }
    var wasUsed: Bool { used.withLock { $0 } }

    /// The seed of whoever is signed in here. A browser without the cookie has its session alone.
    package func seed(of account: AccountID, session: String) -> FormSeed {
        FormSeed(key: key, seed: isFresh ? session : seed + " " + account.text)
    }

    /// Whether a text looks like a token, whoever made it.
    static func isShaped(_ token: String) -> Bool {
        token.utf8.count <= Limits.tokenBytes
            && token.utf8.allSatisfy {
                (48...57).contains($0) || (97...122).contains($0) || $0 == UInt8(ascii: ".")
            }
    }

    /// A token for a form that is sent to `path`.
    package func token(for path: String, at moment: Moment) -> String {
        used.withLock { $0 = true }
        let issued = String(moment.milliseconds / 1000, radix: 36)
        return issued + "." + key.mac(["form", seed, path, issued])
    }

    func isToken(_ token: String, for path: String, at moment: Moment) -> Bool {
        let parts = token.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[0].utf8.count <= 12,
            let issued = Int64(parts[0], radix: 36),
            key.isMAC(parts[1], of: ["form", seed, path, parts[0]])
        else { return false }
        let age = moment.milliseconds / 1000 - issued
        return age >= -60 && age <= Limits.formSeconds
    }
}

/// What stands at the head of a form, for the partial `form_head`.
package struct FormHead: Sendable {
    /// Where the form is sent.
    package let action: String
    package let token: String
    /// Tells this showing of the form from every other, so that what is sent twice counts once.
    package let key: String

    package init(action: String, token: String, key: String) {
        self.action = action
        self.token = token
        self.key = key
    }

    static let tokenName = "_token"
    static let keyName = "_key"
}

/// Printed as a whole it would show its token; a template enters it, and else prints nothing.
extension FormHead: MustacheCustomRenderable {
    package var renderText: String { "" }
    package var isNull: Bool { false }
}

/// A form whose token is not one of ours, or is too old; or one that another site sent.
struct ForgedForm: Error {
    var isForeign = false
}
