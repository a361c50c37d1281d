import Catalogue
import Core
import Organization

/// For which units a record counts, by the unit it is of: rows of `reach`, found without looking.
struct Placing {
    /// A unit above, and the days on which it is.
    struct Span {
        let unit: UInt32
        let from: Int32
        let to: Int32
    }

    /// The day whose map places a record.
    enum On {
        case ownDay
        case fixed(Day)
        /// Any day of a period: each stretch of it is a row of its own.
        case anyOf(Period)
    }

    enum Above {
        case units(Set<UInt32>)
        case form(String)
    }

    /// The spans of all units, one unit behind the other, and where those of each begin.
    private var spans: [Span] = []
    private var starts: [Int] = [0]
    /// Whether the day of each record has to be looked at.
    private let isByDay: Bool

    init(_ ledger: LedgerColumns, _ axis: Indicator.Axis, to above: Above, on day: On) {
        let form: UInt32? =
            if case .form(let form) = above { ledger.reach.forms.number(of: form) } else { nil }
        func isMeant(_ row: ReachColumns.Row) -> Bool {
            switch above {
            case .units(let units): units.contains(row.ancestor)
            case .form: row.form == form
            }
        }
        func holds(_ row: ReachColumns.Row) -> Bool {
            switch day {
            case .ownDay: true
            case .fixed(let day): row.holds(from: day.column, to: day.column)
            case .anyOf(let period): row.holds(from: period.from.column, to: period.lastDay.column)
            }
        }
        starts.reserveCapacity(ledger.units.count + 1)
        for unit in 0..<ledger.units.count {
            for row in ledger.reach.rows(of: UInt32(unit), axis) where isMeant(row) && holds(row) {
                spans.append(Span(unit: row.ancestor, from: row.from, to: row.to))
            }
            starts.append(spans.count)
        }
        if case .ownDay = day { isByDay = true } else { isByDay = false }
    }

    /// Whether records of a unit may count at all.
    func knows(_ unit: UInt32) -> Bool { !places(of: unit).isEmpty }

    private func places(of unit: UInt32) -> Range<Int> {
        let unit = Int(unit)
        return unit + 1 < starts.count ? starts[unit]..<starts[unit + 1] : 0..<0
    }

    /// The units above a unit, for a record of a day.
    func each(_ unit: UInt32, _ day: Int32, _ body: (Span) throws -> Void) rethrows {
        for place in places(of: unit) {
            let span = spans[place]
            if !isByDay || span.from <= day && day < span.to { try body(span) }
        }
    }
}

extension Day {
    /// The day as columns keep it.
    var column: Int32 { Int32(number) }
}

extension Members {
    /// The day whose map places a record, as `structureDay` says it in a statement.
    var placedDay: Placing.On {
        if let course { return .anyOf(course) }
        if let placedOn { return .fixed(placedOn) }
        return switch (question.structure, indicator.when) {
        case (.now, _): .fixed(question.today)
        case (.then, .inForce): .fixed(period.lastDay)
        case (.then, _): .ownDay
        }
    }

    /// For which of the units asked for a record counts.
    func placing(in ledger: LedgerColumns) -> Placing {
        let asked = ([question.unit] + together).compactMap { ledger.number(of: $0) }
        return Placing(ledger, indicator.axis, to: .units(Set(asked)), on: placedDay)
    }
}
