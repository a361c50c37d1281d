import Core

extension Mapping {
    /// Reads a setting of the district's that may hold a secret; nil when there is no such file.
    ///
    /// - Throws: `Refusal.conflict` when others can read the file; `BrokenCatalogue` with every
    ///   fault that the file or what is made of it has.
    package static func privateSetting<Setting>(
        _ path: String, _ make: (Mapping) throws -> Setting
    ) throws -> Setting? {
        guard try PrivateFile.read(path) != nil else { return nil }
        let (list, name) = (FaultList(), path.split(separator: "/").last.map(String.init) ?? path)
        guard let node = document(path, list),
            let mapping = Mapping(node, file: name, faults: list)
        else {
            if list.faults.isEmpty { list.add(name, 1, "the file says nothing") }
            throw BrokenCatalogue(faults: list.faults)
        }
        let setting = try make(mapping)
        mapping.close()
        guard list.faults.isEmpty else { throw BrokenCatalogue(faults: list.faults) }
        return setting
    }
}
