import Core
import Foundation

extension Actor {
    /// The actor of a command: the operating-system user who runs it, by name.
    package static func command() -> Actor {
        Actor(name: NSUserName(), standing: .system)
    }
}
