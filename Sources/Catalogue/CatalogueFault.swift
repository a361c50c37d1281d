import Core

/// One thing that is wrong in the catalogue: the file, the line, and a sentence.
package struct CatalogueFault: Error, Sendable, Hashable, CustomStringConvertible {
    package let file: String
    package let line: Int
    package let sentence: String

    package var description: String { "\(file):\(line): \(sentence)" }
}

/// Every fault of a catalogue, so that one reading mends them all.
package struct BrokenCatalogue: Error, CustomStringConvertible {
    package let faults: [CatalogueFault]

    package init(faults: [CatalogueFault]) { self.faults = faults }

    package var description: String {
        faults.map(\.description).joined(separator: "\n")
    }
}

/// Collects faults while files are read.
package final class FaultList {
    package private(set) var faults: [CatalogueFault] = []

    package init() {}

    package func add(_ file: String, _ line: Int, _ sentence: String) {
        faults.append(CatalogueFault(file: file, line: line, sentence: sentence))
    }
}
