import Catalogue
import Core
import Hummingbird
import Organization
import Web

/// GET /units?on=DAY. For everybody: the district and the units directly below it, on a day.
struct ListUnits: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let on = try query.day("on")
        if let form = try TableFile.Form(query) {
            return try await board.download(context, as: form, plainly: "units") { snapshot in
                try UnitsPage(on: on ?? snapshot.today, snapshot, limit: Limits.tableRows)
                    .table(snapshot.words)
            }
        }
        return try await board.show(context) { snapshot in
            BoardSheet(page: UnitsPage(on: on ?? snapshot.today, snapshot), trail: [])
        }
    }
}

/// The first two levels of the trees.
struct UnitsPage: Page {
    static let template = "boards/units"

    let title: String
    let summary: String
    let day: String
    let action: String
    let root: Link?
    let groups: [Group]
    let isEmpty: Bool
    let takeAway: TakeAway
    let reorganizations: Listed<Reform>?

    /// The units that stand below the district on one axis.
    struct Group: Sendable {
        let axis: String
        let rows: [Row]
        let more: String?
    }

    struct Row: Sendable {
        let name: String
        let href: String
        let code: String
        let form: String
        let below: String
    }

    /// One document that changed the structure.
    struct Reform: Sendable {
        let effective: String
        let reformTitle: String
        let reformHref: String
        let document: String
        let beforeHref: String
        let afterHref: String
    }

    /// The most units of one axis, and the most documents.
    static let limit = 200

    init(on day: Day, _ snapshot: Snapshot, limit: Int = Self.limit) {
        let words = snapshot.words
        let structure = snapshot.structure
        let root = structure.root(on: day)
        title = words["nav_units"]
        self.day = day.description
        action = Address.units.text
        summary = words["units_summary", ["day": day.description]]
        self.root = root.map { Link(words.withCode($0), .unit($0, on: day)) }
        var listed: Set<OrgUnit.ID> = []
        groups = Indicator.Axis.allCases.compactMap { axis in
            guard let root else { return nil }
            let children = structure.children(of: root.unit, axis, on: day)
                .filter { listed.insert($0.unit).inserted }
            guard !children.isEmpty else { return nil }
            return Group(
                axis: words["axis_\(axis.rawValue)"],
                rows: children.prefix(limit).map { UnitsPage.row($0, on: day, snapshot) },
                more: words.more(of: children.count, shown: limit))
        }
        isEmpty = groups.isEmpty
        takeAway = snapshot.takeAway
        reorganizations = Listed(
            structure.reorganizations.sorted { $0.effectiveOn > $1.effectiveOn }
                .prefix(Self.limit).map { one in
                    Reform(
                        effective: one.effectiveOn.description, reformTitle: one.title,
                        reformHref: Address.reorganization(one.code).text,
                        document: one.document,
                        beforeHref: Address.units.with("on", (one.effectiveOn - 1).description)
                            .text,
                        afterHref: Address.units.with("on", one.effectiveOn.description).text)
                })
    }

    /// One unit with how many stand directly below it.
    static func row(_ version: UnitVersion, on day: Day, _ snapshot: Snapshot) -> Row {
        let below = Set(
            Indicator.Axis.allCases.flatMap { axis in
                snapshot.structure.children(of: version.unit, axis, on: day).map(\.unit)
            })
        return Row(
            name: version.name, href: Address.unit(version, on: day).text, code: version.code,
            form: snapshot.catalogue.forms[version.form]?.name[snapshot.language] ?? version.form,
            below: below.count.grouped)
    }
}
