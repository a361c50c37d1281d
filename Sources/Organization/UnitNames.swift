import Core
import Foundation
import Synchronization

/// Every name and code that units ever had, with the pinyin of each, to be searched.
///
/// It is reckoned once for a structure, when it is first asked for: what a structure holds never
/// changes.
struct UnitNames: Sendable {
    let all: [Name]

    /// One version of a unit as it is looked for.
    struct Name: Sendable {
        let version: UnitVersion
        let key: String
        let code: String
        let pinyin: Pinyin
    }

    init(_ versions: some Sequence<UnitVersion>) {
        let versions = Array(versions)
        let spelling = Spelling(of: versions.map(\.name))
        all = versions.map { version in
            let key = Folding.key(version.name)
            return Name(
                version: version, key: key, code: Folding.key(version.code),
                pinyin: spelling.pinyin(key))
        }
    }

    /// Keeps the names of one structure; a copy that changes takes a new one.
    final class Shelf: Sendable {
        private let kept = Mutex<UnitNames?>(nil)

        func take(_ make: () -> UnitNames) -> UnitNames {
            kept.withLock { kept in
                if let kept { return kept }
                let names = make()
                kept = names
                return names
            }
        }
    }
}
