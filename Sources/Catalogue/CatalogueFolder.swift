import Core
import Foundation
import Synchronization
import Yams

/// A folder of the catalogue: its YAML files by part, read with every fault noted.
struct CatalogueFolder {
    private let path: String
    private let faults: FaultList

    init(_ path: String, _ faults: FaultList) { (self.path, self.faults) = (path, faults) }

    /// The files of a part, such as `kinds`, in the order of their names.
    func files(_ part: String) -> [Mapping] {
        documents(path, part, faults).compactMap { name, node in
            Mapping(node, file: name, faults: faults)
        }
    }

    /// What the files of a part define, by id.
    ///
    /// - Parameter once: whether a folder gives an id once alone; a rule has one for each value.
    func entries(_ part: String, once: Bool = true) -> [(id: String, mapping: Mapping)] {
        var given: Set<String> = []
        var entries: [(id: String, mapping: Mapping)] = []
        for (id, mapping) in files(part).flatMap({ $0.entries() }) {
            if !given.insert(id).inserted, once { mapping.fault("“\(id)” is given twice") }
            entries.append((id, mapping))
        }
        return entries
    }

    /// A file that stands by itself in the folder; nil where there is none.
    func file(_ name: String) -> Mapping? {
        document(path + "/" + name, faults).flatMap { Mapping($0, file: name, faults: faults) }
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

private func line(of error: YamlError) -> Int {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
        mark.line
    default: 1
    }
}
