/// An entry that changes no more, with the fingerprint of what it says: it is made once for all who
/// ask for it.
package struct FinishedEntry: Sendable {
    package let entry: Entry
    package let content: String

    package init(_ entry: Entry) {
        self.entry = entry
        content = entry.content
    }
}
