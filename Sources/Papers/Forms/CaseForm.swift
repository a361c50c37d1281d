import Catalogue
import Core

/// A form of a procedure, as a file of the catalogue says it under `papers/`: what is printed of a
/// record of one kind in a case, with names in braces for what the case knows.
package struct CaseForm: Sendable {
    package let id: String
    package let name: Wording
    /// The kinds of record it is made of.
    package let kinds: [String]
    let kind: Paper.Kind
    let title: Wording
    /// Whether the issuer stands in red above it.
    let isHeaded: Bool
    let recipients: Wording?
    let blocks: [Block]
    /// Whether unit and day stand below it.
    let isSigned: Bool

    struct Block: Sendable {
        let style: Paper.Block.Style
        let words: Wording
    }

    /// The most blocks of a form.
    static let blockLimit = 200

    /// Reads `papers/*.yaml` of each catalogue folder; a later one overrides or adds.
    ///
    /// - Throws: `BrokenCatalogue` with each fault, its file and its line.
    package static func load(
        folders: [String], _ catalogue: Catalogue
    ) throws -> [String: CaseForm] {
        let faults = FaultList()
        var forms: [String: CaseForm] = [:]
        for folder in folders {
            for (name, node) in documents(folder, "papers", faults) {
                guard let file = Mapping(node, file: name, faults: faults) else { continue }
                for (id, mapping) in file.entries() {
                    forms[id] = CaseForm(id, mapping, catalogue)
                }
            }
        }
        guard faults.faults.isEmpty else { throw BrokenCatalogue(faults: faults.faults) }
        return forms
    }

    private init(_ id: String, _ mapping: Mapping, _ catalogue: Catalogue) {
        self.id = id
        name = mapping.wording("name")
        kinds = mapping.words("of")
        if kinds.isEmpty { mapping.fault("“of” is missing: the kinds of record it is made of") }
        for kind in kinds {
            guard let known = catalogue.kinds[kind] else {
                mapping.fault("the kind “\(kind)” is not known", at: "of")
                continue
            }
            if known.visibility == .sealed {
                mapping.fault("“\(kind)” is sealed: what it says stands on no form", at: "of")
            }
        }
        let written = mapping.text("kind") ?? Paper.Kind.form.rawValue
        if Paper.Kind(rawValue: written) == nil {
            mapping.fault("“\(written)” is no kind of paper", at: "kind")
        }
        kind = Paper.Kind(rawValue: written) ?? .form
        title = mapping.wording("title")
        isHeaded = mapping.flag("head")
        recipients = mapping.has("to") ? mapping.wording("to") : nil
        isSigned = mapping.flag("signed")
        blocks = mapping.items("blocks").map { item in
            let written = item.text("style") ?? Paper.Block.Style.text.rawValue
            let style = Paper.Block.Style(rawValue: written)
            if style == nil || style == .table {
                item.fault("“\(written)” is no way to set a line of a form", at: "style")
            }
            let words =
                style == .cut
                ? Wording(zh: "", en: "")
                : Wording(zh: item.requiredText("zh"), en: item.requiredText("en"))
            item.close()
            return Block(style: style ?? .text, words: words)
        }
        if blocks.isEmpty || blocks.count > Self.blockLimit {
            mapping.fault("“blocks” has between 1 and \(Self.blockLimit) lines", at: "blocks")
        }
        mapping.close()
    }
}

/// Fills the names in braces of a form, and gathers those for which there is nothing.
struct FormFilling {
    /// What stands in the place of a name for which the case has nothing: room to write.
    static let blank = "＿＿＿＿"

    private let value: (String) -> String?
    private(set) var missing: [String] = []

    init(_ value: @escaping (String) -> String?) { self.value = value }

    mutating func filled(_ text: String) -> String {
        var made = ""
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            made += rest[..<open]
            if let found = value(name), !found.isEmpty {
                made += found
            } else {
                made += Self.blank
                if !missing.contains(name) { missing.append(name) }
            }
            rest = rest[rest.index(after: close)...]
        }
        return made + rest
    }
}
