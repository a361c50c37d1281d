import Core
import Yams

/// A file of a catalogue that lies in no folder yet: what a page is about to write.
package struct CatalogueText: Sendable, Hashable {
    /// The folders in which such a file may come to lie.
    package enum Part: String, Sendable, CaseIterable { case kinds, indicators }

    package let part: Part
    /// The name of the file in its folder.
    package let file: String
    package let text: String

    package init(_ part: Part, _ file: String, _ text: String) {
        self.part = part
        self.file = file
        self.text = text
    }

    /// Where it comes to lie in the folder, as faults name it.
    package var path: String { "\(part.rawValue)/\(file)" }

    fileprivate func entries(_ faults: FaultList) -> [(name: String, mapping: Mapping)] {
        do {
            let node = try Yams.compose(yaml: text, .basic)
            return node.flatMap { Mapping($0, file: path, faults: faults) }?.entries() ?? []
        } catch {
            faults.add(path, 1, "this is not YAML: \(error)")
            return []
        }
    }

    /// The version of everything it defines, by id.
    package var versions: [String: String] {
        Dictionary(
            entries(FaultList()).map { ($0.name, $0.mapping.version(of: $0.name)) }
        ) { first, _ in first }
    }
}

extension Catalogue {
    /// The same catalogue with files that are not in its folders yet, checked as at a start.
    ///
    /// - Throws: `BrokenCatalogue` with each fault; also where another file of the folders defines
    ///   what one of these does.
    package func with(_ texts: [CatalogueText]) throws -> Catalogue {
        var whole = self
        let faults = FaultList()
        for text in texts {
            for (id, mapping) in text.entries(faults) {
                let other: String?
                switch text.part {
                case .kinds:
                    other = kinds[id]?.file
                    whole.kinds[id] = Kind(id, mapping, checklists: checklists)
                case .indicators:
                    other = indicators[id]?.file
                    whole.indicators[id] = Indicator(id, mapping)
                }
                if let other, other != text.path {
                    mapping.fault("“\(id)” is defined in \(other) already")
                }
            }
        }
        whole.check(faults)
        guard faults.faults.isEmpty else { throw BrokenCatalogue(faults: faults.faults) }
        return whole
    }
}

extension Kind {
    /// Whether entries of this day are taken.
    package func isInForce(on day: Day) -> Bool {
        (from.map { $0 <= day } ?? true) && (until.map { day < $0 } ?? true)
    }
}
