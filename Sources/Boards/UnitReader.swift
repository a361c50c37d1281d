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

    /// The most children of one axis, figures and records on the page, and the most figures that
    /// are reckoned to find them.
    static let childLimit = 200
    static let figureLimit = 12
    static let askedLimit = 40
    static let peerLimit = 200
    static let recordLimit = 10

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

    var paths: [UnitPage.PathLine] {
        Indicator.Axis.allCases.compactMap { axis in
            let path = structure.path(to: version.unit, axis, on: day).dropLast()
            guard !path.isEmpty else { return nil }
            return UnitPage.PathLine(
                axis: words["axis_\(axis.rawValue)"],
                steps: path.map { Link($0.name, .unit($0, on: day)) })
        }
    }

    var children: [UnitsPage.Group] {
        Indicator.Axis.allCases.compactMap { axis in
            let all = structure.children(of: version.unit, axis, on: day)
            guard !all.isEmpty else { return nil }
            return UnitsPage.Group(
                axis: words["axis_\(axis.rawValue)"],
                rows: all.prefix(Self.childLimit).map {
                    UnitsPage.row($0, on: day, snapshot)
                },
                more: words.more(of: all.count, shown: Self.childLimit))
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

    /// The same, drawn.
    var lineage: LineageChart {
        func stops(_ relatives: [UnitPage.Relative]) -> [LineageChart.Stop] {
            relatives.map {
                LineageChart.Stop(
                    $0.name, text: $0.basis, href: $0.href,
                    isWhole: $0.isWhole)
            }
        }
        return LineageChart(
            title: words["unit_lineage"], before: stops(predecessors), name: version.name,
            after: stops(successors))
    }

    /// The figures that come to something here, with their past and the range of like units. None
    /// that count persons: a small unit has few.
    func figures() throws -> [ThemeLine] {
        guard let periods = snapshot.periods(on: day) else { return [] }
        let reader = ThemeReader(snapshot: snapshot)
        let peers = self.peers
        var found: [ThemeLine] = []
        let candidates = snapshot.publicIndicators.filter {
            $0.addsUp && !snapshot.catalogue.protects($0)
        }
        for indicator in candidates.prefix(Self.askedLimit) {
            let question = snapshot.reading.question(
                indicator.id, unit: version.unit, periods.period(for: indicator))
            let answer = try snapshot.reading.answer(question)
            guard answer.hasValue, answer.numerator > 0 else { continue }
            found.append(try reader.line(question, indicator, among: peers, beside: periods))
            if found.count == Self.figureLimit { break }
        }
        return found
    }

    /// The units of the same form that stand on the day, this one among them; where there are too
    /// many, those directly below the same unit.
    private var peers: [UnitVersion] {
        let all = structure.versions.values.compactMap { versions in
            versions.first { $0.form == version.form && $0.inForce(on: day) }
        }
        guard all.count > Self.peerLimit else { return all.sorted { $0.code < $1.code } }
        let axis = snapshot.catalogue.forms[version.form]?.axis ?? .territory
        guard let parent = structure.path(to: version.unit, axis, on: day).dropLast().last else {
            return []
        }
        return structure.children(of: parent.unit, axis, on: day)
            .filter { $0.form == version.form }
    }

    /// The newest records here and below, of kinds that are listed.
    func records() throws -> [UnitPage.RecordRow] {
        let open = snapshot.catalogue.kindsListed
        let axis = snapshot.catalogue.forms[version.form]?.axis ?? .territory
        return try RecordStore(db: snapshot.db).newest(
            in: version.unit, axis: axis, on: day, scope: .kinds(open), limit: Self.recordLimit
        ).map { record in
            UnitPage.RecordRow(
                day: record.happenedOn.description,
                kind: snapshot.catalogue.kinds[record.kind]?.name[snapshot.language]
                    ?? record.kind,
                href: Address.record(record.id).text,
                unit: structure.nearestVersion(record.unit, on: record.happenedOn)?.name ?? "–")
        }
    }
}

extension Catalogue {
    /// The kinds whose records everybody may read one by one.
    var kindsListed: [String] { kinds.values.filter(\.isListed).map(\.id) }
}

extension UnitPage {
    /// The kinds whose records the page lists, or tells what stands of them.
    static func kindsListed(_ catalogue: Catalogue) -> Set<String> {
        Set(catalogue.kinds.values.filter(\.showsOnUnit).map(\.id) + catalogue.kindsListed)
    }
}
