import Catalogue
import Core
import Organization
import Web

extension Picker {
    /// Chooses a unit: the tree of a day, and what has ended under a heading of its own.
    ///
    /// - Parameters:
    ///   - among: the units that may be chosen; nil for all.
    ///   - none: what stands above them for no unit; nil where one must be chosen.
    ///   - id: the identity of the field, where a page has several.
    package static func unit(
        _ structure: Structure, on day: Day, chosen: UnitVersion?, id: String? = nil,
        among: [UnitVersion]? = nil, none: String? = nil, _ words: Words
    ) -> Picker {
        let nothing = Picker.html([Group("", none.map { [Option("", $0)] } ?? [])])
        let html: String
        if let among {
            html = Picker.html([
                Group("", among.prefix(limit).map { option($0, structure, on: day, words) })
            ])
        } else {
            // The list is long, and the same on each page of a day.
            html = structure.keeping("units \(day) \(words.language.rawValue)") {
                Picker.html(UnitTree(structure: structure, day: day, words: words).groups)
            }
        }
        return Picker(
            "unit", words["pick_unit"],
            chosen: chosen.map { option($0, structure, on: day, words) },
            nothing + html, id: id, typed: words["pick_unit_typed"], words)
    }

    static func option(
        _ unit: UnitVersion, _ structure: Structure, on day: Day, _ words: Words
    ) -> Option {
        let name = words["name_with_code", ["name": unit.name, "code": unit.code]]
        let ended = unit.to.map { $0 <= day } ?? false
        return Option(
            unit.code, ended ? words["pick_former", ["name": name]] : name,
            finds: structure.sounds(unit.name))
    }
}

/// The units of a day as a list to choose from: each street with its communities, then what stands
/// beside them on other trees, then what has ended.
private struct UnitTree {
    let structure: Structure
    let day: Day
    let words: Words

    /// The most units that have ended which are listed; others are written.
    private static let formerLimit = 150

    var groups: [Picker.Group] {
        guard let root = structure.root(nearest: day) else { return [] }
        var groups = [Picker.Group("", [option(root)])]
        var listed: Set<OrgUnit.ID> = [root.unit]
        var forms: Set<String> = []
        for street in structure.children(of: root.unit, .territory, on: day) {
            let below = structure.children(of: street.unit, .territory, on: day)
            let all = [street] + below
            listed.formUnion(all.map(\.unit))
            forms.formUnion(all.map(\.form))
            groups.append(Picker.Group(street.name, all.map(option)))
        }
        for axis in [Indicator.Axis.line, .party] {
            let beside = structure.children(of: root.unit, axis, on: day)
                .filter { listed.insert($0.unit).inserted }
            groups.append(Picker.Group(words["axis_\(axis.rawValue)"], beside.map(option)))
        }
        groups.append(
            Picker.Group(words["pick_ended"], former(forms).prefix(Self.formerLimit).map(option)))
        return groups
    }

    /// Units of these forms that have ended and whose code is no other's today.
    private func former(_ forms: Set<String>) -> [UnitVersion] {
        structure.versions.values.compactMap { versions -> UnitVersion? in
            guard let last = versions.max(by: { $0.from < $1.from }), forms.contains(last.form),
                let end = last.to, end <= day, structure.unit(code: last.code, on: day) == nil
            else { return nil }
            return last
        }.sorted { ($0.code, $0.name) < ($1.code, $1.name) }
    }

    private func option(_ unit: UnitVersion) -> Picker.Option {
        Picker.option(unit, structure, on: day, words)
    }
}
