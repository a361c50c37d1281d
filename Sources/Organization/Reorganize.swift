import Catalogue
import Core

/// One row of a reorganization: what becomes of one unit, or what follows one.
package struct ReorganizationEntry: Sendable {
    package enum Action: String, Sendable, CaseIterable {
        case merge, split, recut, upgrade, found, abolish, move, rename
    }

    package let row: Int
    package let code: String
    package let title: String
    package let document: String
    package let effectiveOn: Day
    package let action: Action
    package let predecessor: String?
    package let successor: String?
    package let successorName: String?
    package let successorForm: String?
    package let parents: [Indicator.Axis: String]
    package let basis: Lineage.Basis

    package init(
        row: Int, code: String, title: String, document: String, effectiveOn: Day, action: Action,
        predecessor: String?, successor: String?, successorName: String?, successorForm: String?,
        parents: [Indicator.Axis: String], basis: Lineage.Basis
    ) {
        self.row = row
        self.code = code
        self.title = title
        self.document = document
        self.effectiveOn = effectiveOn
        self.action = action
        self.predecessor = predecessor
        self.successor = successor
        self.successorName = successorName
        self.successorForm = successorForm
        self.parents = parents
        self.basis = basis
    }
}

extension Structure {
    /// Works out the change that these rows make. It writes new versions, links and lineage; it
    /// touches no record.
    package func reorganizing(
        _ entries: [ReorganizationEntry]
    ) -> (change: StructureChange, faults: [RowFault]) {
        var work = Reorganizing(structure: self)
        let codes = entries.map(\.code)
        for code in codes.enumerated().filter({ codes.firstIndex(of: $1) == $0 }).map(\.element) {
            work.run(entries.filter { $0.code == code })
        }
        return (work.change, work.faults)
    }
}

/// A reorganization being worked out, step by step, on a copy of the structure.
private struct Reorganizing {
    var structure: Structure
    var change = StructureChange()
    var faults: [RowFault] = []

    init(structure: Structure) { self.structure = structure }

    mutating func run(_ entries: [ReorganizationEntry]) {
        guard let head = entries.first else { return }
        if structure.reorganization(head.code) != nil {
            fault(
                head, "批次", zh: "调整 \(head.code) 已经录入过。",
                en: "The reorganization \(head.code) has been entered already.")
            return
        }
        let reorganization = Reorganization(
            id: .make(), code: head.code, title: head.title, document: head.document,
            effectiveOn: head.effectiveOn)
        structure.add(reorganization)
        change.add(.reorganization(reorganization))
        let before = structure
        var old: [OrgUnit.ID?] = []
        for entry in entries {
            if entry.effectiveOn != head.effectiveOn {
                fault(
                    entry, "生效日期", zh: "同一次调整只能有一个生效日期。",
                    en: "One reorganization takes effect on one day.")
            }
            old.append(predecessor(of: entry, in: before))
        }
        var ended: Set<OrgUnit.ID> = []
        for (entry, unit) in zip(entries, old) {
            guard let unit, entry.action.endsPredecessor, ended.insert(unit).inserted else {
                continue
            }
            end(unit, entry)
        }
        for (entry, unit) in zip(entries, old) where entry.action == .rename {
            if let unit { rename(unit, entry, by: reorganization.id) }
        }
        found(entries, by: reorganization.id)
        for (entry, unit) in zip(entries, old) {
            if entry.action == .move, let unit { move(unit, entry) }
            if entry.action.makesLineage, let unit { follow(unit, entry, reorganization.id) }
        }
        checkOrphans(head, Array(zip(entries, old)))
    }

    private mutating func predecessor(
        of entry: ReorganizationEntry, in before: Structure
    ) -> OrgUnit.ID? {
        guard let code = entry.predecessor else {
            if entry.action != .found {
                fault(
                    entry, "前身编码", zh: "缺少前身单位的编码。",
                    en: "The code of the predecessor is missing.")
            }
            return nil
        }
        let day = entry.effectiveOn - 1
        guard let version = before.unit(code: code, on: day) else {
            faults.append(.unknownUnit(entry.row, code, day, before, at: "前身编码"))
            return nil
        }
        return version.unit
    }

    private mutating func end(_ unit: OrgUnit.ID, _ entry: ReorganizationEntry) {
        let day = entry.effectiveOn
        for version in structure.versions[unit] ?? [] where version.to.map({ $0 > day }) ?? true {
            end(version, on: day, entry)
        }
        for link in structure.parents[unit] ?? [] where link.to.map({ $0 > day }) ?? true {
            end(link, on: day, entry)
        }
    }

    private mutating func end(_ version: UnitVersion, on day: Day, _ entry: ReorganizationEntry) {
        guard version.from < day else {
            fault(
                entry, "生效日期", zh: "“\(version.name)”在生效日尚未设立。",
                en: "“\(version.name)” does not exist before that day.")
            return
        }
        let ended = UnitVersion(
            id: .make(), unit: version.unit, code: version.code, name: version.name,
            form: version.form, from: version.from, to: day)
        structure.remove(version)
        structure.add(ended)
        change.add(.version(ended, supersedes: version.id, by: nil))
    }

