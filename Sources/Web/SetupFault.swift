/// What keeps the pages from being served at all: each fault is a sentence for whoever starts it.
package struct SetupFault: Error, Sendable, Equatable, CustomStringConvertible {
    package let faults: [String]

    package init(_ faults: [String]) { self.faults = faults }

    package var description: String { faults.joined(separator: "\n") }
}
