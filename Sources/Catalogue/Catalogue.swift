import Core

/// What the district's catalogue says: kinds, indicators, rules, forms, calendars and the
/// register of personal fields. Data, loaded and checked at start.
package struct Catalogue: Sendable {
    package internal(set) var kinds: [String: Kind] = [:]
    /// The kinds that the district says it does without.
    package fileprivate(set) var absentKinds: Set<String> = []
    package internal(set) var indicators: [String: Indicator] = [:]
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
    /// The texts of each procedure, in the order of the days from which cases are opened under
    /// them.
    package internal(set) var procedures: [String: [Procedure]] = [:]
    var kindsByProcedure = KindsOfCases()
    /// Nil where the district has not said under which terms its data may be used.
    package fileprivate(set) var licence: DataLicence?

    /// Reads every folder in turn; a later one overrides or adds, rules on their days alone. Throws
    /// `BrokenCatalogue` with each fault, its file and line.
    ///
    /// - Parameter base: what was read before, for whoever reads many over the same folders.
    package init(folders: [String], over base: Catalogue? = nil) throws {
        if let base { self = base }
        let faults = FaultList()
        for (place, folder) in folders.enumerated() {
            FolderCheck(folder, isFirst: base == nil && place == 0, faults).run()
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
        let folder = CatalogueFolder(folder, faults)
        var served: [Served] = []
        for (id, mapping) in folder.entries("checklists") {
            let checklist = Checklist(id, mapping)
            checklists[id] = checklist
            served.append((checklist.serves, checklist.file, checklist.line))
        }
        for (id, mapping) in folder.entries("mechanisms") {
            mechanisms.removeAll { $0.id == id }
            mechanisms.append(Mechanism(id, mapping))
        }
        for (id, mapping) in folder.entries("kinds") {
            let kind = Kind(id, mapping, checklists: checklists)
            kinds[id] = kind
            served.append((kind.serves, kind.file, kind.line))
        }
        for (id, mapping) in folder.entries("indicators") {
            let indicator = Indicator(id, mapping)
            indicators[id] = indicator
            served.append((indicator.serves, indicator.file, indicator.line))
        }
        var own: [String: [Rule]] = [:]
        for (id, mapping) in folder.entries("rules", once: false) {
            own[id, default: []].append(Rule(id, mapping))
        }
        lay(own, faults)
        for (id, mapping) in folder.entries("dues") {
            let due = Due(id, mapping)
            dues[id] = due
            served.append((due.serves, due.file, due.line))
        }
        for mapping in folder.files("calendars") { calendar.read(mapping) }
        readProcedures(folder, faults)
        readSingle(folder)
        checkServed(served, faults)
    }

    /// Reads what stands in one file each.
    private mutating func readSingle(_ folder: CatalogueFolder) {
        for (id, mapping) in folder.file("forms.yaml")?.entries() ?? [] {
            forms[id] = UnitForm(id, mapping)
        }
        for (id, mapping) in folder.file("register.yaml")?.entries() ?? [] {
            register[id] = RegisterEntry(id, mapping)
        }
        for (id, mapping) in folder.file("roles.yaml")?.entries() ?? [] {
            roles[id] = Role(id, mapping)
        }
        for (id, mapping) in folder.file("purposes.yaml")?.entries() ?? [] {
            purposes[id] = Purpose(id, mapping)
        }
        if refused == nil { refused = folder.file("refused.yaml").map(RefusedWords.init) }
        if let mapping = folder.file("licence.yaml") { licence = DataLicence(mapping) }
        if let mapping = folder.file("without.yaml") { doWithout(Absence(mapping), mapping) }
    }

    /// Takes away what a district says it does without.
    private mutating func doWithout(_ absence: Absence, _ mapping: Mapping) {
        let known = Set(indicators.keys)
        defer {
            let gone = known.subtracting(indicators.keys)
            for id in forms.keys { forms[id]?.figures.removeAll(where: gone.contains) }
        }
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
