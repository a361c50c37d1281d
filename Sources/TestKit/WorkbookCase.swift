import Foundation

/// A workbook of trees that were planted, and what must come of it at every door.
package struct WorkbookCase: Sendable, CustomStringConvertible {
    package let name: String
    package let bytes: [UInt8]
    package let outcome: Outcome

    package var description: String { name }

    package enum Outcome: Sendable {
        /// What the row says, by the names of its columns.
        case kept([String: String])
        /// Where the fault is, such as `D2`, and a part of the sentence.
        case refused(String, String)
        /// A part of the sentence about the whole file.
        case unread(String)
    }

    /// The kind of record that the workbooks hold, as a file of the catalogue.
    package static let kind = """
        tree_planting:
          name: {zh: 植树, en: Tree planting}
          visibility: public
          at: [street, community]
          measures:
            trees: {label: {zh: 棵数, en: Trees}, unit: piece, required: true}
            area: {label: {zh: 面积, en: Area}, unit: dm2, required: false}
            cost: {label: {zh: 花费, en: Cost}, unit: fen, required: false}
            alive: {label: {zh: 成活率, en: Alive}, unit: percent, required: false}
          fields:
            species: {type: text, label: {zh: 树种, en: Species}, required: false}
            watered: {type: flag, label: {zh: 已浇水, en: Watered}, required: false}
        """

    /// Writes the kind into a folder, which then is one of a catalogue.
    package static func writeCatalogue(in folder: String) throws -> String {
        let path = folder + "/kinds"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
        try Data(kind.utf8).write(to: URL(fileURLWithPath: path + "/trees.yaml"))
        return folder
    }

    package static let unit = "410102001001"
    static let headings = ["日期", "单位", "棵数", "面积", "花费", "树种", "已浇水", "编号", "成活率"]
    /// What the row says unless a case says otherwise.
    static let usual = [
        "day": "2015-03-01", "trees": "5", "species": "国槐", "ref": "T-1",
    ]

    static func cells(_ cells: [String: String]) -> String {
        let usual = [
            "A": SmallWorkbook.text("A2", "2015-03-01"), "B": SmallWorkbook.text("B2", unit),
            "C": "<c r=\"C2\"><v>5</v></c>", "F": SmallWorkbook.text("F2", "国槐"),
            "H": SmallWorkbook.text("H2", "T-1"),
        ]
        return usual.merging(cells) { $1 }.sorted { $0.key < $1.key }.map(\.value).joined()
    }

    static var head: String {
        "<row r=\"1\">"
            + zip("ABCDEFGHI", headings).map { SmallWorkbook.text("\($0)1", $1) }.joined()
            + "</row>"
    }

    /// A workbook of one row with these cells in the place of the usual ones.
    package static func book(
        _ changed: [String: String] = [:], format: String? = nil, builtIn: Int = 0,
        more: String = ""
    ) -> SmallWorkbook {
        SmallWorkbook(
            rows: head + "<row r=\"2\">\(cells(changed))</row>" + more, format: format,
            builtIn: builtIn)
    }

    static func kept(
        _ name: String, _ changed: [String: String] = [:], _ said: [String: String] = [:]
    ) -> WorkbookCase {
        kept(name, book(changed), said)
    }

    static func kept(
        _ name: String, _ book: SmallWorkbook, _ said: [String: String] = [:]
    ) -> WorkbookCase {
        WorkbookCase(
            name: name, bytes: book.bytes, outcome: .kept(usual.merging(said) { $1 }))
    }

    static func refused(
        _ name: String, _ book: SmallWorkbook, _ place: String, _ words: String
    ) -> WorkbookCase {
        WorkbookCase(name: name, bytes: book.bytes, outcome: .refused(place, words))
    }

    static func unread(
        _ name: String, _ book: SmallWorkbook, _ words: String
    ) -> WorkbookCase {
        WorkbookCase(name: name, bytes: book.bytes, outcome: .unread(words))
    }

    static func number(_ address: String, _ value: String, _ style: Int = 0) -> String {
        "<c r=\"\(address)\" s=\"\(style)\"><v>\(value)</v></c>"
    }

    package static let all: [WorkbookCase] = [
        days, numbers, identifiers, texts, layouts, packaging, refusals,
    ].flatMap { $0 }
}
