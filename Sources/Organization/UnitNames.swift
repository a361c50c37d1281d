import Core
import Foundation
import Synchronization

/// Every name and code that units ever had, with the pinyin of each, to be searched.
///
/// It is reckoned once for a structure, when it is first asked for: what a structure holds never
/// changes.
struct UnitNames: Sendable {
    let all: [Name]
    let spelling: Spelling

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
        self.spelling = spelling
        all = versions.map { version in
            let key = Folding.key(version.name)
            return Name(
                version: version, key: key, code: Folding.key(version.code),
                pinyin: spelling.pinyin(key))
        }
    }

    /// Keeps the names of one structure and texts made of it; a copy that changes takes a new one.
    final class Shelf: Sendable {
        private let kept = Mutex<UnitNames?>(nil)
        private let texts = Mutex<[String: String]>([:])
        /// The most texts that are kept: past that, all go, and come back by use.
        private static let textLimit = 40

        /// - Parameter make: it may ask for the names, so it holds up nobody.
        func text(_ key: String, _ make: () -> String) -> String {
            if let kept = texts.withLock({ $0[key] }) { return kept }
            let text = make()
            texts.withLock { kept in
                if kept.count >= Self.textLimit { kept.removeAll() }
                kept[key] = text
            }
            return text
        }

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
