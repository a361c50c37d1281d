import Core
import Yams

extension Procedure {
    /// - Parameter kinds: what the catalogue's kinds are, to tell a person from a subject.
    init(_ id: String, _ text: ProcedureText, _ mapping: Mapping, kinds: [String: Kind]) {
        self.id = id
        written = text
        version = text.version(of: id)
        (file, line) = (mapping.file, mapping.line)
        if !isName(id) {
            mapping.fault("a procedure is named with a-z, 0-9 and _, not “\(id)”")
        }
        name = mapping.wording("name")
        source = mapping.wording("source")
        from = mapping.day("from") ?? .first
        if !mapping.has("from") { mapping.fault("“from” is missing") }
        let subject = CaseSubject(mapping.mapping("case", required: true), kinds)
        self.subject = subject
        pauses = mapping.entries("pauses").map(PauseGround.init)
        stages = Self.named(mapping, "stages")
        let names = Set(subject.units.map(\.name))
        let steps = mapping.entries("steps").map { Step($0, $1, names) }
        self.steps = steps
        if steps.isEmpty { mapping.fault("a procedure has steps", at: "steps") }
        if steps.count > Self.mostSteps {
            mapping.fault("a procedure has at most \(Self.mostSteps) steps", at: "steps")
        }
        let endings = Self.named(mapping, "endings")
        ends = Self.ends(mapping, endings)
        for ending in endings where !ends.contains(where: { $0.id == ending.id }) {
            mapping.fault("nothing ends as “\(ending.id)”", at: "endings")
        }
        escalation = mapping.mapping("escalates").map(Escalation.init)
        examples = mapping.items("examples").map { Example($0) }
        shape = CaseShape(Array(steps.prefix(Self.mostSteps)), ends)
        mapping.close()
    }

    /// So many steps fit into a word of the machine, as the fold keeps sets of them.
    package static let mostSteps = 64

    private static func named(_ mapping: Mapping, _ key: String) -> [Named] {
        guard let names = mapping.mapping(key) else { return [] }
        return names.keys.map { Named(id: $0, name: names.wording($0)) }
    }

    private static func ends(_ mapping: Mapping, _ endings: [Named]) -> [End] {
        guard let ends = mapping.mapping("ends", required: true) else { return [] }
        return ends.keys.compactMap { key in
            let end = ends.requiredText(key)
            guard let when = StepReference(key) else {
                ends.fault("“\(key)” is no step and no outcome of one", at: key)
                return nil
            }
            if !endings.contains(where: { $0.id == end }) {
                ends.fault("“endings” does not say what “\(end)” is called", at: key)
            }
            let name = endings.first { $0.id == end }?.name ?? Wording(zh: end, en: end)
            return End(when: when, id: end, name: name)
        }
    }
}

extension Procedure {
    /// The whole definition in one text, which `init(kept:)` reads again: what is kept for ever of
    /// a version under which cases stand.
    package var text: String { written.text(of: id) }

    /// The rules that it names: changing their values changes what is asked of its cases.
    package var rules: Set<String> { written.rules }

    /// Reads a text that was kept.
    ///
    /// - Throws: `BrokenCatalogue` where it is no definition. Whether the catalogue still has what
    ///   it names, `Catalogue.faults(of:)` tells.
    package init(kept text: String, in catalogue: Catalogue) throws {
        let faults = FaultList()
        let node = try? Yams.compose(yaml: text, .basic)
        let whole = node.flatMap { Mapping($0, file: "kept", faults: faults) }
        guard let (id, mapping) = whole?.entries().first else {
            throw BrokenCatalogue(faults: faults.faults)
        }
        self.init(id, ProcedureText(mapping), mapping, kinds: catalogue.kinds)
        guard faults.faults.isEmpty else { throw BrokenCatalogue(faults: faults.faults) }
    }
}

extension Procedure.CaseSubject {
    fileprivate init(_ mapping: Mapping?, _ kinds: [String: Kind]) {
        kind = mapping?.requiredText("kind") ?? ""
        let kind = kinds[kind]
        switch mapping?.requiredText("about") {
        case "unit": about = .unit
        case "nothing", nil: about = .nothing
        case .some(let word):
            let isSubject = kind?.subjects.contains { $0.id == word } ?? false
            about = isSubject ? .subject(word) : .person(role: word)
        }
        isSingle = mapping?.flag("single") ?? false
        var units: [Procedure.NamedUnit] = []
        if let named = mapping?.mapping("units") {
            for name in named.keys {
                let text = named.requiredText(name)
                if Procedure.UnitName.words[name] != nil {
                    named.fault("“\(name)” is a word of its own and names no unit", at: name)
                }
                guard let unit = Procedure.UnitName(text, Set(units.map(\.name))) else {
                    named.fault("“\(text)” names no unit", at: name)
                    continue
                }
                units.append(Procedure.NamedUnit(name: name, unit: unit))
            }
        }
        self.units = units
        outside = mapping?.text("outside")
        movesWith = mapping?.text("moves_with")
        mapping?.close()
    }
}

