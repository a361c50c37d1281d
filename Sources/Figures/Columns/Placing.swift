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

    private let spans: [[Span]]
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
        spans = (0..<ledger.units.count).map { unit in
            ledger.reach.rows(of: UInt32(unit), axis).filter { isMeant($0) && holds($0) }
                .map { Span(unit: $0.ancestor, from: $0.from, to: $0.to) }
        }
        if case .ownDay = day { isByDay = true } else { isByDay = false }
    }

    /// Whether records of a unit may count at all.
    func knows(_ unit: UInt32) -> Bool { Int(unit) < spans.count && !spans[Int(unit)].isEmpty }

    /// The units above a unit, for a record of a day.
    func each(_ unit: UInt32, _ day: Int32, _ body: (Span) throws -> Void) rethrows {
        guard Int(unit) < spans.count else { return }
        for span in spans[Int(unit)] where !isByDay || span.from <= day && day < span.to {
            try body(span)
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
