import Catalogue
import Core
import Figures
import Ledger
import Organization
import Web

/// Gathers what the page of a unit shows.
struct UnitReader {
    let version: UnitVersion
    /// A day on which the version is in force.
    let day: Day
    let snapshot: Snapshot

    /// The most records on the page.
    static let recordLimit = 8
    static let pictureLimit = 4

    private var structure: Structure { snapshot.structure }
    private var words: Words { snapshot.words }

    func formName(_ version: UnitVersion) -> String {
        snapshot.catalogue.forms[version.form]?.name[snapshot.language] ?? version.form
    }

    func days(_ version: UnitVersion) -> String {
        version.to.map {
            words[
                "days_closed",
                [
                    "from": version.from.description, "to": ($0 - 1).description,
                ]]
        } ?? words["days_open", ["from": version.from.description]]
    }

    /// That the code names nothing on a day, and which unit is shown instead.
    func absence(on asked: Day) -> String {
        words[
            "unit_absent",
            [
                "code": version.code, "day": asked.description, "name": version.name,
                "days": days(version),
            ]]
    }

    var paths: [UnitPage.PathLine] {
        Indicator.Axis.allCases.compactMap { axis in
            let path = structure.path(to: version.unit, axis, on: day).dropLast()
            guard !path.isEmpty else { return nil }
            return UnitPage.PathLine(
                axis: words["axis_\(axis.rawValue)"],
                steps: path.map { Link($0.name, .unit($0, on: day)) })
        }
    }

    /// Tables of the units beside this one, and of those below it.
    var comparisons: [Link] {
        let axes = Indicator.Axis.allCases
        let above = axes.compactMap { axis in
            structure.parent(version.unit, axis, on: day)
                .flatMap { structure.version($0, on: day) }
        }.first
        var links: [Link] = []
        if let above {
            links.append(
                Link(
                    words["unit_compare"],
                    Address.compare.with("of", above.code).with("level", version.form)))
        }
        if axes.contains(where: { structure.children(of: version.unit, $0, on: day).count > 1 }) {
            links.append(
                Link(words["unit_compare_below"], Address.compare.with("of", version.code)))
        }
        return links
    }

    var versions: [UnitPage.VersionRow] {
        (structure.versions[version.unit] ?? []).sorted { $0.from < $1.from }.map {
            UnitPage.VersionRow(
                days: days($0), name: $0.name, code: $0.code, form: formName($0))
        }
    }

    var predecessors: [UnitPage.Relative] {
        (structure.predecessors[version.unit] ?? []).compactMap { relative($0.predecessor, $0) }
            .sorted { $0.code < $1.code }
    }

    var successors: [UnitPage.Relative] {
        (structure.successors[version.unit] ?? []).compactMap { relative($0.successor, $0) }
            .sorted { $0.code < $1.code }
    }

    /// The units that came after, as they began.
    var followers: [Link] {
        (structure.successors[version.unit] ?? []).compactMap { line in
            let reform = structure.reorganizations.first { $0.id == line.reorganization }
            let turn = reform?.effectiveOn ?? day
            return structure.nearestVersion(line.successor, on: turn)
                .map { Link($0.name, .unit($0, on: max($0.from, turn))) }
        }
    }

    /// The other unit as it was beside the document: the day before it, or the day it took effect.
    private func relative(_ unit: OrgUnit.ID, _ line: Lineage) -> UnitPage.Relative? {
        let reform = structure.reorganizations.first { $0.id == line.reorganization }
        let turn = reform?.effectiveOn ?? day
        let when = unit == line.predecessor ? turn - 1 : turn
        guard let other = structure.nearestVersion(unit, on: when) else { return nil }
        return UnitPage.Relative(
            name: other.name, href: Address.unit(other, on: when).text, code: other.code,
            basis: words["basis_\(line.basis.rawValue)"],
            document: reform.map { "\($0.effectiveOn) · \($0.title) \($0.document)" } ?? "",
            isWhole: line.basis == .whole)
    }

    /// What happened last here and below up to the day, of kinds that are listed.
    func records() throws -> [EntryLine] {
        let open = snapshot.catalogue.kinds.values
            .filter { $0.isListed && $0.shape == .event }.map(\.id)
        let axis = snapshot.catalogue.forms[version.form]?.axis ?? .territory
        return try RecordStore(db: snapshot.db).newest(
            in: version.unit, axis: axis, on: day, scope: .kinds(open), limit: Self.recordLimit
        ).map { EntryLine($0, snapshot) }
    }

    /// The newest pictures from here and below that were released, up to the day.
    func pictures() throws -> [PictureView] {
        try ReleasedPictureStore(db: snapshot.db).list(
            below: version.unit, on: day, from: .first, to: day,
            in: snapshot.district.pictureScope, limit: Self.pictureLimit
        ).map { PictureView($0, snapshot) }
    }

    /// How many units of each form stand below, tree by tree and from the top down.
    var counts: String {
        let forms = snapshot.catalogue.forms
        let axes = Indicator.Axis.allCases
        func rank(_ level: TableLevel) -> (Int, Int, String) {
            let form = forms[level.form]
            let axis = form.flatMap { axes.firstIndex(of: $0.axis) }
            return (axis ?? axes.count, form?.level ?? 0, level.form)
        }
        let levels = TableLevel.all(below: version.unit, on: day, structure, fewest: 1)
        return levels.sorted { rank($0) < rank($1) }.map { level in
            words[
                "unit_children_count",
                [
                    "count": level.units.count.grouped,
                    "form": snapshot.catalogue.forms[level.form]?.name[snapshot.language]
                        ?? level.form,
                ]]
        }.joined(separator: words.comma)
    }
}

extension Catalogue {
    /// The kinds whose records everybody may read one by one.
    var kindsListed: [String] { kinds.values.filter(\.isListed).map(\.id) }
}

extension UnitPage {
    /// The units above on the tree to which the form belongs, from the top down.
    static func trail(
        to version: UnitVersion, on day: Day, _ snapshot: Snapshot
    ) -> [Link] {
        let axis = snapshot.catalogue.forms[version.form]?.axis ?? .territory
        return snapshot.structure.path(to: version.unit, axis, on: day).dropLast()
            .map { Link($0.name, .unit($0, on: day)) }
    }

    /// The kinds whose records the page lists, or tells what stands of them.
    static func kindsListed(_ catalogue: Catalogue) -> Set<String> {
        Set(catalogue.kinds.values.filter(\.showsOnUnit).map(\.id) + catalogue.kindsListed)
    }
}