extension Procedure.PauseGround {
    fileprivate init(_ id: String, _ mapping: Mapping) {
        self.id = id
        name = mapping.wording("name")
        most = mapping.has("most") ? mapping.length("most") : nil
        tells = mapping.text("tells")
        mapping.close()
    }
}

extension Procedure.Escalation {
    fileprivate init(_ mapping: Mapping) {
        let late = mapping.mapping("late") ?? mapping
        after = late.length("after") ?? .fixed(Deadline.Length(0, .day))
        again = late.has("again") ? late.length("again") : nil
        most = late.integer("most") ?? 1
        upTo = late.text("up_to")
        if !(1...99).contains(most) { late.fault("“most” is 1 to 99", at: "most") }
        if !late.says("to", "superior") { late.fault("“to” must be superior", at: "to") }
        late.close()
        mapping.close()
    }
}

extension Procedure.UnitName {
    /// The words that name a unit by themselves.
    static let words: [String: Self] = [
        "unit": .unit, "place": .place, "named": .named, "owner": .owner, "each": .each,
        "district": .district,
    ]

    /// Reads `unit`, `home` or `superior(home)`; nil for what is none of these.
    ///
    /// - Parameter names: what `units` calls a unit.
    init?(_ text: String, _ names: Set<String>) {
        if let word = Self.words[text] {
            self = word
        } else if names.contains(text) {
            self = .called(text)
        } else if let (name, inner) = call(text), name == "superior" {
            if let unit = Self(inner, names) {
                self = .superior(unit)
            } else {
                guard isName(inner) else { return nil }
                self = .superiorForm(inner)
            }
        } else {
            return nil
        }
    }

    /// As it is written in a definition.
    package var text: String {
        switch self {
        case .unit: "unit"
        case .place: "place"
        case .named: "named"
        case .owner: "owner"
        case .each: "each"
        case .district: "district"
        case .called(let name): name
        case .superior(let unit): "superior(\(unit.text))"
        case .superiorForm(let form): "superior(\(form))"
        }
    }
}

extension Procedure.Actor {
    /// Reads `about`, `public`, `persons(mentor)` or `home.branch_secretary`.
    init?(_ text: String, _ names: Set<String>) {
        if text == "about" {
            self = .about
        } else if text == "public" {
            self = .anybody
        } else if let (name, role) = call(text), name == "persons" {
            self = .persons(role)
        } else if let dot = text.lastIndex(of: "."),
            let unit = Procedure.UnitName(String(text[..<dot]), names)
        {
            self = .role(unit, String(text[text.index(after: dot)...]))
        } else {
            return nil
        }
    }

    /// As it is written in a definition.
    package var text: String {
        switch self {
        case .about: "about"
        case .anybody: "public"
        case .persons(let role): "persons(\(role))"
        case .role(let unit, let role): "\(unit.text).\(role)"
        }
    }
}

extension Procedure.StepReference {
    /// Reads `notice`, `notice.clear` or `approve.told`.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(parts.count), parts.allSatisfy(isName) else { return nil }
        step = parts[0]
        guard parts.count == 2 else {
            state = nil
            return
        }
        switch parts[1] {
        case "told": state = .told
        case "late": state = .late
        case "lapsed": state = .lapsed
        case "exhausted": state = .exhausted
        case let outcome: state = .outcome(outcome)
        }
    }

    /// As it is written in a definition.
    package var text: String {
        switch state {
        case nil: step
        case .outcome(let outcome): "\(step).\(outcome)"
        case .told: step + ".told"
        case .late: step + ".late"
        case .lapsed: step + ".lapsed"
        case .exhausted: step + ".exhausted"
        }
    }
}

extension Procedure.FieldReference {
    /// Reads `decide.seats`.
    init?(_ text: String) {
        let parts = text.split(separator: ".").map(String.init)
        guard parts.count == 2, parts.allSatisfy(isName) else { return nil }
        (step, field) = (parts[0], parts[1])
    }
}