    private mutating func end(_ link: UnitLink, on day: Day, _ entry: ReorganizationEntry) {
        guard link.from < day else {
            fault(
                entry, "生效日期", zh: "隶属关系在生效日尚未开始。",
                en: "That link does not exist before that day.")
            return
        }
        let ended = UnitLink(
            id: .make(), child: link.child, parent: link.parent, axis: link.axis, from: link.from,
            to: day)
        structure.remove(link)
        structure.add(ended)
        change.add(.link(ended, supersedes: link.id))
    }

    private mutating func rename(
        _ unit: OrgUnit.ID, _ entry: ReorganizationEntry, by reorganization: ID<Reorganization>
    ) {
        guard let version = structure.version(unit, on: entry.effectiveOn - 1) else { return }
        end(version, on: entry.effectiveOn, entry)
        let renamed = UnitVersion(
            id: .make(), unit: unit, code: entry.successor ?? version.code,
            name: entry.successorName ?? version.name, form: entry.successorForm ?? version.form,
            from: entry.effectiveOn, to: version.to)
        structure.add(renamed)
        change.add(.version(renamed, supersedes: nil, by: reorganization))
    }

    /// Founds each successor once, then gives it its parents: those may be founded here too.
    private mutating func found(
        _ entries: [ReorganizationEntry], by reorganization: ID<Reorganization>
    ) {
        var founded: [(entry: ReorganizationEntry, unit: OrgUnit.ID)] = []
        var seen: Set<String> = []
        for entry in entries where entry.action.foundsSuccessor {
            guard let code = entry.successor else {
                fault(
                    entry, "后继编码", zh: "缺少后继单位的编码。",
                    en: "The code of the successor is missing.")
                continue
            }
            guard seen.insert(code).inserted else { continue }
            guard let name = entry.successorName, let form = entry.successorForm else {
                fault(
                    entry, "后继编码", zh: "后继单位首次出现时须写明名称和形式。",
                    en: "A successor needs its name and form where it is first named.")
                continue
            }
            let version = UnitVersion(
                id: .make(), unit: .make(), code: code, name: name, form: form,
                from: entry.effectiveOn, to: nil)
            if let other = structure.overlapping(version) {
                fault(
                    entry, "后继编码", zh: "编码 \(code) 仍属于“\(other.name)”。",
                    en: "The code \(code) still belongs to “\(other.name)”.")
            }
            structure.add(version)
            change.found(version, by: reorganization)
            founded.append((entry, version.unit))
        }
        for (entry, unit) in founded { link(unit, entry) }
    }

    private mutating func link(_ unit: OrgUnit.ID, _ entry: ReorganizationEntry) {
        for axis in Indicator.Axis.allCases {
            guard let code = entry.parents[axis] else { continue }
            guard let parent = structure.unit(naming: code, on: entry.effectiveOn) else {
                faults.append(
                    .unknownUnit(
                        entry.row, code, entry.effectiveOn, structure, at: axis.parentColumn))
                continue
            }
            let ends = [structure.version(unit, on: entry.effectiveOn)?.to, parent.to]
            let link = UnitLink(
                id: .make(), child: unit, parent: parent.unit, axis: axis,
                from: entry.effectiveOn, to: ends.compactMap { $0 }.min())
            structure.add(link)
            change.add(.link(link, supersedes: nil))
        }
    }

    private mutating func move(_ unit: OrgUnit.ID, _ entry: ReorganizationEntry) {
        for link in structure.parents[unit] ?? []
        where entry.parents[link.axis] != nil && (link.to.map { $0 > entry.effectiveOn } ?? true) {
            end(link, on: entry.effectiveOn, entry)
        }
        link(unit, entry)
    }

    private mutating func follow(
        _ unit: OrgUnit.ID, _ entry: ReorganizationEntry, _ reorganization: ID<Reorganization>
    ) {
        guard let code = entry.successor,
            let successor = structure.unit(code: code, on: entry.effectiveOn)
        else { return }
        let line = Lineage(
            reorganization: reorganization, predecessor: unit, successor: successor.unit,
            basis: entry.basis)
        structure.add(line)
        change.add(.lineage(line, id: ID<Lineage>.make().text))
    }

    /// No unit may be left standing below one that has ended; the row that ends it is named.
    private mutating func checkOrphans(
        _ head: ReorganizationEntry, _ rows: [(entry: ReorganizationEntry, unit: OrgUnit.ID?)]
    ) {
        let day = head.effectiveOn
        for (parent, links) in structure.children where structure.version(parent, on: day) == nil {
            for link in links where link.inForce(on: day) {
                guard let child = structure.version(link.child, on: day) else { continue }
                let row = rows.first { $0.unit == parent }?.entry ?? head
                fault(
                    row, "前身编码",
                    zh: "“\(child.name)”（\(child.code)）的上级已撤销，须一并调整。",
                    en: "The unit above “\(child.name)” (\(child.code)) ends: move it as well.")
            }
        }
    }

    private mutating func fault(
        _ entry: ReorganizationEntry, _ place: String, zh: String, en: String
    ) {
        faults.append(RowFault(entry.row, place, zh: zh, en: en))
    }
}

extension ReorganizationEntry.Action {
    var makesLineage: Bool {
        switch self {
        case .merge, .split, .recut, .upgrade: true
        case .found, .abolish, .move, .rename: false
        }
    }
    var endsPredecessor: Bool { makesLineage || self == .abolish }
    var foundsSuccessor: Bool { makesLineage || self == .found }
}
