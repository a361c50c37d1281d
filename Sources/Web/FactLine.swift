/// One line of a list of facts, for the partial `facts`: what it is called, what it says, and where
/// that leads.
package struct FactLine: Sendable {
    let name: String
    let text: String
    let link: String?

    package init(_ name: String, _ text: String, to address: Address? = nil) {
        self.name = name
        self.text = text
        link = address?.text
    }
}
