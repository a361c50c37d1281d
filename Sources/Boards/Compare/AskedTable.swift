import Catalogue
import Core
import Figures
import Organization
import Web

/// What a table of figures is asked for, as it stands in the address: nothing is looked up yet.
struct AskedTable: Sendable {
    var figures: [String]
    /// The unit below which the units stand; the whole district unless given.
    var whole: String?
    /// The form of unit that is listed below it.
    var level: String?
    /// Some units of that form rather than all of them.
    var units: [String]
    var period: String?
    var cut: Cut
    /// The field by whose values the figures that have parts by it are taken apart, rather than
    /// the period.
    var part: String?
    var structure: Question.Standpoint
    /// The column by which the rows are ordered, from 1 on; the order of codes unless given.
    var sort: Int?
    var show: Show

    /// What stands above the table: nothing, or the map of its one figure and period.
    enum Show: String, Sendable, CaseIterable { case table, map }

    /// How the period is cut into columns.
    enum Cut: String, Sendable, CaseIterable { case whole, quarter, month }

    /// The most figures of one table.
    static let figureLimit = 8
    /// The most units that are chosen one by one.
    static let unitLimit = 60

    init(_ query: Query) throws(Refusal) {
        figures = try query.texts("figure", most: Self.figureLimit)
        whole = try query.text("of")
        level = try query.text("level")
        units = try query.texts("unit", most: Self.unitLimit)
        period = try query.written("period")
        let by = try query.text("by")
        cut = by.flatMap { Cut(rawValue: $0) } ?? .whole
        part = by.flatMap { Cut(rawValue: $0) == nil ? $0 : nil }
        structure = try query.choice("structure", default: .then)
        show = try query.choice("show", default: .table)
        sort = try query.text("sort").flatMap { Int($0) }
    }

    /// Where the same is asked.
    var address: Address {
        var address = Address.compare
        for figure in figures { address = address.adding("figure", figure) }
        if let whole { address = address.with("of", whole) }
        if let level { address = address.with("level", level) }
        for unit in units { address = address.adding("unit", unit) }
        if let period { address = address.with("period", period) }
        if let part {
            address = address.with("by", part)
        } else if cut != .whole {
            address = address.with("by", cut.rawValue)
        }
        if structure != .then { address = address.with("structure", structure.rawValue) }
        if show != .table { address = address.with("show", show.rawValue) }
        if let sort { address = address.with("sort", String(sort)) }
        return address
    }

    func with(_ change: (inout AskedTable) -> Void) -> AskedTable {
        var other = self
        change(&other)
        return other
    }
}
