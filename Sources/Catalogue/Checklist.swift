import Core

/// A numbered slogan, such as the four haves, as the things that are to be ticked off.
///
/// Where nobody but the units knows what a slogan contains, the catalogue gives only the number
/// of its items, and the units write the items themselves, as records.
package struct Checklist: Sendable {
    package let id: String
    package let name: Wording
    package let serves: [String]
    /// Empty where the units write them.
    package let items: [Kind.Option]
    package let itemCount: Int
    package let file: String
    package let line: Int

    package var isWrittenByUnits: Bool { items.isEmpty }

    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        file = mapping.file
        line = mapping.line
        name = mapping.wording("name")
        serves = mapping.words("serves")
        if mapping.node("items")?.scalar != nil {
            items = []
            itemCount = mapping.integer("items") ?? 0
        } else {
            items = mapping.options("items")
            itemCount = items.count
        }
        if itemCount < 1 {
            mapping.fault("“items” names each item, or says how many the units write themselves")
        }
        if !isName(id) {
            mapping.fault("a checklist is named with a-z, 0-9 and _, not “\(id)”")
        }
        mapping.close()
    }
}

extension Mapping {
    /// The options of a choice, in the order they are written: an id and its wording each.
    func options(_ key: String) -> [Kind.Option] {
        guard let written = mapping(key) else { return [] }
        return written.keys.map { Kind.Option(id: $0, name: written.wording($0)) }
    }
}
