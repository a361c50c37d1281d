import Core

/// Which tables of an open document are hidden, in their order. A table is by its style.
final class OpenTables: XMLVisitor {
    private var hidden: Set<String> = []
    private var style: String?
    private var tables: [String] = []
    private var depth = 0

    /// The place of the first table that is not hidden, counted from 1; nil where none is hidden.
    static func firstVisible(_ bytes: [UInt8]) throws -> Int? {
        let archive = try Archive(bytes)
        guard let part = archive.part("content.xml") else { throw Refusal.damagedWorkbook }
        let size = archive.unpackedSize
        guard size <= Workbook.unpackedLimit else { throw Refusal.damagedWorkbook }
        let found = OpenTables()
        try XMLReader.read(part, of: archive, found)
        guard let first = found.tables.firstIndex(where: { !found.hidden.contains($0) }), first > 0
        else { return nil }
        return first + 1
    }

    func begin(_ tag: XMLTag) throws {
        if tag.isNamed("style") {
            style = tag["family"] == "table" ? tag["name"] : nil
        } else if tag.isNamed("table-properties") {
            if let style, tag["display"] == "false" { hidden.insert(style) }
        } else if tag.isNamed("table") {
            // A table within a cell is none of its own.
            if depth == 0 { tables.append(tag["style-name"] ?? "") }
            depth += 1
        }
    }

    func end(_ tag: XMLTag) throws {
        if tag.isNamed("table") { depth -= 1 }
    }
}
