import Core
import Yams

/// A definition as it is written, with what later folders laid over it.
// Safety: a node is a value, which its library does not say may go from thread to thread; nothing
// changes this one after it was made.
struct ProcedureText: @unchecked Sendable {
    let node: Node
    let file: String
    /// The files of what stands in another, by key and step: `name`, `steps.letter`.
    let files: [String: String]

    init(_ mapping: Mapping) {
        node = mapping.whole
        file = mapping.file
        files = [:]
    }

    private init(node: Node, file: String, files: [String: String]) {
        self.node = node
        self.file = file
        self.files = files
    }

    func mapping(_ faults: FaultList) -> Mapping? {
        Mapping(node, file: file, files: files, faults: faults)
    }

    // MARK: Laying over

    /// The word that takes away what an earlier text says.
    static let without = "without"
    /// What is laid over one another key by key; everything else stands in place of the earlier.
    private static let merged = ["steps", "ends", "stages", "endings", "pauses"]

    /// This text with everything that a later one says: its steps word by word.
    func under(_ own: Mapping) -> ProcedureText {
        guard case .mapping(var pairs) = node, case .mapping(let later) = own.whole else {
            return ProcedureText(own)
        }
        var files = files
        for (key, _) in pairs where files[key.name] == nil { files[key.name] = file }
        take(own.words(Self.without), from: &pairs, own)
        for (key, value) in later where key.name != Self.without {
            let name = key.name
            guard Self.merged.contains(name), case .mapping(let base)? = pairs[named: name],
                case .mapping(let over) = value
            else {
                pairs[named: name] = value
                files[name] = own.file
                continue
            }
            if name == "steps" {
                for (step, _) in base where files["steps." + step.name] == nil {
                    files["steps." + step.name] = file
                }
                for (step, _) in over { files["steps." + step.name] = own.file }
                pairs[named: name] = .mapping(base.steps(under: over, own))
            } else {
                var together = base
                for (key, value) in over { together[named: key.name] = value }
                pairs[named: name] = .mapping(together)
                files[name] = own.file
            }
        }
        return ProcedureText(node: .mapping(pairs), file: own.file, files: files)
    }

    /// Takes steps out, and the ends that they made.
    private func take(_ gone: [String], from pairs: inout Node.Mapping, _ own: Mapping) {
        guard !gone.isEmpty else { return }
        for name in gone where pairs[named: "steps"]?.mapping?.holds(name) != true {
            own.fault("“without” names the unknown step “\(name)”", at: Self.without)
        }
        pairs[named: "steps"] = pairs[named: "steps"]?.filtered { !gone.contains($0) }
        pairs[named: "ends"] = pairs[named: "ends"]?.filtered { end in
            !gone.contains(String(end.prefix { $0 != "." }))
        }
    }

    /// The rules that it names.
    var rules: Set<String> {
        var found: Set<String> = []
        node.forEachText { if let id = ruleID($0) { found.insert(id) } }
        return found
    }

    // MARK: Keeping

    /// The whole definition under its id, as it can be read again.
    func text(of id: String) -> String {
        let whole = Node([(Node(id), node.bare)])
        return (try? Yams.serialize(node: whole, allowUnicode: true)) ?? ""
    }

    /// The version: it changes with the shape, not with wording, source or examples.
    func version(of id: String) -> String {
        var mark = Fingerprint([id])
        for (key, value) in node.pairs.sorted(by: { $0.key < $1.key })
        where !["name", "source", "examples", "stages", "endings"].contains(key) {
            mark.add(key)
            switch key {
            case "steps", "pauses":
                for (id, value) in value.pairs {
                    mark.add(id)
                    mark.add(shape: value.filtered { $0 != "name" })
                }
            default: mark.add(shape: value)
            }
        }
        return String(mark.text.prefix(12))
    }
}

extension Fingerprint {
    /// What a node says, in whatever order its keys are written.
    fileprivate mutating func add(shape node: Node) {
        switch node {
        case .scalar(let scalar): add("=" + scalar.string)
        case .sequence(let items):
            add("[\(items.count)")
            for item in items { add(shape: item) }
        case .mapping, .alias:
            add("{\(node.pairs.count)")
            for (key, value) in node.pairs.sorted(by: { $0.key < $1.key }) {
                add(key)
                add(shape: value)
            }
        }
    }
}

extension Node {
    fileprivate var name: String { scalar?.string ?? "" }

    fileprivate var pairs: [(key: String, value: Node)] {
        mapping.map { $0.map { ($0.key.name, $0.value) } } ?? []
    }

    fileprivate func forEachText(_ body: (String) -> Void) {
        switch self {
        case .scalar(let scalar): body(scalar.string)
        case .sequence(let items): for item in items { item.forEachText(body) }
        case .mapping(let pairs): for pair in pairs { pair.value.forEachText(body) }
        case .alias: break
        }
    }

    /// Without the keys that are not wanted; a node that has no keys stays as it is.
    fileprivate func filtered(_ isWanted: (String) -> Bool) -> Node {
        guard let mapping else { return self }
        return Node(mapping.filter { isWanted($0.key.name) }.map { ($0.key, $0.value) })
    }

    /// The same without what says where or how it was written.
    fileprivate var bare: Node {
        switch self {
        case .scalar(let scalar): Node(scalar.string)
        case .sequence(let items): Node(items.map(\.bare))
        case .mapping(let pairs): Node(pairs.map { ($0.key.bare, $0.value.bare) })
        case .alias: self
        }
    }

    /// The same as if it stood elsewhere.
    fileprivate func standing(at mark: Mark?) -> Node {
        switch self {
        case .scalar(var scalar):
            scalar.mark = mark
            return .scalar(scalar)
        case .sequence(let items):
            return .sequence(
                .init(items.map { $0.standing(at: mark) }, items.tag, items.style, mark))
        case .mapping(let pairs):
            return .mapping(
                .init(
                    pairs.map { ($0.key.standing(at: mark), $0.value.standing(at: mark)) },
                    pairs.tag, pairs.style, mark))
        case .alias: return self
        }
    }
}

extension Node.Mapping {
    fileprivate func holds(_ name: String) -> Bool { self[named: name] != nil }

    /// What stands under a key of this name, however its scalar was written.
    fileprivate subscript(named name: String) -> Node? {
        get { first { $0.key.name == name }?.value }
        set { self[first { $0.key.name == name }?.key ?? Node(name)] = newValue }
    }

    /// Steps with the words that a later text gives them.
    fileprivate func steps(under later: Node.Mapping, _ own: Mapping) -> Node.Mapping {
        var steps = self
        for (id, value) in later {
            guard case .mapping(let base)? = steps[named: id.name], case .mapping(let over) = value
            else {
                steps[named: id.name] = value
                continue
            }
            let without = over[named: ProcedureText.without]
            let gone = without.map { ($0.sequence.map(Array.init) ?? [$0]).map(\.name) } ?? []
            var words: [(Node, Node)] = base.filter { !gone.contains($0.key.name) }.map {
                ($0.key.standing(at: id.mark), $0.value.standing(at: id.mark))
            }
            for name in gone where !base.holds(name) {
                own.fault("“without” of “\(id.name)” names “\(name)”, which it has not")
            }
            for (key, value) in over where key.name != ProcedureText.without {
                words.removeAll { $0.0.name == key.name }
                words.append((key, value))
            }
            steps[named: id.name] = .mapping(.init(words, over.tag, over.style, over.mark))
        }
        return steps
    }
}
