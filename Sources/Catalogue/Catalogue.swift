import Core
import Foundation
import Synchronization
import Yams

/// What the district's catalogue says: kinds, indicators, rules, forms, calendars and the
/// register of personal fields. Data, loaded and checked at start.
package struct Catalogue: Sendable {
    package fileprivate(set) var kinds: [String: Kind] = [:]
    /// The kinds that the district says it does without.
    package fileprivate(set) var absentKinds: Set<String> = []
    package fileprivate(set) var indicators: [String: Indicator] = [:]
    /// The values of each rule in the order of their days. Two of them hold on the same day only
    /// where they were made for different units: `holding` says which of them holds where.
    package internal(set) var rules: [String: [Rule]] = [:]
    /// Where a later folder's value stands in place of an earlier one's.
    package internal(set) var overrides: [RuleOverride] = []
    package fileprivate(set) var forms: [String: UnitForm] = [:]
    package fileprivate(set) var checklists: [String: Checklist] = [:]
    /// In the order of their files and rows.
    package fileprivate(set) var mechanisms: [Mechanism] = []
    package fileprivate(set) var register: [String: RegisterEntry] = [:]
    package fileprivate(set) var roles: [String: Role] = [:]
    package fileprivate(set) var purposes: [String: Purpose] = [:]
    /// What no district keeps of anybody; it comes with the program's own folder.
    package fileprivate(set) var refused: RefusedWords?
    package fileprivate(set) var calendar = WorkCalendar()
    package fileprivate(set) var dues: [String: Due] = [:]

    /// Reads every folder in turn; a later one overrides or adds, rules on their days alone. Throws
    /// `BrokenCatalogue` with each fault, its file and line.
    package init(folders: [String]) throws {
        let faults = FaultList()
        for (place, folder) in folders.enumerated() {
            FolderCheck(folder, isFirst: place == 0, faults).run()
            read(folder, faults)
        }
        check(faults)
        if !faults.faults.isEmpty { throw BrokenCatalogue(faults: faults.faults) }
    }

    /// The kinds of record that a visitor may read.
    package var publicKinds: [String] {
        kinds.values.filter { $0.visibility == .public }.map(\.id).sorted()
    }

    /// The rule of this id in force on a day: the one for every unit, else one for some.
    package func rule(_ id: String, on day: Day) -> Rule? {
        let held = rules[id]?.filter { $0.inForce(on: day) } ?? []
        return held.first { $0.scope == nil } ?? held.first
    }

    private mutating func read(_ folder: String, _ faults: FaultList) {
        var given: Set<String> = []
        var served: [Served] = []
        for (name, node) in documents(folder, "checklists", faults) {
            for (id, mapping) in Mapping(node, file: name, faults: faults)?.entries() ?? [] {
                if !given.insert(id).inserted { mapping.fault("“\(id)” is given twice") }
                let checklist = Checklist(id, mapping)
                checklists[id] = checklist
                served.append((checklist.serves, checklist.file, checklist.line))
            }
        }
        for (name, node) in documents(folder, "mechanisms", faults) {
            for (id, mapping) in Mapping(node, file: name, faults: faults)?.entries() ?? [] {
                mechanisms.removeAll { $0.id == id }
                mechanisms.append(Mechanism(id, mapping))
            }
        }
        given = []
        for (name, node) in documents(folder, "kinds", faults) {
            for (id, mapping) in Mapping(node, file: name, faults: faults)?.entries() ?? [] {
                if !given.insert(id).inserted { mapping.fault("“\(id)” is given twice") }
                let kind = Kind(id, mapping, checklists: checklists)
                kinds[id] = kind
                served.append((kind.serves, kind.file, kind.line))
            }
        }
        given = []
        for (name, node) in documents(folder, "indicators", faults) {
            guard let file = Mapping(node, file: name, faults: faults) else { continue }
            for (id, mapping) in file.entries() {
                if !given.insert(id).inserted { mapping.fault("“\(id)” is given twice") }
                var indicator = Indicator(id, mapping)
                var mark = Fingerprint([id])
                file.node(id).map { mark.add($0) }
                indicator.version = String(mark.text.prefix(12))
                indicators[id] = indicator
                served.append((indicator.serves, indicator.file, indicator.line))
            }
        }
        var own: [String: [Rule]] = [:]
        for (name, node) in documents(folder, "rules", faults) {
            for (id, mapping) in Mapping(node, file: name, faults: faults)?.entries() ?? [] {
                own[id, default: []].append(Rule(id, mapping))
            }
        }
        lay(own, faults)
        given = []
        for (name, node) in documents(folder, "dues", faults) {
            for (id, mapping) in Mapping(node, file: name, faults: faults)?.entries() ?? [] {
                if !given.insert(id).inserted { mapping.fault("“\(id)” is given twice") }
                let due = Due(id, mapping)
                dues[id] = due
                served.append((due.serves, due.file, due.line))
            }
        }
        for (name, node) in documents(folder, "calendars", faults) {
            if let mapping = Mapping(node, file: name, faults: faults) { calendar.read(mapping) }
        }
        if let node = document(folder + "/forms.yaml", faults),
            let mapping = Mapping(node, file: "forms.yaml", faults: faults)
        {
            for (id, mapping) in mapping.entries() { forms[id] = UnitForm(id, mapping) }
        }
        if let node = document(folder + "/register.yaml", faults),
            let mapping = Mapping(node, file: "register.yaml", faults: faults)
        {
            for (id, mapping) in mapping.entries() { register[id] = RegisterEntry(id, mapping) }
        }
        if let node = document(folder + "/roles.yaml", faults),
            let mapping = Mapping(node, file: "roles.yaml", faults: faults)
        {
            for (id, mapping) in mapping.entries() { roles[id] = Role(id, mapping) }
        }
        if let node = document(folder + "/purposes.yaml", faults),
            let mapping = Mapping(node, file: "purposes.yaml", faults: faults)
        {
            for (id, mapping) in mapping.entries() { purposes[id] = Purpose(id, mapping) }
        }
        if refused == nil, let node = document(folder + "/refused.yaml", faults),
            let mapping = Mapping(node, file: "refused.yaml", faults: faults)
        {
            refused = RefusedWords(mapping)
        }
        if let node = document(folder + "/without.yaml", faults),
            let mapping = Mapping(node, file: "without.yaml", faults: faults)
        {
            doWithout(Absence(mapping), mapping)
        }
        checkServed(served, faults)
    }

    /// Takes away what a district says it does without.
    private mutating func doWithout(_ absence: Absence, _ mapping: Mapping) {
        for area in absence.themes {
            let gone = indicators.values.filter { $0.area == area }.map(\.id)
            if gone.isEmpty { mapping.fault("the theme “\(area)” is not known", at: "themes") }
            for id in gone { indicators[id] = nil }
        }
        for id in absence.indicators where indicators.removeValue(forKey: id) == nil {
            mapping.fault("the indicator “\(id)” is not known", at: "indicators")
        }
        for id in absence.kinds {
            guard kinds.removeValue(forKey: id) != nil else {
                mapping.fault("the kind “\(id)” is not known", at: "kinds")
                continue
            }
            absentKinds.insert(id)
            // What else still names it is told by the check of the whole catalogue.
            for indicator in indicators.values where indicator.kind == id {
                indicators[indicator.id] = nil
            }
            for due in dues.values where due.kind == id { dues[due.id] = nil }
        }
        for id in absence.dues where dues.removeValue(forKey: id) == nil {
            mapping.fault("the due “\(id)” is not known", at: "dues")
        }
    }
}

