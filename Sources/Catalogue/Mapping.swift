import Core
import Yams

/// A YAML mapping being read: it notes each fault with its file and line, unknown keys too.
///
/// Reading goes over nodes rather than through Codable, which stops at its first fault.
package final class Mapping {
    package let file: String
    package let line: Int
    private let pairs: [(key: String, node: Node)]
    private let faults: FaultList
    private var known: Set<String> = []
    /// The YAML that is read.
    let whole: Node
    /// The files of what stands in another than its own, by key and by keys below it.
    private let files: [String: String]

    /// No number of a catalogue is larger, so that scaling one never overflows.
    static let largest = 1_000_000_000_000

    /// - Parameter files: where it was laid over another, the files of what that other says: by
    ///   key, and below a key as `steps.letter`.
    package init?(
        _ node: Node, file: String, files: [String: String] = [:], faults: FaultList
    ) {
        self.file = file
        self.files = files
        whole = node
        self.line = node.mark?.line ?? 1
        self.faults = faults
        guard case .mapping(let mapping) = node else {
            faults.add(file, line, "expected keys with values here")
            return nil
        }
        var pairs: [(key: String, node: Node)] = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string else {
                faults.add(file, key.mark?.line ?? line, "a key must be a word")
                continue
            }
            if pairs.contains(where: { $0.key == name }) {
                faults.add(file, key.mark?.line ?? line, "“\(name)” is given twice")
            }
            pairs.append((key: name, node: value))
        }
        self.pairs = pairs
    }

    package func fault(_ sentence: String, at key: String? = nil) {
        faults.add(
            key.flatMap { files[$0] } ?? file, key.flatMap(node)?.mark?.line ?? line, sentence)
    }

    /// What stands under a key, as a mapping of the file it stands in.
    private func nested(_ key: String, _ node: Node) -> Mapping? {
        guard !files.isEmpty else { return Mapping(node, file: file, faults: faults) }
        let below = files.compactMap { path, file in
            path.hasPrefix(key + ".") ? (String(path.dropFirst(key.count + 1)), file) : nil
        }
        return Mapping(
            node, file: files[key] ?? file,
            files: Dictionary(uniqueKeysWithValues: below), faults: faults)
    }

    package var keys: [String] { pairs.map(\.key) }

    /// The version of what is defined here under an id: it changes with what the mapping says, not
    /// with how it is written.
    func version(of id: String) -> String {
        var mark = Fingerprint([id])
        mark.add("{\(pairs.count)")
        for (key, node) in pairs {
            mark.add("=" + key)
            mark.add(node)
        }
        return String(mark.text.prefix(12))
    }

    package func node(_ key: String) -> Node? {
        known.insert(key)
        return pairs.first { $0.key == key }?.node
    }

    package func has(_ key: String) -> Bool { node(key) != nil }

    package func text(_ key: String) -> String? {
        guard let node = node(key) else { return nil }
        guard let scalar = node.scalar else {
            fault("“\(key)” must be one value", at: key)
            return nil
        }
        return scalar.string
    }

    package func requiredText(_ key: String) -> String {
        guard let text = text(key) else {
            if !has(key) { fault("“\(key)” is missing") }
            return ""
        }
        return text
    }

    package func integer(_ key: String) -> Int? {
        guard let text = text(key) else { return nil }
        guard let number = Int(text), number.magnitude <= Mapping.largest else {
            fault("“\(key)” must be a whole number", at: key)
            return nil
        }
        return number
    }

    package func flag(_ key: String) -> Bool {
        guard let text = text(key) else { return false }
        switch text {
        case "true": return true
        case "false": return false
        default:
            fault("“\(key)” must be true or false", at: key)
            return false
        }
    }

    package func day(_ key: String) -> Day? {
        guard let text = text(key) else { return nil }
        guard let day = Day(text) else {
            fault("“\(key)” must be a day like 2015-03-30", at: key)
            return nil
        }
        return day
    }

    /// A choice among the cases of an enum, by raw value.
    package func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, _ type: Choice.Type, default fallback: Choice
    ) -> Choice where Choice.RawValue == String {
        guard let text = text(key) else { return fallback }
        guard let choice = Choice(rawValue: text) else {
            let allowed = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            fault("“\(key)” is “\(text)”; it can be \(allowed)", at: key)
            return fallback
        }
        return choice
    }

    /// Whether a key says `word`; it can also say one of `others`, which means the same as silence.
    package func says(_ key: String, _ word: String, or others: String...) -> Bool {
        guard let text = text(key) else { return false }
        if text != word, !others.contains(text) {
            let allowed = ([word] + others).joined(separator: ", ")
            fault("“\(key)” is “\(text)”; it can be \(allowed)", at: key)
        }
        return text == word
    }

    /// A list of words; one word alone counts as a list of one.
    package func words(_ key: String) -> [String] {
        guard let node = node(key) else { return [] }
        if let scalar = node.scalar { return [scalar.string] }
        guard let sequence = node.sequence else {
            fault("“\(key)” must be a list", at: key)
            return []
        }
        return sequence.compactMap { item in
            if let scalar = item.scalar { return scalar.string }
            fault("“\(key)” must be a list of words", at: key)
            return nil
        }
    }

    package func wording(_ key: String, required: Bool = true) -> Wording {
        guard let mapping = mapping(key, required: required) else { return Wording(zh: "", en: "") }
        let wording = Wording(zh: mapping.requiredText("zh"), en: mapping.requiredText("en"))
        mapping.close()
        return wording
    }

    package func mapping(_ key: String, required: Bool = false) -> Mapping? {
        guard let node = node(key) else {
            if required { fault("“\(key)” is missing") }
            return nil
        }
        return nested(key, node)
    }

    /// The named mappings under a key, in the order they are written.
    package func entries(_ key: String) -> [(name: String, mapping: Mapping)] {
        guard let mapping = mapping(key) else { return [] }
        return mapping.entries()
    }

    /// Every pair of this mapping as a named mapping.
    package func entries() -> [(name: String, mapping: Mapping)] {
        pairs.compactMap { key, node in
            known.insert(key)
            return nested(key, node).map { (key, $0) }
        }
    }

    /// The items of a list of mappings.
    package func items(_ key: String) -> [Mapping] {
        guard let node = node(key) else { return [] }
        guard let sequence = node.sequence else {
            fault("“\(key)” must be a list", at: key)
            return []
        }
        return sequence.compactMap { Mapping($0, file: files[key] ?? file, faults: faults) }
    }

    /// The items of a list in which each is a word or a mapping.
    package func mixed(_ key: String) -> [(word: String?, mapping: Mapping?)] {
        guard let node = node(key) else { return [] }
        let nodes = node.sequence.map(Array.init) ?? [node]
        return nodes.map { item in
            if let scalar = item.scalar { return (scalar.string, nil) }
            return (nil, Mapping(item, file: files[key] ?? file, faults: faults))
        }
    }

    /// Notes each key that nothing asked for. Call when everything known has been read.
    package func close() {
        for (key, node) in pairs where !known.contains(key) {
            faults.add(
                files[key] ?? file, node.mark?.line ?? line, "“\(key)” is not known here")
        }
    }
}

extension Fingerprint {
    /// What a node of YAML says, whatever remarks, blanks or quotes it was written with.
    fileprivate mutating func add(_ node: Node) {
        switch node {
        case .scalar(let scalar): add("=" + scalar.string)
        case .sequence(let items):
            add("[\(items.count)")
            for item in items { add(item) }
        case .mapping(let pairs):
            add("{\(pairs.count)")
            for (key, value) in pairs {
                add(key)
                add(value)
            }
        case .alias(let alias): add("*" + alias.anchor.rawValue)
        }
    }
}
