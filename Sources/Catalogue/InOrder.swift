/// What stands in a file of a catalogue under a name of its own.
package protocol CatalogueEntry {
    /// Its name among those of its sort.
    var id: String { get }
    var file: String { get }
    var line: Int { get }
}

extension Kind: CatalogueEntry {}
extension Indicator: CatalogueEntry {}
extension Purpose: CatalogueEntry {}
extension Due: CatalogueEntry {}
extension Rule: CatalogueEntry {}

extension Sequence where Element: CatalogueEntry {
    /// In the order in which they are written. A district's own folder may hold a file of the same
    /// name, so that the id decides in the end and every start has the same order.
    package var inOrder: [Element] {
        sorted { ($0.file, $0.line, $0.id) < ($1.file, $1.line, $1.id) }
    }
}
