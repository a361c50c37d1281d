import Core

/// How far the ledger had come, and when, as a page read it. Taken in the page's own snapshot.
package struct Stamp: Sendable, Equatable {
    package let position: Int
    package let at: Moment

    package init(position: Int, at: Moment) {
        self.position = position
        self.at = at
    }

    /// The sentence at the foot of a page.
    package func text(_ words: Words) -> String {
        words["stamp_text", ["time": at.text, "position": position.grouped]]
    }
}

extension Int {
    /// The count with its thousands apart, as tables print it.
    package var grouped: String {
        var text = String(magnitude)
        var offset = text.count - 3
        while offset > 0 {
            text.insert(",", at: text.index(text.startIndex, offsetBy: offset))
            offset -= 3
        }
        return self < 0 ? "−" + text : text
    }
}