/// The YAML documents of one folder, by file name, in name order. They are read side by side:
/// reading YAML is most of what starting costs.
package func documents(
    _ folder: String, _ part: String, _ faults: FaultList
) -> [(name: String, node: Node)] {
    let path = folder + "/" + part
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
        .filter { $0.hasSuffix(".yaml") }.sorted()
    let read = Mutex<[Int: Reading]>([:])
    DispatchQueue.concurrentPerform(iterations: names.count) { index in
        let found = FaultList()
        let node = document(path + "/" + names[index], found)
        read.withLock { $0[index] = Reading(node: node, faults: found.faults) }
    }
    let readings = read.withLock { $0 }
    return names.indices.compactMap { index in
        for fault in readings[index]?.faults ?? [] {
            faults.add(fault.file, fault.line, fault.sentence)
        }
        return readings[index]?.node.map { ("\(part)/\(names[index])", $0) }
    }
}

/// One file that was read beside others.
// Safety: a node is a value, which its library does not say may go from thread to thread; this one
// is made by one thread and read by another only after it has ended.
private struct Reading: @unchecked Sendable {
    let node: Node?
    let faults: [CatalogueFault]
}

/// One YAML document; notes a fault when it cannot be read, nil when there is no such file.
package func document(_ path: String, _ faults: FaultList) -> Node? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let name = path.split(separator: "/").suffix(2).joined(separator: "/")
    guard let text = String(data: data, encoding: .utf8) else {
        faults.add(name, 1, "the file is not UTF-8 text")
        return nil
    }
    do {
        // Every scalar is read as the text it is, so tags need not be resolved.
        return try Yams.compose(yaml: text, .basic)
    } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        for key in keys { faults.add(name, context.mark.line, "“\(key)” is given twice") }
    } catch let error as YamlError {
        faults.add(name, line(of: error), "this is not YAML: \(error)")
    } catch {
        faults.add(name, 1, "this is not YAML: \(error)")
    }
    return nil
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

private func line(of error: YamlError) -> Int {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
        mark.line
    default: 1
    }
}
