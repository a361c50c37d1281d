import Core
import Synchronization
import Web

/// An account and what it may do on a day.
struct AccountAccess: Sendable {
    let account: Account
    let reader: Reader

    init(_ account: Account, _ access: Access) {
        self.account = account
        reader = Reader(
            actor: account.actor, name: account.name, access: access, account: account.id)
    }
}

/// What accounts may do, kept until the audit has a newer row or a new day begins.
///
/// Nothing gives or takes a right without an audit row in the same commit, and the number of the
/// newest row is read with each request's session: what was taken from somebody is gone at once.
final class AccountAccessShelf: Sendable {
    /// How many accounts are kept; past that, all are dropped and come back by use.
    static let limit = 2_000

    /// The newest audit row and the day: what was read at one is good at no other.
    struct State: Equatable {
        let seq: Int
        let day: Day
    }

    private let kept = Mutex<(state: State?, standings: [Account.ID: AccountAccess])>((nil, [:]))

    func take(_ id: Account.ID, _ state: State) -> AccountAccess? {
        kept.withLock { $0.state == state ? $0.standings[id] : nil }
    }

    func put(_ standing: AccountAccess, _ state: State) {
        kept.withLock { kept in
            if kept.state != state || kept.standings.count >= Self.limit {
                // An older snapshot never replaces what a newer one left.
                if let known = kept.state, known.seq > state.seq { return }
                kept = (state, [:])
            }
            kept.standings[standing.account.id] = standing
        }
    }
}
