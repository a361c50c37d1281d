import Catalogue
import Core

/// Everything that may be asked for, read from `services/*.yaml` of each folder in turn; a later
/// one lays its services, groups and stoppers over an earlier one's, by id.
package struct ServiceCatalogue: Sendable {
    package let desk: ServiceDesk
    /// In the order of the files.
    package private(set) var groups: [ServiceGroup] = []
    package private(set) var services: [Service] = []
    package private(set) var stoppers: [Stopper] = []
    /// What appointments there are.
    package private(set) var visits: [VisitForm] = []

    /// - Parameter base: what was read before, for whoever reads many over the same folders.
    /// - Throws: `BrokenCatalogue` with each fault, its file and line.
    package init(
        folders: [String], _ catalogue: Catalogue, over base: ServiceCatalogue? = nil
    ) throws {
        let faults = FaultList()
        var desk: Mapping?
        var read = Contents(
            groups: base?.groups ?? [], services: base?.services ?? [],
            stoppers: base?.stoppers ?? [], visits: base?.visits ?? [])
        for folder in folders {
            for (name, node) in documents(folder, "services", faults) {
                guard let file = Mapping(node, file: name, faults: faults) else { continue }
                if let own = file.mapping("desk") { desk = own }
                read.lay(file)
                file.close()
            }
        }
        guard let known = desk.map(ServiceDesk.init) ?? base?.desk else {
            faults.add("services", 1, "no file says under “desk” how requests stand in the ledger")
            throw BrokenCatalogue(faults: faults.faults)
        }
        self.desk = known
        (groups, services, stoppers) = (read.groups, read.services, read.stoppers)
        visits = read.visits
        for form in visits { form.check(catalogue, faults) }
        ServiceCheck(self, catalogue, faults).run(deskAt: desk)
        guard faults.faults.isEmpty else { throw BrokenCatalogue(faults: faults.faults) }
    }

    package subscript(id: String) -> Service? { services.first { $0.id == id } }

    package func stopper(_ id: String) -> Stopper? { stoppers.first { $0.id == id } }

    /// What is offered on a day.
    package func offered(on day: Day) -> [Service] { services.filter { $0.isOffered(on: day) } }
}

/// What the files of some folders say, the later over the earlier.
private struct Contents {
    var groups: [ServiceGroup]
    var services: [Service]
    var stoppers: [Stopper]
    var visits: [VisitForm]

    mutating func lay(_ file: Mapping) {
        for (id, mapping) in file.entries("groups") {
            Self.put(ServiceGroup(id, mapping), in: &groups) { $0.id == id }
        }
        for (id, mapping) in file.entries("stoppers") {
            Self.put(Stopper(id, mapping), in: &stoppers) { $0.id == id }
        }
        for (id, mapping) in file.entries("visits") {
            Self.put(VisitForm(id, mapping), in: &visits) { $0.id == id }
        }
        for (id, mapping) in file.entries("services") {
            Self.put(Service(id, mapping), in: &services) { $0.id == id }
        }
        // A district says where its own services begin without saying all else anew.
        for (id, mapping) in file.entries("routes") {
            let routes = mapping.items("at").compactMap(ServiceRoute.init)
            mapping.close()
            guard let place = services.firstIndex(where: { $0.id == id }) else {
                mapping.fault("the service “\(id)” is not known")
                continue
            }
            services[place].routes += routes
        }
        for id in file.words("without") {
            guard services.contains(where: { $0.id == id }) else {
                file.fault("the service “\(id)” is not known", at: "without")
                continue
            }
            services.removeAll { $0.id == id }
        }
    }

    private static func put<Thing>(
        _ thing: Thing, in list: inout [Thing], where isSame: (Thing) -> Bool
    ) {
        if let place = list.firstIndex(where: isSame) {
            list[place] = thing
        } else {
            list.append(thing)
        }
    }
}
