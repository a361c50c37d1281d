import Catalogue
import Core
import Organization
import Web

/// GET /api/v1/units and GET /api/v1/units/:unit. For everybody: the units that stand on a day, and
/// what one of them was called, where it stood and what it came from.
struct UnitApi: Sendable {
    let board: Board

    static let named = Schema.object(["code": .text(), "name": .text(), "form": .text()])

    static let version = Schema.object([
        "code": .text(), "name": .text(), "form": .text(), "from": .day(),
        "through": .day(Wording(zh: "最后一天；至今有效时为空。", en: "The last day; null while it is so."))
            .orNull,
    ])

    private static let parents = Schema.object(
        Indicator.Axis.allCases.map { (name: $0.rawValue, schema: Schema.text().orNull) },
        Wording(zh: "各组织树上的上级编码。", en: "The code of the unit above it on each tree."))

    private static let relative = Schema.object([
        "code": .text(), "name": .text(),
        "basis": .choice(
            Lineage.Basis.allCases.map(\.rawValue),
            Wording(zh: "过去的数字怎样接续。", en: "How its past is counted on.")),
        "on": .day().orNull, "title": .text().orNull, "document": .text().orNull,
    ])

    var list: ApiRoute {
        ApiRoute(
            "units", at: "units",
            Wording(
                zh: "某一天的单位，按编码排列。",
                en: "The units that stand on a day, in the order of their codes."),
            [
                .on,
                ApiParameter("form", zh: "单位的形式，如 street。", en: "The form, such as street."),
                ApiParameter(
                    "below", zh: "在哪个单位之下（任何一棵组织树）。",
                    en: "The unit below which they stand, on whatever tree."),
            ], isPaged: true,
            tells: [
                (
                    "items",
                    .list(
                        of: .object([
                            "unit": .named("UnitVersion"), "parents": Self.parents,
                            "page": .address(),
                        ]))
                )
            ], use: tellAll)
    }

    @Sendable private func tellAll(_ ask: ApiAsk) async throws -> ApiAnswer {
        let keyset = try ask.keyset(parts: 2)
        if let form = ask["form"], board.figures.district.catalogue.forms[form] == nil {
            throw Refusal.invalid(
                "form", zh: "没有“\(form)”这种单位形式。", en: "There is no form “\(form)”.")
        }
        return try await board.answer(ask) { snapshot in
            let (structure, day) = (snapshot.structure, ask.day("on") ?? snapshot.today)
            let top = try ask["below"].map {
                try UnitReading(structure, on: day).unit($0, at: "below").unit
            }
            var found = structure.versions.values.compactMap { versions in
                versions.first { $0.inForce(on: day) }
            }.filter { ask["form"] == nil || $0.form == ask["form"] }
            if let top {
                found = found.filter {
                    $0.unit != top && structure.lies($0.unit, below: [top], on: day)
                }
            }
            func place(_ version: UnitVersion) -> [String] { [version.code, version.unit.text] }
            let sorted = found.sorted { place($0).lexicographicallyPrecedes(place($1)) }
                .filter { version in
                    keyset.after.map { $0.parts.lexicographicallyPrecedes(place(version)) }
                        ?? true
                }
            let (shown, next) = keyset.cut(Array(sorted.prefix(keyset.fetch)), key: place)
            return ApiAnswer(
                [
                    JSON.Member(
                        "items",
                        .list(
                            shown.map { version in
                                [
                                    "unit": version.wholeJSON,
                                    "parents": structure.parentsJSON(version.unit, on: day),
                                    "page": .text(Address.unit(version, on: day).text),
                                ]
                            }))
                ], next: next)
        }
    }

    var one: ApiRoute {
        ApiRoute(
            "unit", at: "units/{unit}", Wording(zh: "一个单位及其沿革。", en: "One unit with its history."),
            [
                ApiParameter(
                    "unit", isInPath: true, zh: "编码、名称、原名或拼音。",
                    en: "Its code, its name, a former name or pinyin."),
                .on,
            ],
            tells: [
                ("unit", .named("UnitVersion")), ("parents", Self.parents),
                (
                    "versions",
                    .list(
                        of: .named("UnitVersion"),
                        Wording(zh: "历来的编码、名称和形式。", en: "What it was ever called."))
                ),
                ("predecessors", .list(of: Self.relative)),
                ("successors", .list(of: Self.relative)), ("page", .address()),
            ], use: tell)
    }

    @Sendable private func tell(_ ask: ApiAsk) async throws -> ApiAnswer {
        let text = try ask.context.word("unit")
        return try await board.answer(ask) { snapshot in
            let (structure, day) = (snapshot.structure, ask.day("on") ?? snapshot.today)
            var reading = UnitReading(structure, on: day)
            reading.reachesBack = true
            guard let version = reading.read(text).unit else { throw Refusal.notFound }
            let shownOn = version.inForce(on: day) ? day : version.from
            let all = (structure.versions[version.unit] ?? []).sorted { $0.from < $1.from }
            return ApiAnswer([
                JSON.Member("unit", version.wholeJSON),
                JSON.Member("parents", structure.parentsJSON(version.unit, on: shownOn)),
                JSON.Member("versions", .list(all.map(\.wholeJSON))),
                JSON.Member("predecessors", structure.relativesJSON(before: version.unit, day)),
                JSON.Member("successors", structure.relativesJSON(after: version.unit, day)),
                JSON.Member("page", .text(Address.unit(version, on: shownOn).text)),
            ])
        }
    }
}

extension UnitVersion {
    /// As the interface names it beside something else.
    var json: JSON { ["code": .text(code), "name": .text(name), "form": .text(form)] }

    fileprivate var wholeJSON: JSON {
        [
            "code": .text(code), "name": .text(name), "form": .text(form), "from": .day(from),
            "through": .day(to.map { $0 - 1 }),
        ]
    }
}

extension Structure {
    fileprivate func parentsJSON(_ unit: OrgUnit.ID, on day: Day) -> JSON {
        .object(
            Indicator.Axis.allCases.map { axis in
                let above = parent(unit, axis, on: day).flatMap { nearestVersion($0, on: day) }
                return JSON.Member(axis.rawValue, .optional(above?.code))
            })
    }

    /// What a unit came from, each as it was the day before.
    fileprivate func relativesJSON(before unit: OrgUnit.ID, _ day: Day) -> JSON {
        relativesJSON((predecessors[unit] ?? []).map { ($0.predecessor, $0, -1) }, day)
    }

    /// What came of a unit, each as it was on the day itself.
    fileprivate func relativesJSON(after unit: OrgUnit.ID, _ day: Day) -> JSON {
        relativesJSON((successors[unit] ?? []).map { ($0.successor, $0, 0) }, day)
    }

    private func relativesJSON(
        _ lines: [(unit: OrgUnit.ID, line: Lineage, offset: Int)], _ day: Day
    ) -> JSON {
        let found = lines.compactMap { unit, line, offset -> (String, JSON)? in
            let reform = reorganizations.first { $0.id == line.reorganization }
            let turn = reform?.effectiveOn ?? day
            guard let other = nearestVersion(unit, on: turn + offset) else { return nil }
            return (
                other.code,
                [
                    "code": .text(other.code), "name": .text(other.name),
                    "basis": .text(line.basis.rawValue), "on": .day(reform?.effectiveOn),
                    "title": .optional(reform?.title), "document": .optional(reform?.document),
                ]
            )
        }
        return .list(found.sorted { $0.0 < $1.0 }.map(\.1))
    }
}
