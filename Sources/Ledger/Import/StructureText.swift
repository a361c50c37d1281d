import Core

/// Why a text cannot be taken.
struct TextFault: Error {
    let words: Wording

    init(_ words: Wording) { self.words = words }

    init(zh: String, en: String) { words = Wording(zh: zh, en: en) }
}

/// Texts of a file of units, reorganizations or persons, each in the one form of its column.
enum StructureText {
    static func read(_ text: String, _ key: String) throws(TextFault) -> String {
        if let unwelcome = Unwelcome(in: text, lines: false) { throw TextFault(unwelcome.words) }
        if let words = SpoiledCell.words(text) { throw TextFault(words) }
        switch key {
        case "code", "successor":
            return try code { () throws(WrittenCode.Fault) in
                try WrittenCode.unit(text)
            }
        // What is looked up may be a name as well.
        case "number", "unit", "predecessor", "territory_parent", "party_parent", "line_parent":
            return try code { () throws(WrittenCode.Fault) in try WrittenCode.read(text) }
        case "name", "successor_name": return try name(text)
        case "title", "document": return Folding.seen(text).trimmed
        default: return Folding.letters(WrittenCode.unguarded(text))
        }
    }

    private static func code(
        _ read: () throws(WrittenCode.Fault) -> String
    ) throws(TextFault) -> String {
        do { return try read() } catch { throw TextFault(error.words) }
    }

    private static func name(_ text: String) throws(TextFault) -> String {
        let name = Folding.identifier(text)
        guard name.unicodeScalars.count <= Folding.nameCharacters else {
            throw TextFault(
                zh: "名称过长（最多\(Folding.nameCharacters)个字符）。",
                en: "The name is too long (at most \(Folding.nameCharacters) characters).")
        }
        guard !name.contains("?") else {
            throw TextFault(
                zh: "“\(name)”中的问号多半是丢失的字，请改正。",
                en: "“\(name)”: the question mark is probably a letter that was lost; correct it.")
        }
        return name
    }
}

extension StructureReader {
    /// The names that a file of persons gives.
    func names(_ table: ImportTable) -> [String] {
        guard let column = table.headings.firstIndex(where: { Self.isName($0) }) else { return [] }
        return table.rows.compactMap { $0.values.count > column ? $0.values[column] : nil }
    }

    /// The numbers that a file of persons gives.
    func numbers(_ table: ImportTable) -> [String] {
        guard let column = table.headings.firstIndex(where: { Self.isNumber($0) }) else {
            return []
        }
        return table.rows.compactMap { $0.values.count > column ? $0.values[column] : nil }
    }

    private static func isNumber(_ heading: String) -> Bool {
        ["人员编号", "number"].contains(fold(heading))
    }

    private static func isName(_ heading: String) -> Bool {
        ["姓名", "name"].contains(fold(heading))
    }
}
