import Catalogue
import Core
import Organization

/// Days are written as texts; one that is none reads as the first day and fails its test.
func day(_ text: String) -> Day { Day(text) ?? .first }

/// The axis each form stands on by nature, as the catalogue would say it.
func formAxis(_ form: String) -> Indicator.Axis? {
    switch form {
    case "district", "street", "community", "grid": .territory
    case "branch", "small_branch", "general_branch": .party
    case "bureau": .line
    default: nil
    }
}

extension UnitEntry {
    /// A unit that is called after its code, from 1 January 2014 on.
    init(
        _ code: String, _ form: String, _ parents: [Indicator.Axis: String] = [:],
        from: String = "2014-01-01", last: String? = nil, row: Int = 1
    ) {
        self.init(
            row: row, code: code, name: "单位" + code, form: form, parents: parents,
            from: day(from), to: last.map { day($0) + 1 })
    }
}

extension ReorganizationEntry {
    /// One row of the reorganization R1 on 1 July 2015, unless it says otherwise.
    init(
        _ action: Action, _ predecessor: String?, to successor: String? = nil,
        _ form: String? = nil, name: String? = nil, parents: [Indicator.Axis: String] = [:],
        basis: Lineage.Basis = .whole, on effective: String = "2015-07-01", code: String = "R1",
        row: Int = 1
    ) {
        self.init(
            row: row, code: code, title: "区划调整", document: "〔2015〕1号",
            effectiveOn: day(effective), action: action, predecessor: predecessor,
            successor: successor, successorName: name ?? successor.map { "单位" + $0 },
            successorForm: form, parents: parents, basis: basis)
    }
}

/// What the tests found a small town with: two streets, three communities, grids, a small branch
/// that also stands on territory, and a bureau with a branch.
let townEntries: [UnitEntry] = [
    UnitEntry("D", "district"),
    UnitEntry("S1", "street", [.territory: "D", .party: "D"]),
    UnitEntry("S2", "street", [.territory: "D", .party: "D"]),
    UnitEntry("C1", "community", [.territory: "S1"]),
    UnitEntry("C2", "community", [.territory: "S1"]),
    UnitEntry("C3", "community", [.territory: "S2"]),
    UnitEntry("G1", "grid", [.territory: "C1"]),
    UnitEntry("G2", "grid", [.territory: "C2"]),
    UnitEntry("P1", "small_branch", [.territory: "C1", .party: "S1"]),
    UnitEntry("B", "bureau", [.territory: "D", .party: "D", .line: "D"]),
    UnitEntry("EB", "branch", [.party: "B"]),
]

/// What a merger of C1 and C2 into C9 says, children included.
let merger: [ReorganizationEntry] = [
    ReorganizationEntry(.merge, "C1", to: "C9", "community", parents: [.territory: "S1"], row: 1),
    ReorganizationEntry(.merge, "C2", to: "C9", row: 2),
    ReorganizationEntry(.move, "G1", parents: [.territory: "C9"], row: 3),
    ReorganizationEntry(.move, "G2", parents: [.territory: "C9"], row: 4),
    ReorganizationEntry(.move, "P1", parents: [.territory: "C9"], row: 5),
]

/// What a division of C1 into C7 and C8 says.
let division: [ReorganizationEntry] = [
    ReorganizationEntry(
        .split, "C1", to: "C7", "community", parents: [.territory: "S1"], basis: .notComparable),
    ReorganizationEntry(
        .split, "C1", to: "C8", "community", parents: [.territory: "S1"], basis: .notComparable),
    ReorganizationEntry(.move, "G1", parents: [.territory: "C7"]),
    ReorganizationEntry(.move, "P1", parents: [.territory: "C8"]),
]

extension Structure {
    /// The town, or what these entries found.
    static func town(_ entries: [UnitEntry] = townEntries) -> Structure {
        Structure().applying(Structure().founding(entries).change)
    }

    /// The structure after these rows; they must be free of faults to be worth asking.
    func after(_ entries: [ReorganizationEntry]) -> Structure {
        applying(reorganizing(entries).change)
    }

    /// The identity that a code has on a day.
    func id(_ code: String, on text: String = "2014-06-01") -> OrgUnit.ID {
        unit(code: code, on: day(text))?.unit ?? ID(trusted: "none")
    }

    /// The codes of whatever a unit's records count for on a day, itself included.
    func reached(
        from unit: OrgUnit.ID, _ axis: Indicator.Axis = .territory, on text: String
    ) throws -> [String] {
        try reach(formAxis: formAxis)
            .filter { $0.unit == unit && $0.axis == axis && $0.holds(on: day(text)) }
            .compactMap { nearestVersion($0.ancestor, on: day(text))?.code }
            .sorted()
    }
}

extension Reach {
    func holds(on day: Day) -> Bool { from <= day && (to.map { day < $0 } ?? true) }
}

extension [RowFault] {
    /// Row, place and English sentence of each, for comparing and for reading.
    var lines: [String] { map { "\($0.row) \($0.fault.place): \($0.fault.words.en)" } }
}
