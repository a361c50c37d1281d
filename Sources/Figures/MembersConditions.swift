import Catalogue
import Core
import Ledger
import Organization
import Storage

/// Comparisons of fields and measures, as SQL.
extension Members {
    /// One comparison of a field or measure. Field names come from the catalogue, never from a
    /// request, and are checked to be plain words.
    func test(_ condition: Indicator.Condition, _ kind: Kind, alias: String) -> SQL {
        if let (index, measure) = kind.measure(condition.field) {
            let column: SQL = "\(name: alias).\(name: "m\(index)")"
            return compare(column, condition.comparison, factor: measure.unit)
        }
        if catalogue.isJudged(condition.field, kind) {
            let column: SQL = "\(name: alias).\(name: condition.field)"
            return compare(column, condition.comparison, factor: .piece)
        }
        let field = kind.field(condition.field)
        let text: SQL = "(\(name: alias).fields ->> \(literal(condition.field)))"
        if let field, field.form == .choice {
            let options = options(field, condition.comparison)
            if let options { return "\(text) IN (\(values: options))" }
        }
        if field?.form == .number {
            return compare("CAST(\(text) AS BIGINT)", condition.comparison, factor: .piece)
        }
        switch condition.comparison {
        case .is(let threshold): return "\(text) = \(threshold.words)"
        case .in(let words): return "\(text) IN (\(values: words))"
        case .atLeast(let threshold): return "\(text) >= \(threshold.words)"
        case .moreThan(let threshold): return "\(text) > \(threshold.words)"
        case .atMost(let threshold): return "\(text) <= \(threshold.words)"
        case .lessThan(let threshold): return "\(text) < \(threshold.words)"
        case .set(let wanted): return wanted ? "\(text) IS NOT NULL" : "\(text) IS NULL"
        }
    }

    /// The options of a choice that a comparison accepts; nil when it only asks for presence.
    func options(_ field: Kind.Field, _ comparison: Indicator.Comparison) -> [String]? {
        let ids = field.options.map(\.id)
        switch comparison {
        case .is(let threshold): return [threshold.words]
        case .in(let words): return words
        case .atLeast(let threshold):
            return ids.firstIndex(of: threshold.words).map { Array(ids[$0...]) } ?? []
        case .moreThan(let threshold):
            return ids.firstIndex(of: threshold.words).map { Array(ids[($0 + 1)...]) } ?? []
        case .atMost(let threshold):
            return ids.firstIndex(of: threshold.words).map { Array(ids[...$0]) } ?? []
        case .lessThan(let threshold):
            return ids.firstIndex(of: threshold.words).map { Array(ids[..<$0]) } ?? []
        case .set: return nil
        }
    }

    func compare(
        _ column: SQL, _ comparison: Indicator.Comparison, factor: MeasureUnit
    ) -> SQL {
        if let threshold = comparison.threshold {
            guard let number = catalogue.amount(threshold, on: period.lastDay) else {
                return "FALSE"
            }
            switch comparison {
            case .atLeast: return "\(column) >= \(number)"
            case .moreThan: return "\(column) > \(number)"
            case .atMost: return "\(column) <= \(number)"
            case .lessThan: return "\(column) < \(number)"
            default: return "\(column) = \(number)"
            }
        }
        return switch comparison {
        case .in(let words): "\(column) IN (\(values: words.compactMap(Int.init)))"
        case .set(false): "\(column) IS NULL"
        default: "\(column) IS NOT NULL"
        }
    }

    /// A catalogue name as an SQL literal: both engines want it in the text of the statement.
    func literal(_ name: String) -> SQL {
        precondition(isName(name), "a field is named with a-z, 0-9 and _")
        return "'\(name: name)'"
    }
}

extension Catalogue {
    /// The amount a threshold names, in base units; nil where its rule is not in force that day,
    /// and then nothing meets it.
    func amount(_ threshold: Indicator.Threshold, on day: Day) -> Int? {
        switch threshold {
        case .number(let number): number
        case .rule(let id): rule(id, on: day)?.baseValue
        case .text: 0
        }
    }
}

extension Indicator.Threshold {
    var words: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .rule(let id): id
        }
    }
}
