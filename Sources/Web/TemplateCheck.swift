/// Finds the tags of a template that would silently print nothing, or print markup.
package struct TemplateCheck {
    private let templates: Templates
    private let words: Words
    private var faults: [String] = []
    private var entered: Set<String> = []
    private var skipped: Set<String> = []

    /// Compares every tag with the stored properties of a filled-in page. Each optional of the
    /// sample holds something and each list has a row, else the tags inside go unchecked, which
    /// is a fault too.
    package static func faults(
        template: String, page: Any, templates: Templates, words: Words
    ) -> [String] {
        var check = TemplateCheck(templates: templates, words: words)
        guard let nodes = templates.nodes(template) else {
            return ["there is no template \(template)"]
        }
        check.walk(nodes, template, [page])
        let unseen = check.skipped.subtracting(check.entered).sorted()
        return check.faults + unseen.map { "\($0): the sample holds nothing here" }
    }

    /// What can be told of a template alone: its partials and words exist, and what it prints
    /// unescaped says by its name that we made it.
    static func faults(
        in nodes: [TemplateNode], of template: String, among templates: Set<String>,
        _ keys: Set<String>
    ) -> [String] {
        nodes.flatMap { node -> [String] in
            switch node {
            case .value(let name, let isRaw, let line):
                let place = "\(template).mustache:\(line)"
                if isRaw != name.hasSuffix("HTML") {
                    return ["\(place): exactly what is named …HTML goes in three braces: \(name)"]
                }
                guard let key = wordKey(name), !keys.contains(key) else { return [] }
                return ["\(place): the catalogue has no word “\(key)”"]
            case .section(_, _, let inside, _):
                return faults(in: inside, of: template, among: templates, keys)
            case .partial(let name, let line):
                if templates.contains(name) { return [] }
                return ["\(template).mustache:\(line): there is no template \(name)"]
            }
        }
    }

    private init(templates: Templates, words: Words) {
        self.templates = templates
        self.words = words
    }

    private mutating func walk(_ nodes: [TemplateNode], _ template: String, _ stack: [Any]) {
        for node in nodes {
            switch node {
            case .value(let name, _, let line):
                guard TemplateCheck.wordKey(name) == nil,
                    let value = find(name, "\(template).mustache:\(line)", stack)
                else { continue }
                if !(value is String || value is Int) {
                    faults.append(
                        "\(template).mustache:\(line): {{\(name)}} prints a \(type(of: value))")
                }
            case .section(let name, let isInverted, let inside, let line):
                let place = "\(template).mustache:\(line): \(name)"
                let value = find(name, place, stack)
                if isInverted {
                    walk(inside, template, stack)
                } else {
                    enter(value, inside, template, place, stack)
                }
            case .partial(let name, _):
                walk(templates.nodes(name) ?? [], name, stack)
            }
        }
    }

    private mutating func enter(
        _ value: Any?, _ inside: [TemplateNode], _ template: String, _ place: String,
        _ stack: [Any]
    ) {
        switch value {
        case nil: skipped.insert(place)
        case let list as [Any] where list.isEmpty: skipped.insert(place)
        case let list as [Any]:
            entered.insert(place)
            for item in list { walk(inside, template, stack + [item]) }
        case is Bool:
            entered.insert(place)
            walk(inside, template, stack)
        case .some(let object):
            entered.insert(place)
            walk(inside, template, stack + [object])
        }
    }

    /// The value a tag names; nil when it is empty, with a fault when nothing has that name.
    private mutating func find(_ name: String, _ place: String, _ stack: [Any]) -> Any? {
        if name == "." { return stack.last }
        let parts = name.split(separator: ".").map(String.init)
        let owners = stack.reversed().filter { Reflected.property(parts[0], of: $0) != nil }
        guard var value = owners.first.flatMap({ Reflected.property(parts[0], of: $0) }) else {
            faults.append("\(place): no property is named “\(name)”")
            return nil
        }
        if owners.count > 1, Reflected.unwrapped(value) == nil {
            // Mustache takes an empty property for a missing one and looks further out.
            faults.append("\(place): “\(name)” is empty here and an outer one would be printed")
        }
        for part in parts.dropFirst() {
            guard let object = Reflected.unwrapped(value) else { return nil }
            guard let next = Reflected.property(part, of: object) else {
                faults.append("\(place): no property is named “\(name)”")
                return nil
            }
            value = next
        }
        return Reflected.unwrapped(value)
    }

    private static func wordKey(_ name: String) -> String? {
        name.hasPrefix("words.") ? String(name.dropFirst("words.".count)) : nil
    }
}
