/// A template as the checks see it: its tags, and which tags stand inside which section.
///
/// Only the tags the house uses are known; any other is refused, so nothing goes unchecked.
indirect enum TemplateNode: Sendable {
    case value(name: String, isRaw: Bool, line: Int)
    case section(name: String, isInverted: Bool, inside: [TemplateNode], line: Int)
    case partial(name: String, line: Int)

    static func parse(_ text: String, name: String) throws(SetupFault) -> [TemplateNode] {
        var tags = Tags(text: text[...], template: name)
        return try tags.read(inside: nil)
    }

    /// Reads tags one by one.
    private struct Tags {
        var text: Substring
        var line = 1
        let template: String

        init(text: Substring, template: String) {
            self.text = text
            self.template = template
        }

        mutating func read(inside section: String?) throws(SetupFault) -> [TemplateNode] {
            var nodes: [TemplateNode] = []
            while let tag = try next() {
                let name = tag.dropFirst().trimmed
                switch tag.first {
                case "!": continue
                case "#", "^":
                    let start = line
                    nodes.append(
                        .section(
                            name: name, isInverted: tag.first == "^",
                            inside: try read(inside: name), line: start))
                case "/":
                    guard name == section else { throw fault("{{\(tag)}} closes nothing") }
                    return nodes
                case ">": nodes.append(.partial(name: name, line: line))
                case "{":
                    nodes.append(.value(name: name, isRaw: true, line: line))
                case "&", "<", "$", "=", "%", "*":
                    throw fault("{{\(tag)}} is a kind of tag that is not used here")
                default:
                    nodes.append(.value(name: tag.trimmed, isRaw: false, line: line))
                }
                if name.contains("(") { throw fault("{{\(tag)}}: pages hold ready text") }
            }
            if let section { throw fault("{{#\(section)}} is not closed") }
            return nodes
        }

        /// What stands between the next braces; nil at the end.
        private mutating func next() throws(SetupFault) -> Substring? {
            guard let open = text.firstRange(of: "{{") else { return nil }
            line += text[..<open.lowerBound].newlines
            text = text[open.upperBound...]
            let isRaw = text.first == "{"
            guard let close = text.firstRange(of: isRaw ? "}}}" : "}}") else {
                throw fault("a tag is not closed")
            }
            let tag = text[..<close.lowerBound]
            text = text[close.upperBound...]
            return tag
        }

        private func fault(_ sentence: String) -> SetupFault {
            SetupFault(["\(template).mustache:\(line): \(sentence)"])
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    fileprivate var newlines: Int { count(where: \.isNewline) }
}
