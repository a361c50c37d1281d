import Catalogue
import Foundation

/// Makes the id of what somebody named: the pinyin of a Chinese name, the letters of another, with
/// a number behind it where there is one already. Nobody types a code.
package struct NewName {
    private let taken: Set<String>

    /// - Parameter taken: the ids there are.
    package init(taken: Set<String>) { self.taken = taken }

    /// The longest, so that a number still fits behind it.
    private static let letters = 32

    /// The id of a new thing of this name.
    package func id(for name: String) -> String {
        let latin =
            name.applyingTransform(.mandarinToLatin, reverse: false)?
            .applyingTransform(.stripDiacritics, reverse: false) ?? name
        let words = latin.lowercased().split { letter in
            !(letter.isASCII && (letter.isLetter || letter.isNumber))
        }
        var id = String(words.joined(separator: "_").prefix(Self.letters))
        while id.hasSuffix("_") { id.removeLast() }
        if !isName(id) { id = id.isEmpty ? "own" : "own_" + id }
        guard taken.contains(id) else { return id }
        return (2...).lazy.map { "\(id)_\($0)" }.first { !taken.contains($0) } ?? id
    }
}
