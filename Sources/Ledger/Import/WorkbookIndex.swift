import Core

/// What a workbook says of itself: its sheets in order, its calendar, and where its parts are.
struct WorkbookIndex {
    struct Sheet {
        let name: String
        let isHidden: Bool
        let part: String
        /// Counted from 1, over all sheets.
        let place: Int
    }

    private(set) var sheets: [Sheet] = []
    /// Whether days are counted from 1904, as old Macintoshes did.
    let countsFrom1904: Bool
    let styles: String?
    let texts: String?

    /// The most sheets, relations or formats that are listed.
    static let listLimit = 100_000

    init(_ archive: Archive) throws {
        let root = try Relations(of: "", in: archive)
        let named = root.all.first { $0.isOf("/officeDocument") }?.target ?? "xl/workbook.xml"
        guard let part = archive.part(named) else { throw Refusal.damagedWorkbook }
        let relations = try Relations(of: named, in: archive)
        let visitor = Visitor()
        try XMLReader.read(part, of: archive, visitor)
        countsFrom1904 = visitor.countsFrom1904
        styles = relations.all.first { $0.isOf("/styles") }?.target
        texts = relations.all.first { $0.isOf("/sharedStrings") }?.target
        for (index, sheet) in visitor.sheets.enumerated() {
            // A chart may have a sheet of its own, which holds no cells.
            guard let relation = relations.all.first(where: { $0.id == sheet.relation }),
                relation.isOf("/worksheet")
            else { continue }
            sheets.append(
                Sheet(
                    name: sheet.name, isHidden: sheet.isHidden, part: relation.target,
                    place: index + 1))
        }
    }

    private final class Visitor: XMLVisitor {
        var countsFrom1904 = false
        var sheets: [(name: String, isHidden: Bool, relation: String)] = []

        func begin(_ tag: XMLTag) throws {
            if tag.isNamed("workbookPr") {
                countsFrom1904 = tag.isTrue("date1904")
            } else if tag.isNamed("sheet") {
                guard sheets.count < listLimit else { throw Refusal.unreadableWorkbook }
                let state = tag["state"] ?? "visible"
                sheets.append((tag["name"] ?? "", state != "visible", tag["id"] ?? ""))
            }
        }
    }
}

/// Where the parts are that a part refers to.
private struct Relations {
    struct Relation {
        let id: String
        let type: String
        let target: String

        /// The types of the strict and of the usual form differ before the last word only.
        func isOf(_ word: String) -> Bool { type.hasSuffix(word) }
    }

    private(set) var all: [Relation] = []

    /// - Parameter part: the part that refers; empty for the archive itself.
    init(of part: String, in archive: Archive) throws {
        let folders = part.split(separator: "/").dropLast().map(String.init)
        let name = part.split(separator: "/").last ?? ""
        let own = (folders + ["_rels", "\(name).rels"]).joined(separator: "/")
        guard let file = archive.part(own) else { return }
        let visitor = Visitor()
        try XMLReader.read(file, of: archive, visitor)
        for found in visitor.found {
            var steps = found.target.hasPrefix("/") ? [] : folders
            for step in found.target.replacing("\\", with: "/").split(separator: "/") {
                switch step {
                case ".": continue
                case "..": steps = steps.dropLast()
                default: steps.append(String(step))
                }
            }
            all.append(
                Relation(id: found.id, type: found.type, target: steps.joined(separator: "/")))
        }
    }

    private final class Visitor: XMLVisitor {
        var found: [(id: String, type: String, target: String)] = []

        func begin(_ tag: XMLTag) throws {
            guard tag.isNamed("Relationship"), let target = tag["Target"] else { return }
            guard found.count < WorkbookIndex.listLimit else { throw Refusal.unreadableWorkbook }
            found.append((tag["Id"] ?? "", tag["Type"] ?? "", target))
        }
    }
}
