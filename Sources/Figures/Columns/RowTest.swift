import Catalogue
import Core

/// A condition on the records of a kind, ready to be asked of each row.
enum RowTest {
    /// What a measure must be; nil stands for one that is not given.
    case measure(column: Int, meets: (Int) -> Bool, whenAbsent: Bool)
    /// Which words of a field are accepted, each behind the place of the word that is not given.
    case field(column: Int, accepted: [Bool])
    case never

    func passes(_ row: Int, of columns: KindColumns) -> Bool {
        switch self {
        case .measure(let column, let meets, let whenAbsent):
            let value = columns.measures[column][row]
            return value == KindColumns.absent ? whenAbsent : meets(value)
        case .field(let column, let accepted):
            return accepted[Int(columns.fields[column].codes[row] + 1)]
        case .never: return false
        }
    }
}

extension Members {
    /// A condition on a kind.
    ///
    /// - Throws: `NotHeld` for one that the database compares by its own order of letters.
    func rowTest(
        _ condition: Indicator.Condition, of columns: KindColumns
    ) throws(NotHeld) -> RowTest {
        let (kind, comparison) = (columns.held.kind, condition.comparison)
        let isAbsence = comparison == .set(false)
        if let (index, measure) = kind.measure(condition.field) {
            guard let meets = number(comparison, factor: measure.unit) else { return .never }
            return .measure(column: index - 1, meets: meets, whenAbsent: isAbsence)
        }
        // What steps were judged by stands in the ledger alone.
        if catalogue.isJudged(condition.field, kind) { throw NotHeld() }
        let column = try columns.held.place(ofField: condition.field)
        let field = kind.field(condition.field)
        let words = columns.fields[column].words
        let accepted: [Bool]
        if let field, field.form == .choice, let options = options(field, comparison) {
            let options = Set(options)
            accepted = words.map(options.contains)
        } else if field?.form == .number {
            guard let meets = number(comparison, factor: .piece) else { return .never }
            accepted = words.map { Int($0).map(meets) ?? false }
        } else {
            switch comparison {
            case .is(let threshold): accepted = words.map { $0 == threshold.words }
            case .in(let known): accepted = words.map(Set(known).contains)
            case .set(let wanted): accepted = words.map { _ in wanted }
            case .atLeast, .moreThan, .atMost, .lessThan: throw NotHeld()
            }
        }
        return .field(column: column, accepted: [isAbsence] + accepted)
    }

    /// What a number must be; nil where its rule is not in force, and then nothing meets it.
    private func number(
        _ comparison: Indicator.Comparison, factor: MeasureUnit
    ) -> ((Int) -> Bool)? {
        if let threshold = comparison.threshold {
            guard let limit = catalogue.amount(threshold, on: period.lastDay) else { return nil }
            switch comparison {
            case .atLeast: return { $0 >= limit }
            case .moreThan: return { $0 > limit }
            case .atMost: return { $0 <= limit }
            case .lessThan: return { $0 < limit }
            default: return { $0 == limit }
            }
        }
        switch comparison {
        case .in(let words):
            let known = Set(words.compactMap(Int.init))
            return { known.contains($0) }
        case .set(let wanted): return { _ in wanted }
        default: return { _ in true }
        }
    }
}
