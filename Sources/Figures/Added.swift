import Catalogue
import Core
import Storage

/// What some members come to, added up.
struct Added {
    /// How many records or units there are, each once.
    let records: Int
    /// How many are told apart.
    let told: Int
    let total: Int?
    let largest: Int?

    init(_ row: Row) throws {
        records = try row.get("records")
        told = try row.get("told")
        total = try row.optional("total")
        largest = try row.optional("largest")
    }

    init<Name>(_ totals: Totals<Name>) {
        (records, told) = (totals.records, totals.things.count)
        (total, largest) = (totals.total, totals.largest)
    }

    func answer(_ indicator: Indicator) -> Answer {
        let number: Int
        switch indicator.value {
        case .sum: number = total ?? 0
        case .max:
            guard let largest else { return .none(.noData) }
            number = largest
        case .distinctPersons, .distinctUnits, .distinctSubjects, .distinctField: number = told
        default: number = records
        }
        return Answer(
            numerator: number, denominator: indicator.scale?.factor ?? 1, count: records)
    }
}
