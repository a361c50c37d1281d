/// Who does a thing, as the audit names them.
///
/// The actor of a command is the operating-system user who ran it, by name; who signed in is named
/// by the identity of the account, which outlives every change of its names.
package struct Actor: Sendable, Hashable {
    package enum Standing: String, Sendable { case system, visitor, account }

    package let name: String
    package let standing: Standing

    package init(name: String, standing: Standing) {
        self.name = name
        self.standing = standing
    }

    /// Somebody who reads public pages without signing in.
    package static let visitor = Actor(name: "visitor", standing: .visitor)
}

/// How widely a kind of record may be seen.
package enum Visibility: String, Sendable, CaseIterable, Comparable {
    case `public`, `internal`, sealed

    private var width: Int {
        switch self {
        case .public: 0
        case .internal: 1
        case .sealed: 2
        }
    }

    package static func < (left: Visibility, right: Visibility) -> Bool {
        left.width < right.width
    }
}
