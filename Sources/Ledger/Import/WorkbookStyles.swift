import Core

/// The number format of each style that cells name.
final class WorkbookStyles: XMLVisitor {
    private(set) var formats: [NumberFormat] = []
    private var codes: [Int: NumberFormat] = [:]
    private var isInCellStyles = false

    subscript(_ style: Int) -> NumberFormat {
        formats.indices.contains(style) ? formats[style] : .plain
    }

    func begin(_ tag: XMLTag) throws {
        if tag.isNamed("numFmt") {
            guard codes.count < WorkbookIndex.listLimit else { throw Refusal.unreadableWorkbook }
            if let id = tag["numFmtId"].flatMap(Int.init), let code = tag["formatCode"] {
                codes[id] = NumberFormat(code: code)
            }
        } else if tag.isNamed("cellXfs") {
            isInCellStyles = true
        } else if isInCellStyles, tag.isNamed("xf") {
            guard formats.count < WorkbookIndex.listLimit else { throw Refusal.unreadableWorkbook }
            // Excel heeds the format of a style whether or not the style says so.
            let id = tag["numFmtId"].flatMap(Int.init) ?? 0
            formats.append(codes[id] ?? NumberFormat(builtIn: id))
        }
    }

    func end(_ tag: XMLTag) {
        if tag.isNamed("cellXfs") { isInCellStyles = false }
    }
}

/// The texts that cells share, each whole with all its runs, without the guides to its sounds.
final class SharedTexts: XMLVisitor {
    /// The most texts that are kept.
    static let limit = 4_000_000

    private(set) var texts: [String] = []
    private var text = CellText()

    func begin(_ tag: XMLTag) throws {
        text.begin(tag)
        if tag.isNamed("si") {
            guard texts.count < Self.limit else { throw Refusal.unreadableWorkbook }
            text.clear()
        }
    }

    func end(_ tag: XMLTag) {
        text.end(tag)
        if tag.isNamed("si") { texts.append(text.take()) }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) { text.add(bytes) }
}

/// Gathers the text of a cell out of its runs.
struct CellText {
    private var bytes: [UInt8] = []
    private var isInText = false
    private var isInSounds = false

    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    mutating func begin(_ tag: XMLTag) {
        if tag.isNamed("t") { isInText = true } else if tag.isNamed("rPh") { isInSounds = true }
    }

    mutating func end(_ tag: XMLTag) {
        if tag.isNamed("t") { isInText = false } else if tag.isNamed("rPh") { isInSounds = false }
    }

    mutating func add(_ more: UnsafeBufferPointer<UInt8>) {
        if isInText, !isInSounds { bytes.append(contentsOf: more) }
    }

    func take() -> String { Self.decode(bytes) }

    /// Text as it was meant: characters that XML cannot hold are written `_x000D_`.
    static func decode(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.utf8.contains(0x5F), text.contains("_x") else { return text.plainly }
        var units: [UInt16] = []
        var rest = Array(text.utf16)[...]
        while let unit = rest.first {
            let head = rest.prefix(7)
            if unit == 0x5F, head.count == 7, head.last == 0x5F,
                head[head.startIndex + 1] == 0x78,
                let code = UInt16(
                    String(decoding: head.dropFirst(2).dropLast(), as: UTF16.self), radix: 16)
            {
                units.append(code)
                rest = rest.dropFirst(7)
            } else {
                units.append(unit)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: units, as: UTF16.self).plainly
    }
}

extension String {
    /// With line ends of one kind, and without white space at either end.
    fileprivate var plainly: String {
        var text = self
        if text.utf8.contains(13) {
            text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        }
        guard let first = text.utf8.first, let last = text.utf8.last else { return text }
        return first > 32 && first < 128 && last > 32 && last < 128 ? text : text.trimmed
    }
}
