import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

/// What a reader asked of the records of one kind, as they wrote it.
struct AskedRecords: Sendable {
    let kind: Kind
    private let query: Query

    init(_ kind: Kind, _ query: Query) {
        self.kind = kind
        self.query = query
    }

    static let unit = "unit"
    static let period = "period"
    static let search = "q"
    static let sort = "sort"
    static let column = "col"
    /// What the period is written as that has no bounds.
    static let always = "all"

    /// What the address calls the filter of a field or a measure.
    static func filter(_ id: String) -> String { "f." + id }
    static func from(_ id: String) -> String { "f.\(id).from" }
    static func through(_ id: String) -> String { "f.\(id).through" }

    /// The names of everything that can be asked, in the order of the form.
    var names: [String] {
        [Self.unit, Self.period, Self.search, Self.sort] + filterNames
    }

    var filterNames: [String] {
        kind.fields.flatMap { field in
            switch field.form {
            case .choice, .flag, .text: [Self.filter(field.id)]
            case .number: [Self.from(field.id), Self.through(field.id)]
            case .day:
                [Self.filter(field.id), Self.from(field.id), Self.through(field.id)]
            }
        } + kind.measures.flatMap { [Self.from($0.id), Self.through($0.id)] }
    }

    /// What was written in each field of the form.
    var written: [String: String] {
        var written: [String: String] = [:]
        for name in names {
            let texts = query.all(name).map(\.trimmed)
            if let text = texts.last(where: { !$0.isEmpty }) { written[name] = text }
        }
        return written
    }

    /// The columns that were chosen, those that are usual where none was.
    func columns(_ words: Words) -> [RecordColumn] {
        let all = RecordColumn.all(of: kind, words)
        let asked = Set(query.all(Self.column))
        let chosen = all.filter { asked.contains($0.id) }
        return chosen.isEmpty ? RecordColumn.usual(of: all) : chosen
    }

    /// The address of just this list, with nothing in it that was left empty.
    var address: Address {
        let known = RecordColumn.ids(of: kind)
        let written = written
        let filtered = names.reduce(Address.records(of: kind.id)) { $0.with($1, written[$1]) }
        return query.all(Self.column).filter(known.contains)
            .reduce(filtered) { $0.adding(Self.column, $1) }
    }

    /// Reads it, and gathers everything that is wrong beside its field.
    func understood(_ snapshot: Snapshot) -> Understood {
        var reader = RecordFilterReader(kind, query)
        let period = reader.period(snapshot)
        let units = reader.units(snapshot, period)
        let order = reader.order()
        return Understood(
            period: period, version: units.version, units: units.below,
            conditions: reader.conditions(today: snapshot.today), order: order,
            faults: reader.faults)
    }

    /// What was asked for, as the program understands it.
    struct Understood: Sendable {
        /// Nil where there are no bounds.
        let period: Period?
        let version: UnitVersion?
        let units: UnitsBelow?
        let conditions: [RecordCondition]
        let order: RecordList.Order
        let faults: [Fault]
    }
}

extension RecordColumn {
    /// What the columns of a kind are called in addresses.
    fileprivate static func ids(of kind: Kind) -> Set<String> {
        Set(
            ["_minute", "_last", "_place"] + kind.fields.map(\.id) + kind.measures.map(\.id)
                + kind.persons.map(\.id) + kind.subjects.map(\.id))
    }
}
